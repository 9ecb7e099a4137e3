import assert from "node:assert/strict";
import { test } from "node:test";

import { nextMorning } from "../src/morning.js";

const next = (now, zone) => nextMorning(new Date(now), zone);

test("the morning is tomorrow's, in the home's zone", () => {
  assert.equal(next("2026-11-24T12:00:00Z", "Europe/Amsterdam"), "2026-11-25 07:00:00");
  assert.equal(next("2026-11-24T12:00:00Z", "Pacific/Auckland"), "2026-11-25 07:00:00");
  assert.equal(next("2026-11-24T22:30:00Z", "Europe/Amsterdam"), "2026-11-25 07:00:00");
  assert.equal(next("2026-12-31T12:00:00Z", "Europe/Amsterdam"), "2027-01-01 07:00:00");
});

test("in the night it is the one that comes", () => {
  assert.equal(next("2026-11-24T23:00:00Z", "Europe/Amsterdam"), "2026-11-25 07:00:00");
  assert.equal(next("2026-11-25T03:59:00Z", "Europe/Amsterdam"), "2026-11-25 07:00:00");
  assert.equal(next("2026-11-25T04:00:00Z", "Europe/Amsterdam"), "2026-11-26 07:00:00");
});

test("a night of 23 or 25 hours has a morning like any other", () => {
  assert.equal(next("2026-03-28T20:00:00Z", "Europe/Amsterdam"), "2026-03-29 07:00:00");
  assert.equal(next("2026-10-24T20:00:00Z", "Europe/Amsterdam"), "2026-10-25 07:00:00");
});
