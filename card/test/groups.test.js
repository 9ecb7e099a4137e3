import assert from "node:assert/strict";
import { test } from "node:test";

import { groupId, grouped, outcomesOf } from "../src/groups.js";

const bob = { party: "bob@example.com", number: null, name: "Bob", started: null };
const at = (hour, call) => ({ ...bob, started: `2026-11-${hour}:00:00Z`, ...call });
const dayOf = (moment) => moment.toISOString().slice(0, 10);
const sizes = (calls) => grouped(calls, dayOf).map((group) => group.length);

test("calls of one party, one after the other within a day, are a group", () => {
  assert.deepEqual(sizes([at("24T12"), at("24T11"), at("24T10")]), [3]);
  assert.deepEqual(sizes([at("24T12"), at("24T11"), at("23T10")]), [2, 1]);
  const museum = { party: "museum@example.com", name: "The museum" };
  assert.deepEqual(sizes([at("24T12"), at("24T11", museum), at("24T10")]), [1, 1, 1]);
  assert.deepEqual(sizes([]), []);
});

test("a group has its calls in their order", () => {
  const calls = [at("24T12"), at("24T11"), at("23T10")];
  assert.deepEqual(grouped(calls, dayOf), [[calls[0], calls[1]], [calls[2]]]);
});

test("a party is a number, else an address, and what it is called", () => {
  const number = { number: "+31208005161" };
  const other = { party: "0031208005161@example.com" };
  assert.deepEqual(
    sizes([at("24T12", number), at("24T11", { ...number, ...other })]),
    [2],
  );
  assert.deepEqual(
    sizes([at("24T12"), at("24T11", { party: "BOB@example.com" })]),
    [2],
  );
  assert.deepEqual(
    sizes([at("24T12", number), at("24T11", { ...number, name: "Eve" })]),
    [1, 1],
  );
  assert.deepEqual(sizes([at("24T12", number), at("24T11")]), [1, 1]);
});

test("who hides is never the same twice", () => {
  const hidden = { party: "anonymous@anonymous.invalid", name: null };
  assert.deepEqual(sizes([at("24T12", hidden), at("24T11", hidden)]), [1, 1]);
  const called = { ...hidden, name: "Bob" };
  assert.deepEqual(sizes([at("24T12", called), at("24T11", called)]), [1, 1]);
});

test("a group is known again when another call comes to it", () => {
  const calls = [at("24T11", { call_id: "2" }), at("24T10", { call_id: "1" })];
  const more = [at("24T12", { call_id: "3" }), ...calls];
  assert.equal(groupId(grouped(calls, dayOf)[0]), groupId(grouped(more, dayOf)[0]));
});

test("a group tells each way in which its calls ended once, the last one first", () => {
  const missed = { direction: "incoming", outcome: "missed" };
  const answered = { direction: "outgoing", outcome: "answered" };
  const calls = [missed, answered, missed].map((how) => ({ ...bob, ...how }));
  assert.deepEqual(outcomesOf(calls), [calls[0], calls[1]]);
});
