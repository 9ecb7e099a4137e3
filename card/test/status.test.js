/** How an account stands: a table of readings, and what is said of them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { isLost, status } from "../src/status.js";

const NOW = new Date("2026-11-26T11:30:00Z"); // a Thursday, 12:30 in Amsterdam
const ZONE = "Europe/Amsterdam";
const GONE = { state: "unavailable", attributes: {} };
const UNKNOWN = { state: "unknown", attributes: {} };
const is = (state, attributes = {}) => ({ state, attributes });

/** An account that can be called, and whose every entity tells something. */
const READY = {
  "sensor.last_call": is("2026-11-26T10:00:00+00:00", { outcome: "answered" }),
  "sensor.missed_calls": is("0"),
  "sensor.balance": is("12.3"),
  "binary_sensor.call_in_progress": is("off"),
  "binary_sensor.blocked": is("off"),
  "sensor.accept_rules": is("0", { rules: [], temporary: null, time_zone: null }),
  "switch.do_not_disturb": is("off"),
  "sensor.call_forwarding": is("conditional"),
  "select.forward_all_calls": is("not_forwarded"),
  "binary_sensor.registered": is("on"),
  "sensor.registered_devices": is("2"),
};

const said = (changes = {}, calls = undefined, now = NOW, connected = true) => {
  const states = { ...READY, ...changes };
  return status({ connected, state: (key) => states[key], calls, now, zone: ZONE });
};
const all = (state) =>
  Object.fromEntries(Object.keys(READY).map((key) => [key, state]));

const NOBODY = { days: ["thu"], start: "00:00", stop: "23:59", groups: ["nobody"] };
const rules = (some, more = {}) => ({
  "sensor.accept_rules": is("1", { rules: some, temporary: null, ...more }),
});
const disturbed = (until = null) => ({ groups: ["nobody"], until });

/** What each reading makes of an account, the first that is said at the top. */
const ORDER = [
  [
    "lost",
    { ...all(GONE) },
    {
      "sensor.last_call": GONE,
      "sensor.missed_calls": GONE,
      "sensor.balance": GONE,
      "binary_sensor.call_in_progress": GONE,
    },
  ],
  [
    "in_call",
    { "binary_sensor.call_in_progress": is("on") },
    { "sensor.last_call": is("x", { outcome: "in_progress", direction: "incoming" }) },
    { "sensor.last_call": is("x", { outcome: "in_progress", direction: "outgoing" }) },
  ],
  ["blocked", { "binary_sensor.blocked": is("on") }],
  ["nobody_accepted", rules([NOBODY])],
  ["do_not_disturb", { "switch.do_not_disturb": is("on") }],
  [
    "forwarded",
    { "sensor.call_forwarding": is("all_calls") },
    {
      "sensor.call_forwarding": undefined,
      "select.forward_all_calls": is("bob@example.com"),
    },
  ],
  [
    "not_registered",
    { "binary_sensor.registered": is("off") },
    { "binary_sensor.registered": undefined, "sensor.registered_devices": is("0") },
  ],
  ["registered", {}],
];

test("each reading is told by its own word", () => {
  for (const [word, ...ways] of ORDER) {
    for (const way of ways) assert.equal(said(way), word, JSON.stringify(way));
  }
});

test("of any two readings the one is told that stands first", () => {
  let tried = 0;
  for (const [place, [word, ...ways]] of ORDER.entries()) {
    for (const [, ...laterWays] of ORDER.slice(place + 1)) {
      for (const first of ways) {
        for (const later of laterWays) {
          const both = { ...later, ...first };
          assert.equal(said(both), word, JSON.stringify(both));
          tried += 1;
        }
      }
    }
  }
  assert.ok(tried > 50);
});

test("all readings at once still tell the first, and so on without it", () => {
  for (let place = 0; place < ORDER.length; place += 1) {
    const changes = Object.assign(
      {},
      ...ORDER.slice(place)
        .toReversed()
        .map(([, way]) => way),
    );
    assert.equal(said(changes), ORDER[place][0]);
  }
});

test("a home that cannot be asked has lost the server as well", () => {
  for (const [, way] of ORDER) assert.equal(said(way, [], NOW, false), "lost");
});

test("a call that the list alone tells of is running", () => {
  const call = (outcome, direction) => ({ outcome, direction });
  const ended = call("answered", "incoming");
  assert.equal(said({}, [ended]), "registered");
  for (const direction of ["incoming", "outgoing"]) {
    assert.equal(said({}, [ended, call("in_progress", direction)]), "in_call");
  }
});

test("lost is a server of which nothing that is polled often is available", () => {
  const lost = (states) => isLost((key) => states[key]);
  const settings = {
    "sensor.call_forwarding": is("conditional"),
    "binary_sensor.registered": is("on"),
  };
  const gone = { "sensor.call_forwarding": GONE, "binary_sensor.registered": GONE };
  for (const [states, expected] of [
    [{}, false],
    [all(GONE), true],
    [all(UNKNOWN), false],
    // What is polled seldom does not know it yet.
    [{ ...settings, "sensor.last_call": GONE, "sensor.balance": GONE }, true],
    // One action alone may fail by itself: an account without a balance has only calls.
    [{ ...settings, "sensor.last_call": GONE, "sensor.missed_calls": GONE }, false],
    [{ ...settings, "sensor.balance": GONE, "sensor.spent_today": GONE }, false],
    [{ ...gone, "sensor.last_call": GONE, "sensor.missed_calls": GONE }, true],
    [{ ...gone, "sensor.call_forwarding": UNKNOWN, "sensor.last_call": GONE }, false],
    [{ ...gone, "sensor.last_call": UNKNOWN }, false],
    // One action fails, the server answers others.
    [{ ...settings, "sensor.last_call": GONE, "sensor.balance": is("1") }, false],
    [{ ...settings, "sensor.last_call": UNKNOWN, "sensor.balance": GONE }, false],
    // Whose often polled entities are disabled has the others.
    [settings, false],
    [{ ...settings, "sensor.call_forwarding": GONE }, false],
    [gone, true],
    // Those that are there whatever the server does say nothing.
    [{ "event.call": is("x"), "sensor.certificate_expires": is("x") }, false],
    [{ "event.call": is("x"), "sensor.last_call": GONE }, true],
  ]) {
    assert.equal(lost(states), expected, JSON.stringify(states));
  }
});

test("what is disabled, missing, unknown or unavailable says nothing by itself", () => {
  for (const [key, nothing, expected] of [
    // Another entity tells the same.
    ["sensor.call_forwarding", undefined, "registered"],
    ["sensor.call_forwarding", GONE, "registered"],
    ["binary_sensor.registered", undefined, "registered"],
    ["binary_sensor.registered", UNKNOWN, "registered"],
    ["sensor.registered_devices", GONE, "registered"],
    ["switch.do_not_disturb", undefined, "registered"],
    ["switch.do_not_disturb", GONE, "registered"],
    ["sensor.accept_rules", undefined, "registered"],
    // The server does not have it.
    ["binary_sensor.blocked", undefined, "registered"],
    ["binary_sensor.call_in_progress", undefined, "registered"],
    // It is there and does not tell: a phone is registered, more is not known.
    ["binary_sensor.blocked", GONE, "phone_registered"],
    ["binary_sensor.blocked", UNKNOWN, "phone_registered"],
    ["sensor.accept_rules", GONE, "phone_registered"],
  ]) {
    assert.equal(said({ [key]: nothing }), expected, `${key} ${nothing?.state}`);
  }
  const noRules = { "sensor.accept_rules": undefined };
  for (const [disturb, expected] of [
    [undefined, "registered"],
    [GONE, "phone_registered"],
    [is("off", { blocked_by_rules: false }), "registered"],
    // There are rules, and nobody tells which.
    [is("off", { blocked_by_rules: true }), "phone_registered"],
  ]) {
    assert.equal(said({ ...noRules, "switch.do_not_disturb": disturb }), expected);
  }
  const forwards = ["sensor.call_forwarding", "select.forward_all_calls"];
  for (const nothing of [GONE, UNKNOWN]) {
    const neither = Object.fromEntries(forwards.map((key) => [key, nothing]));
    assert.equal(said(neither), "phone_registered");
    // What is known goes on to be said.
    const away = { ...neither, "binary_sensor.registered": is("off") };
    assert.equal(said(away), "not_registered");
  }
  const noPhones = {
    "binary_sensor.registered": undefined,
    "sensor.registered_devices": undefined,
  };
  assert.equal(said(noPhones), undefined);
  assert.equal(said({ ...noPhones, "switch.do_not_disturb": is("on") }), "do_not_disturb");
  assert.equal(said(all(undefined)), undefined);
  assert.equal(said(all(UNKNOWN)), undefined);
});

test("who is not to be disturbed is told by the rules where there is no switch", () => {
  const bySensor = (until) => ({
    "switch.do_not_disturb": undefined,
    ...rules([], { temporary: disturbed(until) }),
  });
  assert.equal(said(bySensor(null)), "do_not_disturb");
  assert.equal(said(bySensor("2026-11-26T11:31:00+00:00")), "do_not_disturb");
  assert.equal(said(bySensor("2026-11-26T11:30:00+00:00")), "registered");
});

test("rules let nobody in at their hours, in the account's zone", () => {
  const rule = (more) => [{ ...NOBODY, ...more }];
  const zone = (time_zone) => ({ time_zone });
  for (const [some, more, expected] of [
    [[], {}, false],
    [rule({}), {}, true],
    [rule({ groups: ["everybody"] }), {}, false],
    [rule({ groups: ["friends"] }), {}, false],
    [rule({ groups: [] }), {}, false],
    [rule({ days: ["mon", "wed"] }), {}, false],
    [rule({ start: "12:30", stop: "13:00" }), {}, true],
    [rule({ start: "12:31", stop: "13:00" }), {}, false],
    [rule({ start: "08:00", stop: "12:30" }), {}, false],
    [rule({ start: "08:00", stop: "12:31" }), {}, true],
    // 11:30 in London, 00:30 on Friday in Auckland, where the home is does not count.
    [rule({ start: "12:00", stop: "13:00" }), zone("Europe/London"), false],
    [rule({ start: "11:00", stop: "12:00" }), zone("Europe/London"), true],
    [rule({ days: ["fri"], start: "00:00", stop: "01:00" }), zone("Pacific/Auckland"), true],
    [rule({}), zone("Pacific/Auckland"), false],
    [rule({ start: "12:00", stop: "13:00" }), zone("No/Where"), true],
    // Over midnight the rule is of the day on which it begins.
    [rule({ start: "12:00", stop: "08:00" }), {}, true],
    [rule({ days: ["wed"], start: "20:00", stop: "13:00" }), {}, true],
    [rule({ days: ["fri"], start: "20:00", stop: "13:00" }), {}, false],
    [rule({ start: "20:00", stop: "13:00" }), {}, false],
    // Of two at once it is not known which counts.
    [[NOBODY, { ...NOBODY, groups: ["friends"] }], {}, false],
    [[NOBODY, { ...NOBODY, start: "01:00" }], {}, true],
    // What overrides them for now.
    [rule({}), { temporary: { groups: ["friends"], until: null } }, false],
    [rule({}), { temporary: { groups: ["friends"], until: "2026-11-26T11:00:00Z" } }, true],
    // What a server may write besides.
    [rule({ start: "", stop: "" }), {}, false],
    [rule({ start: "noon", stop: "24:61" }), {}, false],
    [[{}], {}, false],
    [undefined, {}, false],
  ]) {
    const word = said(rules(some, more));
    assert.equal(word, expected ? "nobody_accepted" : "registered", JSON.stringify(some));
  }
  const browser = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const zoneOfHome of ["Not/AZone", browser]) {
    const state = (key) => ({ ...READY, ...rules([NOBODY]) })[key];
    const noon = new Date(2026, 10, 26, 12);
    const readings = { connected: true, state, now: noon, zone: zoneOfHome };
    assert.equal(status(readings), "nobody_accepted");
  }
  const lastMinute = new Date("2026-11-26T22:59:30Z");
  assert.equal(said(rules([NOBODY]), undefined, lastMinute), "nobody_accepted");
});

test("do not disturb is told where it overrides rules that let nobody in", () => {
  const both = {
    ...rules([NOBODY], { temporary: disturbed() }),
    "switch.do_not_disturb": is("on"),
  };
  assert.equal(said(both), "do_not_disturb");
});
