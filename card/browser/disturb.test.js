/** Do not disturb for some time. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { asked, button, focused, open, page, settled, show } from "./in_chromium.js";
import { lookAt } from "./looking.js";

const period = (name) =>
  page.getByRole("group", { name: "Do not disturb" }).getByRole("button", { name });
const HOUR = "For an hour";
const MORNING = "Until tomorrow morning";
const sent = async () => (await asked()).filter((one) => one.service !== "get_calls");

test("nobody is let through for an hour, or until tomorrow morning at home", async () => {
  // Nine in the evening at home, while the browser has the next day.
  await open("2026-11-24T20:00:00Z", { timezoneId: "Pacific/Auckland" });
  await show();
  await lookAt("disturb");
  await period(HOUR).press("Enter");
  await settled();
  await period(MORNING).press(" ");
  await settled();
  const calls = await sent();
  assert.deepEqual(
    calls.map(({ domain, service, service_data }) => [domain, service, service_data]),
    [
      ["sip_account", "set_do_not_disturb", { minutes: 60 }],
      ["sip_account", "set_do_not_disturb", { until: "2026-11-25 07:00:00" }],
    ],
  );
  for (const { target } of calls) assert.match(target.entity_id, /^switch\./);
});

test("the focus goes to the switch, which ends it; the periods are gone", async () => {
  await show();
  await period(HOUR).press("Enter");
  assert.ok(await focused(".switch"));
  await page.evaluate(() =>
    window.home.set("switch.do_not_disturb", "on", { until: new Date().toISOString() }),
  );
  await settled();
  assert.equal(await button(HOUR).count(), 0);
  assert.equal(await button(MORNING).count(), 0);
  assert.ok(await focused(".switch[aria-checked=true]"));
});

test("a refusal is told, and can be tried again", async () => {
  await show();
  await page.evaluate(() => {
    window.home.refusal = new Error("daily rules");
  });
  await period(MORNING).click();
  await settled();
  assert.equal(
    await page.getByRole("alert").innerText(),
    "That did not work: daily rules",
  );
  assert.equal(await period(MORNING).getAttribute("aria-disabled"), "false");
});

for (const [why, state, attributes] of [
  ["rules would be damaged", "off", { blocked_by_rules: true }],
  ["the server is lost", "unavailable", {}],
]) {
  test(`no period is offered while ${why}`, async () => {
    await page.evaluate(
      ([value, more]) => window.home.set("switch.do_not_disturb", value, more),
      [state, attributes],
    );
    await show();
    assert.equal(await button(HOUR).count(), 0);
  });
}

test("no period is offered where Home Assistant has no such action", async () => {
  await page.evaluate(() => window.home.change({ services: { sip_account: {} } }));
  await show();
  assert.equal(await page.getByRole("switch").count(), 1);
  assert.equal(await button(HOUR).count(), 0);
});
