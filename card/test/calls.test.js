import assert from "node:assert/strict";
import { test } from "node:test";

import { byDay, filtered, isMissed, lookOf, partyOf, priceOf } from "../src/calls.js";

const call = (direction, outcome, more = {}) => ({
  direction,
  outcome,
  price: null,
  ...more,
});

test("busy is missed too, and only what came in", () => {
  assert.ok(isMissed(call("incoming", "missed")));
  assert.ok(isMissed(call("incoming", "busy")));
  assert.ok(!isMissed(call("outgoing", "busy")));
  assert.ok(!isMissed(call("incoming", "declined")));
});

test("the filter keeps the order", () => {
  const calls = [
    call("incoming", "busy"),
    call("outgoing", "busy"),
    call("incoming", "missed"),
  ];
  assert.deepEqual(filtered(calls, "missed"), [calls[0], calls[2]]);
  assert.equal(filtered(calls, "all"), calls);
});

test("calls are put under their days, and under none where no time is known", () => {
  const started = [
    "2026-11-24T10:00:00Z",
    "2026-11-24T09:00:00Z",
    "2026-11-23T09:00:00Z",
    null,
    "x",
  ];
  const days = byDay(
    started.map((one) => ({ started: one })),
    (moment) => moment.toISOString().slice(0, 10),
  );
  assert.deepEqual(
    days.map(({ day, calls }) => [day, calls.length]),
    [
      ["2026-11-24", 2],
      ["2026-11-23", 1],
      ["", 2],
    ],
  );
});

test("a name never stands alone", () => {
  assert.deepEqual(partyOf({ name: "Bob", number: "+3120", party: "0031@x" }), {
    title: "Bob",
    detail: "+3120",
  });
  assert.deepEqual(partyOf({ name: "Bob", number: null, party: "bob@example.com" }), {
    title: "Bob",
    detail: "bob@example.com",
  });
  assert.deepEqual(partyOf({ name: null, number: null, party: "bob@example.com" }), {
    title: "bob@example.com",
    detail: "",
  });
  assert.deepEqual(partyOf({ name: "+3120", number: "+3120", party: null }), {
    title: "+3120",
    detail: "",
  });
});

test("a number is shown as people write it", () => {
  const told = { number: "+31208005161", number_shown: "020 800 5161", party: "x@y" };
  assert.deepEqual(partyOf({ ...told, name: "Bob" }), {
    title: "Bob",
    detail: "020 800 5161",
  });
  for (const name of [null, "+31208005161"]) {
    assert.deepEqual(partyOf({ ...told, name }), { title: "020 800 5161", detail: "" });
  }
});

test("who hides is nobody", () => {
  for (const party of ["anonymous@anonymous.invalid", "Anonymous@example.com", null]) {
    assert.deepEqual(partyOf({ name: null, number: null, party }), {
      title: "",
      detail: "",
    });
  }
});

test("every outcome has a look", () => {
  assert.deepEqual(lookOf(call("incoming", "busy")), { icon: "missed", mood: "bad" });
  assert.equal(lookOf(call("incoming", "answered")).icon, "incoming");
  assert.equal(lookOf(call("outgoing", "answered")).icon, "outgoing");
  assert.equal(lookOf(call("outgoing", "failed")).icon, "unanswered");
  assert.equal(lookOf(call("incoming", "declined")).icon, "declined");
  assert.equal(lookOf(call("outgoing", "in_progress")).icon, "talk");
});

test("nothing is a price only where something could have been", () => {
  assert.equal(priceOf(call("outgoing", "answered", { price: 0 })), 0);
  assert.equal(priceOf(call("incoming", "answered", { price: 0 })), undefined);
  assert.equal(priceOf(call("outgoing", "busy", { price: 0 })), undefined);
  assert.equal(priceOf(call("incoming", "answered", { price: 0.5 })), 0.5);
  assert.equal(priceOf(call("outgoing", "answered")), undefined);
});

test("who hides has no name, whatever the server calls them", () => {
  const hidden = { party: "anonymous@anonymous.invalid", number: null };
  assert.deepEqual(partyOf({ ...hidden, name: "Anonymous" }), { title: "", detail: "" });
  assert.deepEqual(partyOf({ ...hidden, name: "Erin" }), { title: "Erin", detail: "" });
  const known = { party: "erin@example.net", number: null, name: "Anonymous" };
  assert.equal(partyOf(known).title, "Anonymous");
});
