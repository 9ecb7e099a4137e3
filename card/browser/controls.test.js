/** What is switched and chosen in the card. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { asked, button, page, settled, show } from "./in_chromium.js";

test("do not disturb is switched, and says until when", async () => {
  await show();
  const disturb = page.getByRole("switch", { name: "Do not disturb" });
  await disturb.press(" ");
  await settled();
  assert.equal((await asked()).at(-1).service, "turn_on");
  await page.evaluate(() => {
    const until = new Date();
    until.setHours(23, 55);
    window.home.set("switch.do_not_disturb", "on", { until: until.toISOString() });
  });
  await settled();
  assert.equal(await disturb.getAttribute("aria-checked"), "true");
  await page.getByText("Until 23:55").waitFor();
  await disturb.click();
  await settled();
  assert.equal((await asked()).at(-1).service, "turn_off");
});

test("do not disturb that would do damage stays off, and says why", async () => {
  await page.evaluate(() =>
    window.home.set("switch.do_not_disturb", "off", { blocked_by_rules: true }),
  );
  await show();
  const disturb = page.getByRole("switch", { name: "Do not disturb" });
  assert.equal(await disturb.getAttribute("aria-disabled"), "true");
  await page.getByText(/Daily accept rules decide/).waitFor();
  await disturb.press("Enter");
  await settled();
  assert.equal((await asked()).length, 1);
});

test("a diversion is chosen; one that is refused falls back and says why", async () => {
  await show();
  const select = page.getByLabel("Forward when busy");
  assert.equal(await select.inputValue(), "bob@example.com");
  const options = await select.locator("option").allInnerTexts();
  assert.deepEqual(
    options.map((text) => text.trim()),
    ["Not forwarded", "Voicemail", "Mobile +31650222333", "bob@example.com"],
  );
  await select.selectOption("voicemail");
  await settled();
  const chosen = (await asked()).at(-1);
  assert.equal(chosen.service, "select_option");
  assert.deepEqual(chosen.service_data, { option: "voicemail" });
  await page.evaluate(() => {
    window.home.refusal = new Error("<b>No</b>\u202E rights");
  });
  await select.selectOption("mobile_number");
  await settled();
  assert.equal(await select.inputValue(), "bob@example.com");
  const alert = page.getByRole("alert");
  assert.equal(await alert.innerText(), "That did not work: <b>No</b> rights");
});

test("a target that comes, goes or changes elsewhere is shown as it is", async () => {
  await show();
  const select = page.getByLabel("Forward when busy");
  const fixed = ["not_forwarded", "voicemail", "mobile_number"];
  for (const [now, others] of [
    ["new@example.com", ["bob@example.com"]],
    ["carol@example.com", []],
    ["not_forwarded", ["carol@example.com"]],
    ["bob@example.com", []],
  ]) {
    const options = [...fixed, ...(fixed.includes(now) ? [] : [now]), ...others];
    await page.evaluate(
      ([value, all]) => {
        const more = { mobile_number: "+31650222333", options: all };
        window.home.set("select.forward_busy", value, more);
      },
      [now, options],
    );
    await settled();
    assert.equal(await select.inputValue(), now);
  }
  await page.evaluate(() => window.home.set("select.forward_busy", "unavailable"));
  await settled();
  assert.ok(await select.isDisabled());
  await page.evaluate(() => window.home.set("select.forward_busy", "voicemail"));
  await settled();
  assert.equal(await select.inputValue(), "voicemail");
});

test("going through a closed list with the arrows sends the last one, once", async () => {
  await show();
  const select = page.getByLabel("Forward when busy");
  await select.focus();
  const before = (await asked()).length;
  await select.press("ArrowUp");
  await select.press("ArrowUp");
  await settled();
  assert.equal((await asked()).length, before);
  assert.equal(await select.inputValue(), "voicemail");
  await select.press("Escape");
  assert.equal(await select.inputValue(), "bob@example.com");
  await select.press("ArrowUp");
  await select.press("ArrowUp");
  await select.press("ArrowUp");
  await page.keyboard.press("Tab");
  await settled();
  const sent = (await asked()).slice(before);
  assert.deepEqual(
    sent.map((one) => one.service_data),
    [{ option: "not_forwarded" }],
  );
});

test("whether the own number is shown is only assumed", async () => {
  await show();
  await page.getByText("As set last; the server does not tell.").waitFor();
  assert.equal(await button("Shown").getAttribute("aria-pressed"), "true");
  await button("Hidden").click();
  await settled();
  assert.equal((await asked()).at(-1).service, "turn_on");
});
