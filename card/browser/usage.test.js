/** The third part of the card: months, and bars that everybody can read. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { focused, page, settled, show } from "./in_chromium.js";
import { lookAt } from "./looking.js";

const slider = () => page.getByRole("slider", { name: "Cost and talk time by day" });
const day = () => page.locator(".usage .day");
const spoken = () => slider().getAttribute("aria-valuetext");
const asked = () => page.evaluate(() => window.home.usageAsked);
const change = (more) =>
  page.evaluate((changes) => {
    window.home.usage = { ...window.home.usage, ...changes };
  }, more);

/** Three days of November, as they are counted. */
const days = (...costs) =>
  costs.map((cost, index) => ({
    date: `2026-11-2${index + 4}`,
    counted: cost === null ? "none" : "whole",
    calls: cost === null ? null : index,
    talk_time: cost === null ? null : index * 65,
    cost,
  }));

for (const width of [360, 1280]) {
  for (const theme of ["light", "dark"]) {
    test(`usage looks right at ${width} pixels, ${theme}`, async () => {
      await page.setViewportSize({ width, height: 900 });
      if (theme === "dark") await page.evaluate(() => window.home.darken());
      await show();
      await lookAt(`usage-${width}-${theme}`);
      await show({ show_calls: false, show_controls: false });
      await lookAt(`usage-alone-${width}-${theme}`);
    });
  }
}

test("this month stands beside the last, and what was not counted is no zero", async () => {
  await show();
  const cells = await page.locator(".months").locator("th, td").allInnerTexts();
  assert.deepEqual(
    cells.map((text) => text.trim()),
    [
      ...["", "November", "October"],
      ...["Cost", "€1.0425", "Not counted"],
      ...["Talk time", "1 hr 37 min", "Not counted"],
      ...["Calls", "46", "Not counted"],
    ],
  );
  const note = page.locator(".usage .note");
  assert.match(await note.innerText(), /^Counted since \w+, \w+ \d+, \d{4}\.$/);
  await slider().press("Home");
  assert.equal(await page.locator(".day + .facts").innerText(), "Not counted");
  assert.match(await spoken(), /: Not counted$/);
  const bars = page.locator(".bars.cost");
  assert.equal(await bars.locator(".uncounted").getAttribute("width"), String(7 * 8));
  const heights = await bars
    .locator(".bar")
    .evaluateAll((all) => all.map((bar) => Number(bar.getAttribute("height"))));
  assert.equal(heights.length, 30);
  assert.deepEqual(heights.slice(0, 7), Array(7).fill(0));
  assert.equal(Math.max(...heights), 100);
});

test("where everything was counted nothing is said of that", async () => {
  const counted = { month: "2026-10", counted: "whole", calls: 1, talk_time: 0, cost: 0 };
  await change({ last_month: counted, days: days(0, 0.0125, 0) });
  await show();
  assert.equal(await page.getByText(/Counted since|Not counted/).count(), 0);
});

test("days of another zone than the home's are said to be so", async () => {
  await change({
    counted_since: "2026-11-05T23:30:00-05:00",
    time_zone: "America/New_York",
  });
  await show();
  assert.equal(
    await page.locator(".usage .note").innerText(),
    "Counted since Thursday, November 5, 2026. Days are those of America/New York.",
  );
});

test("days are gone through with arrows, and read out", async () => {
  await change({ days: days(null, 0.0125, 1.5) });
  await show();
  assert.equal(
    await spoken(),
    "Thursday, November 26: Cost €1.50, Talk time 2 min 10 sec, Calls 2",
  );
  await slider().focus();
  await page.keyboard.press("ArrowLeft");
  assert.ok(await focused("[role=slider]"));
  assert.equal(
    await spoken(),
    "Wednesday, November 25: Cost €0.0125, Talk time 1 min 5 sec, Calls 1",
  );
  assert.equal(await slider().getAttribute("aria-valuenow"), "2");
  assert.match(await day().innerText(), /^Wednesday, November 25/);
  await page.keyboard.press("Home");
  assert.equal(await spoken(), "Tuesday, November 24: Not counted");
  // Keys of the browser stay its own.
  await page.keyboard.press("Control+ArrowRight");
  await page.keyboard.press("a");
  assert.equal(await spoken(), "Tuesday, November 24: Not counted");
  // What was chosen stays chosen when figures come, and today where it is gone.
  await change({ days: days(0, 0.0125, 1.5) });
  await page.evaluate(() => window.home.set("event.call", "now"));
  await settled();
  assert.match(await spoken(), /^Tuesday, November 24: Cost €0.00/);
  await change({ days: days(0, 0.0125, 1.5).slice(1) });
  await page.evaluate(() => window.home.set("event.call", "later"));
  await settled();
  assert.match(await spoken(), /^Thursday, November 26/);
});

test("a day is chosen with a finger or the mouse", async () => {
  await change({ days: days(0, 0.0125, 1.5) });
  await show();
  await slider().scrollIntoViewIfNeeded();
  const { x, y, width, height } = await slider().boundingBox();
  assert.ok(height >= 44);
  const at = (part) => [x + width * part, y + height / 2];
  await page.mouse.click(...at(0.1));
  assert.match(await spoken(), /^Tuesday/);
  await page.mouse.move(...at(0.5));
  assert.match(await spoken(), /^Wednesday/);
  await page.mouse.click(...at(0.999));
  assert.match(await spoken(), /^Thursday/);
});

test("a screen reader has a table of all days", async () => {
  await change({ days: days(null, 0.0125, 1.5) });
  await show();
  const table = page.getByRole("table", { name: "Cost and talk time by day" });
  const rows = await table.getByRole("row").allInnerTexts();
  assert.deepEqual(
    rows.map((row) => row.replaceAll(/\s+/g, " ").trim()),
    [
      "Day Cost Talk time Calls",
      "Tuesday, November 24 Not counted",
      "Wednesday, November 25 €0.0125 1 min 5 sec 1",
      "Thursday, November 26 €1.50 2 min 10 sec 2",
    ],
  );
});

test("money and days are written as the profile says, in the account's currency", async () => {
  await change({ currency: "USD", days: days(0, 0.0125, 1234.5) });
  await page.evaluate(() => {
    const locale = { language: "de", number_format: "decimal_comma", time_format: "24" };
    window.home.change({ language: "de", locale });
  });
  await show();
  const told = await page.getByRole("slider").getAttribute("aria-valuetext");
  assert.equal(
    told.replaceAll(/\s/g, " "),
    "Donnerstag, 26. November: Kosten 1.234,50 $, Gesprächszeit 2 Min. 10 Sek., Anrufe 2",
  );
});

test("it is read when shown and when a call was told of, and not else", async () => {
  await show();
  assert.equal(await asked(), 1);
  await page.evaluate(() => window.home.set("sensor.balance", "11"));
  await settled();
  assert.equal(await asked(), 1);
  await page.evaluate(() => window.home.set("event.call", "now"));
  await settled();
  assert.equal(await asked(), 2);
  await show({ show_usage: false });
  assert.equal(await asked(), 2);
  assert.equal(await page.locator(".usage").count(), 0);
});

test("figures that cannot be read stay, and that is said", async () => {
  await page.evaluate(() => {
    window.home.refusal = new Error("gone");
  });
  await show();
  await page.getByText("Usage cannot be read at the moment.").waitFor();
  assert.equal(await page.getByRole("slider").count(), 0);
  await page.evaluate(() => {
    window.home.refusal = undefined;
    window.home.set("event.call", "now");
  });
  await settled();
  assert.equal(await page.getByRole("slider").count(), 1);
  await page.evaluate(() => {
    window.home.refusal = new Error("gone");
    window.home.set("event.call", "later");
  });
  await settled();
  assert.equal(await page.getByRole("slider").count(), 1);
  await page.getByText("Usage cannot be read at the moment.").waitFor();
  await lookAt("usage-failed");
});

test("an account of which nothing was counted yet says so", async () => {
  await change({ counted_since: null });
  await show();
  await page.getByText("Nothing has been counted yet.").waitFor();
  assert.equal(await page.getByRole("slider").count(), 0);
});

test("where the integration has no such action there is no usage", async () => {
  await page.evaluate(() => window.home.change({ services: { sip_account: {} } }));
  await show();
  assert.equal(await page.locator(".usage").count(), 0);
  // Actions may be told after the card was drawn.
  const services = { sip_account: { get_usage: {} } };
  await page.evaluate((told) => window.home.change({ services: told }), services);
  await settled();
  assert.equal(await page.getByRole("slider").count(), 1);
});
