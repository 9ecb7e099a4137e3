import assert from "node:assert/strict";
import { test } from "node:test";

import { CHECKS, keepDefined } from "../src/register.js";

class Registry {
  elements = new Map();
  waiting = new Map();
  get(tag) {
    return this.elements.get(tag);
  }
  define(tag, element) {
    if (this.elements.has(tag)) throw new Error(`${tag} is defined twice`);
    this.elements.set(tag, element);
    this.waiting.get(tag)?.(element);
  }
  whenDefined(tag) {
    return new Promise((resolve) => this.waiting.set(tag, resolve));
  }
}

function somePage() {
  const timers = [];
  return {
    customElements: new Registry(),
    timers,
    setTimeout: (then, after) => timers.push({ then, after }),
  };
}

const TAG = "sip-account-card";
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("an element is known at once", () => {
  const page = somePage();
  const element = class {};
  keepDefined(TAG, element, page);
  assert.equal(page.customElements.get(TAG), element);
});

test("it becomes known in a registry that comes with the app", async () => {
  const page = somePage();
  const element = class {};
  keepDefined(TAG, element, page);
  const first = page.customElements;
  page.customElements = new Registry();
  // Home Assistant's registry makes its elements known in the browser's own as well.
  first.define("home-assistant", class {});
  await turn();
  assert.equal(page.customElements.get(TAG), element);
});

test("it becomes known in a registry of which nothing tells", () => {
  const page = somePage();
  const element = class {};
  keepDefined(TAG, element, page);
  for (const { then } of page.timers) {
    page.customElements = new Registry();
    then();
    assert.equal(page.customElements.get(TAG), element);
    then();
  }
});

test("looking for another registry has an end", () => {
  const page = somePage();
  keepDefined(TAG, class {}, page);
  for (const { then } of [...page.timers]) then();
  assert.deepEqual(
    page.timers.map(({ after }) => after),
    CHECKS,
  );
  assert.ok(Math.max(...CHECKS) <= 60_000);
  assert.ok(CHECKS.length <= 8);
});

test("whoever was there first stays, in every registry", async () => {
  const page = somePage();
  const [older, newer] = [class {}, class {}];
  keepDefined(TAG, older, page);
  keepDefined(TAG, newer, page);
  assert.equal(page.customElements.get(TAG), older);
  page.customElements = new Registry();
  for (const { then } of page.timers) then();
  assert.equal(page.customElements.get(TAG), older);
});
