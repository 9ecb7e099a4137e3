/** What the card says of an account, and its list while the server is lost. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { asked, page, rows, settled, show } from "./in_chromium.js";
import { lookAt } from "./looking.js";

const status = () => page.locator(".status").innerText();
const set = (key, state, attributes) =>
  page.evaluate((changed) => window.home.set(...changed), [key, state, attributes]);

const NOBODY = {
  days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
  start: "00:00",
  stop: "23:59",
  groups: ["nobody"],
};

test("it says the first thing that a caller meets, as that changes", async () => {
  await show();
  assert.equal(await status(), "Ready to be called");
  for (const [key, state, attributes, expected] of [
    ["binary_sensor.registered", "off", {}, "No phone is registered"],
    ["sensor.call_forwarding", "all_calls", {}, "All calls are forwarded"],
    ["switch.do_not_disturb", "on", {}, "Do not disturb"],
    [
      "sensor.accept_rules",
      "1",
      { rules: [NOBODY] },
      "Accept rules let nobody in now",
    ],
    ["binary_sensor.blocked", "on", {}, "Blocked by the platform"],
    ["binary_sensor.call_in_progress", "on", {}, "In a call"],
  ]) {
    await set(key, state, attributes);
    await settled();
    assert.equal(await status(), expected);
    await lookAt(`status-${key.split(".")[1]}`);
  }
  await page.evaluate(() => window.home.lose());
  await settled();
  assert.equal(await status(), "The server does not answer");
  await lookAt("status-lost");
});

for (const direction of ["incoming", "outgoing"]) {
  test(`an ${direction} call that the list alone tells of is running`, async () => {
    await page.evaluate((way) => {
      const { home } = window;
      const running = { ...home.calls[3], direction: way, outcome: "in_progress" };
      home.calls = [home.calls[0], { ...running, call_id: "running" }];
    }, direction);
    await show();
    assert.equal(await status(), "In a call");
    // What was listed before the server's list failed may be over.
    await page.evaluate(() => {
      window.home.refusal = new Error("gone");
      window.home.set("event.call", "now");
    });
    await settled();
    assert.equal(await status(), "Ready to be called");
  });
}

test("of a phone alone it does not say that one can be called", async () => {
  await set("sensor.accept_rules", "unavailable");
  await show();
  assert.equal(await status(), "A phone is registered");
});

test("rules are looked at again when anything happens in the home", async () => {
  await show();
  await page.clock.install({ time: new Date("2026-11-26T10:59:00Z") });
  await set("sensor.accept_rules", "1", {
    rules: [{ ...NOBODY, start: "12:00" }],
  });
  await settled();
  assert.equal(await status(), "Ready to be called");
  await page.clock.setFixedTime(new Date("2026-11-26T11:00:00Z"));
  const elsewhere = { states: { "sun.sun": { state: "above_horizon" } } };
  await page.evaluate(({ states }) => {
    const { home } = window;
    home.change({ states: { ...home.hass.states, ...states } });
  }, elsewhere);
  assert.equal(await status(), "Accept rules let nobody in now");
});

test("loaded while the server is lost it shows the last list, and when it was", async () => {
  await page.evaluate(() => {
    const { home } = window;
    const yesterday = new Date();
    yesterday.setDate(yesterday.getDate() - 1);
    yesterday.setHours(12, 34, 0, 0);
    home.lostAt = yesterday.toISOString();
    home.change({ config: { ...home.hass.config, time_zone: undefined } });
    home.lose();
  });
  await show();
  assert.equal(await rows().count(), 5);
  assert.equal(await status(), "The server does not answer");
  await page.getByText(/This is what the server told at \w{3} 12:34/).waitFor();
  await lookAt("lost");
  await page.evaluate(() => {
    window.home.lostAt = undefined;
    window.home.find();
  });
  await settled();
  assert.equal(await page.getByText(/what the server told/).count(), 0);
  assert.equal((await asked()).length, 2);
});
