import assert from "node:assert/strict";
import { test } from "node:test";

import { found } from "../src/search.js";

const CALLS = [
  { name: "Zoë Müller", number: null, party: "zoe@example.com" },
  {
    name: "Søren Straße",
    number: "+31208005161",
    number_shown: "+31 20 800 5161",
    party: "0031208005161@example.org",
  },
  { name: null, number: null, party: "anonymous@anonymous.invalid" },
  { name: "İstanbul", number: "+902125550199", party: null },
];
const indexes = (term) =>
  found(CALLS, term, "Unknown caller").map((call) => CALLS.indexOf(call));

test("without a word to look for everything is there", () => {
  for (const nothing of ["", "  "]) assert.equal(found(CALLS, nothing, "x"), CALLS);
});

test("names are found without accents and case", () => {
  for (const term of ["zoe", "ZOË", "muller", "Müller ", "e mu"]) {
    assert.deepEqual(indexes(term), [0], term);
  }
  for (const term of ["soren", "SØREN", "strasse", "straße"]) {
    assert.deepEqual(indexes(term), [1], term);
  }
  assert.deepEqual(indexes("istanbul"), [3]);
});

test("numbers are found however they are written", () => {
  for (const term of [
    "+31208005161",
    "20 800",
    "020-800 51 61",
    "0031 20 8005161",
    "(020) 800",
    "5161",
    "+31 20 800 5161",
    "０２０",
  ]) {
    assert.deepEqual(indexes(term), [1], term);
  }
});

test("addresses are found by any part", () => {
  assert.deepEqual(indexes("@example.org"), [1]);
  assert.deepEqual(indexes("zoe@"), [0]);
});

test("who hides is found as what stands there, and by nothing else", () => {
  assert.deepEqual(indexes("unknown"), [2]);
  assert.deepEqual(indexes("anonymous"), []);
});

test("what nobody is called finds nobody", () => {
  for (const term of ["nobody", "999", "0", "+"]) {
    assert.deepEqual(indexes(term), term === "0" ? [1, 3] : term === "+" ? [1, 3] : []);
  }
});
