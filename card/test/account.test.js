import assert from "node:assert/strict";
import { test } from "node:test";

import { findAccount, freshness } from "../src/account.js";
import { complete, form, stub, suggestion } from "../src/config.js";
import { LANGUAGES } from "../src/text.js";

const entity = (
  entity_id,
  translation_key,
  device_id = "d1",
  platform = "sip_account",
) => ({
  entity_id,
  translation_key,
  device_id,
  platform,
});

function home(...entities) {
  return {
    entities: Object.fromEntries(entities.map((one) => [one.entity_id, one])),
    devices: {
      d1: { name: "alice@example.com", name_by_user: null, config_entry_id: "e1" },
      d2: { name: "bob@example.com", name_by_user: "Bob", primary_config_entry: "e2" },
      d3: { name: "Lamp", config_entries: ["e3"] },
    },
    states: {},
  };
}

const BALANCE = entity("sensor.money_of_mine", "balance");

test("entities are found by their keys, whatever they are called", () => {
  const hass = home(BALANCE, entity("sensor.balance", "balance", "d3", "other"));
  assert.deepEqual(findAccount(hass), {
    deviceId: "d1",
    entryId: "e1",
    name: "alice@example.com",
    entities: { "sensor.balance": "sensor.money_of_mine" },
  });
});

test("a device needs to be named only where there are several", () => {
  const hass = home(BALANCE, entity("sensor.b", "balance", "d2"));
  assert.equal(findAccount(hass), "choose_account");
  assert.deepEqual(
    [findAccount(hass, "d2").name, findAccount(hass, "d2").entryId],
    ["Bob", "e2"],
  );
  assert.equal(findAccount(hass, "d3"), "account_gone");
  assert.equal(findAccount(home()), "no_account");
});

test("a device that the registry no longer has is no account", () => {
  assert.equal(findAccount(home(entity("sensor.b", "balance", "gone"))), "no_account");
});

test("the list is as fresh as what tells of calls", () => {
  const hass = home(entity("sensor.a", "last_call"), BALANCE);
  const account = findAccount(hass);
  const at = (id, last_updated) => {
    hass.states = { ...hass.states, [id]: { state: "x", last_updated } };
    return freshness(hass, account);
  };
  const first = at("sensor.a", "1");
  assert.equal(at("sensor.money_of_mine", "2"), first);
  assert.notEqual(at("sensor.a", "2"), first);
});

test("a configuration is completed, and refused where it makes no sense", () => {
  assert.equal(complete({}).calls, 5);
  assert.equal(complete({ calls: 3, show_balance: false }).show_balance, false);
  for (const wrong of [
    { calls: 0 },
    { calls: "5" },
    { call_back: "x" },
    { device_id: 1 },
    { title: {} },
  ]) {
    assert.throws(() => complete(wrong), /not valid/);
  }
});

test("every field of the form has its label, and what is offered its word", () => {
  const { schema, computeLabel, computeHelper } = form();
  for (const field of schema) {
    assert.equal(computeLabel(field), LANGUAGES.en[`editor_${field.name}`]);
    const lacking = field.name === "show_usage";
    const helper = LANGUAGES.en[`editor_help_${field.name}`];
    assert.equal(computeHelper(field), lacking ? undefined : helper);
  }
  assert.deepEqual(
    schema.at(-1).selector.select.options.map(({ label }) => label),
    ["number", "address", "none"].map((way) => LANGUAGES.en[`editor_call_back_${way}`]),
  );
});

test("usage is off in the editor where there is nothing to show", () => {
  const services = { sip_account: { get_usage: {} } };
  const counts = entity("event.c", "call");
  for (const [hass, lacking] of [
    [{ ...home(counts), services }, false],
    [{ ...home(BALANCE), services }, true],
    [{ ...home(counts), services: {} }, true],
    [undefined, false],
  ]) {
    const editor = { hass, ...form() };
    editor.assertConfig({});
    const [field] = editor.schema.filter(({ name }) => name === "show_usage");
    assert.deepEqual([field.disabled, field.default], [lacking, !lacking]);
    const help = lacking ? LANGUAGES.en.editor_help_show_usage : undefined;
    assert.equal(editor.computeHelper(field), help);
  }
  assert.throws(() => form().assertConfig({ calls: 0 }), /not valid/);
});

test("a new card is of the first account, and says what the editor shows", () => {
  const shown = { calls: 5, call_back: "number" };
  assert.deepEqual(stub(home(BALANCE)), { device_id: "d1", ...shown });
  assert.deepEqual(stub(home()), shown);
});

test("the card is suggested for the entities of an account, and of its own account", () => {
  const other = entity("sensor.other", "balance", "d3", "other");
  const hass = home(BALANCE, entity("sensor.b", "balance", "d2"), other);
  assert.equal(suggestion(hass, "sensor.b").config.device_id, "d2");
  assert.equal(suggestion(hass, "sensor.b").config.type, "custom:sip-account-card");
  assert.equal(suggestion(hass, "sensor.other"), null);
  assert.equal(suggestion(hass, "sun.sun"), null);
});
