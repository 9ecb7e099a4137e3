/** What calls came to: when it is asked for, how high bars are, how days are called. */

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  afterKey,
  barsOf,
  calendar,
  dayWhereCounted,
  hasUsage,
  lacksUsage,
  usageFreshness,
} from "../src/usage.js";
import { UsageReading } from "../src/usage_reading.js";

const entity = (key, device_id = "d1") => ({
  entity_id: `${key.split(".")[0]}.${device_id}_${key.split(".")[1]}`,
  translation_key: key.split(".")[1],
  platform: "sip_account",
  device_id,
});

function home(...entities) {
  return {
    connected: true,
    config: { time_zone: "Europe/Amsterdam" },
    services: { sip_account: { get_usage: {} } },
    entities: Object.fromEntries(entities.map((one) => [one.entity_id, one])),
    devices: {
      d1: { name: "alice@example.com", config_entry_id: "e1" },
      d2: { name: "bob@example.com", config_entry_id: "e2" },
    },
    states: {},
  };
}
const account = (...keys) => ({
  entryId: "e1",
  entities: Object.fromEntries(keys.map((key) => [key, entity(key).entity_id])),
});

test("there is usage where the action and the account's calls are", () => {
  const hass = home();
  for (const key of [
    "event.call",
    "sensor.calls_today",
    "sensor.last_call",
    "sensor.missed_calls",
  ]) {
    assert.equal(hasUsage(hass, account(key)), true);
    assert.equal(hasUsage({ ...hass, services: {} }, account(key)), false);
    assert.equal(hasUsage({ ...hass, services: undefined }, account(key)), false);
  }
  assert.equal(hasUsage(hass, account("sensor.balance")), false);
  assert.equal(hasUsage(hass, "choose_account"), false);
});

test("that there is none is said only where that is known", () => {
  const counts = entity("event.call");
  const lacks = entity("sensor.balance", "d2");
  const both = home(counts, lacks);
  for (const [hass, wanted, expected] of [
    [undefined, undefined, false],
    [home(counts), undefined, false],
    [home(lacks), undefined, true],
    [{ ...home(counts), services: {} }, undefined, true],
    [both, undefined, false],
    [both, "d1", false],
    [both, "d2", true],
    [both, "gone", false],
    [home(), undefined, false],
  ]) {
    assert.equal(lacksUsage(hass, wanted), expected);
  }
});

test("figures are as fresh as what tells of calls, and of one day", () => {
  const one = account("event.call", "sensor.cost_today", "sensor.balance");
  const hass = home();
  const at = (key, last_updated, day = "2026-11-26") => {
    const id = entity(key).entity_id;
    hass.states = { ...hass.states, [id]: { last_updated } };
    return usageFreshness(hass, one, day);
  };
  const first = at("event.call", "1");
  assert.equal(at("sensor.balance", "2"), first);
  const second = at("event.call", "2");
  assert.notEqual(second, first);
  const third = at("sensor.cost_today", "2");
  assert.notEqual(third, second);
  assert.notEqual(at("sensor.cost_today", "2", "2026-11-27"), third);
  const away = { ...hass, connected: false };
  assert.notEqual(usageFreshness(away, one, "2026-11-26"), third);
});

test("the day is that of the account's zone, else of the home's", () => {
  const dayAt = (home, account) =>
    dayWhereCounted(
      { config: { time_zone: home } },
      account && { time_zone: account },
    )(new Date("2026-11-26T23:30:00Z"));
  for (const [ofHome, ofAccount, expected] of [
    ["Europe/Amsterdam", undefined, "2026-11-27"],
    ["Europe/Amsterdam", "America/New_York", "2026-11-26"],
    ["America/New_York", "Europe/Amsterdam", "2026-11-27"],
    // Of a zone that this browser does not know.
    ["America/New_York", "Europe/Nowhere", "2026-11-26"],
    ["Europe/Amsterdam", "Europe/Nowhere", "2026-11-27"],
  ]) {
    assert.equal(dayAt(ofHome, ofAccount), expected, `${ofHome} ${ofAccount}`);
  }
  assert.match(dayAt(undefined, undefined), /^2026-11-2[67]$/);
});

test("the highest bar has the whole height, and what is there can be seen", () => {
  const day = (cost, counted = "whole") => ({ cost, counted });
  const none = day(null, "none");
  assert.deepEqual(
    barsOf([none, day(0), day(0.5), day(2), day(0.001), day(-1)], "cost"),
    { most: 2, heights: [undefined, 0, 0.25, 1, 0.04, 0] },
  );
  assert.deepEqual(barsOf([none, day(0)], "cost"), { most: 0, heights: [undefined, 0] });
  assert.deepEqual(barsOf([{ talk_time: 60, counted: "partly" }], "talk_time"), {
    most: 60,
    heights: [1],
  });
});

test("arrows lead from day to day, and end at the ends", () => {
  for (const [key, at, expected] of [
    ["ArrowLeft", 5, 4],
    ["ArrowDown", 5, 4],
    ["ArrowLeft", 0, 0],
    ["ArrowRight", 5, 6],
    ["ArrowUp", 5, 6],
    ["ArrowRight", 9, 9],
    ["PageDown", 5, 0],
    ["PageDown", 8, 1],
    ["PageUp", 1, 8],
    ["PageUp", 5, 9],
    ["Home", 5, 0],
    ["End", 5, 9],
    ["Enter", 5, undefined],
    ["toString", 5, undefined],
  ]) {
    assert.equal(afterKey(key, at, 10), expected, `${key} ${at}`);
  }
});

test("days and months are dates, whatever the zone of the browser", () => {
  const { day, full, month, short } = calendar("en");
  assert.equal(day("2026-11-01"), "Sunday, November 1");
  assert.equal(full("2026-11-01"), "Sunday, November 1, 2026");
  assert.equal(short("2026-12-31"), "Dec 31");
  assert.equal(month("2026-11"), "November");
  assert.equal(calendar("nl").day("2026-11-01"), "zondag 1 november");
});

/** A reading of a home that answers when it is told to. */
function reader() {
  const hass = home();
  const asked = [];
  hass.callWS = (message) =>
    new Promise((resolve, reject) => {
      asked.push({
        message,
        tell: (name) => resolve({ response: { accounts: [{ account: name }] } }),
        fail: () => reject(new Error("not loaded")),
      });
    });
  let drawn = 0;
  const reading = new UsageReading({ requestUpdate: () => (drawn += 1) });
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  const follow = (when, one = account("event.call")) => {
    const states = { [entity("event.call").entity_id]: { last_updated: when } };
    reading.follow({ ...hass, states }, one);
  };
  return { asked, drawn: () => drawn, follow, reading, settle };
}

test("figures are asked for once, and again after a call", async () => {
  const { asked, drawn, follow, reading, settle } = reader();
  follow("1", account("sensor.balance"));
  assert.equal(asked.length, 0);
  follow("1");
  follow("1");
  assert.equal(asked.length, 1);
  assert.deepEqual(asked[0].message, {
    type: "call_service",
    domain: "sip_account",
    service: "get_usage",
    service_data: { config_entry_id: "e1", days: 30 },
    return_response: true,
  });
  asked[0].tell("first");
  await settle();
  assert.deepEqual([reading.told.account, reading.failed, drawn()], ["first", false, 1]);
  follow("2");
  assert.equal(asked.length, 2);
  asked[1].fail();
  await settle();
  assert.deepEqual([reading.told.account, reading.failed, drawn()], ["first", true, 2]);
});

test("an answer that comes late does not take the place of a newer one", async () => {
  const { asked, follow, reading, settle } = reader();
  follow("1");
  follow("2");
  asked[1].tell("newer");
  await settle();
  asked[0].tell("older");
  await settle();
  assert.equal(reading.told.account, "newer");
});

test("another account begins anew", async () => {
  const { asked, drawn, follow, reading, settle } = reader();
  follow("1");
  asked[0].tell("alice");
  await settle();
  reading.choose("2026-11-01");
  reading.choose("2026-11-01");
  assert.deepEqual([reading.chosen, drawn()], ["2026-11-01", 2]);
  follow("1", { ...account("event.call"), entryId: "e2" });
  assert.deepEqual([reading.told, reading.chosen], [undefined, undefined]);
  assert.equal(asked[1].message.service_data.config_entry_id, "e2");
});
