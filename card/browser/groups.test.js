/** Repeated calls of one party: one row, which can be opened. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { button, focused, page, rows, settled, show } from "./in_chromium.js";
import { lookAt } from "./looking.js";

const NOON = new Date("2026-11-24T12:00:00Z");
const MARY = { name: "Aunt Mary", number: "+442079460123", price: 0.05 };

/** Let Mary call three times, and Bob once before. */
const furnish = (...more) =>
  page.evaluate(
    ([mary, others, noon]) => {
      const { home } = window;
      const call = (minutes, fields) => ({
        ...home.calls[0],
        call_id: `group-${minutes}`,
        started: new Date(noon - minutes * 60_000).toISOString(),
        ...fields,
      });
      home.calls = [
        ...others.map((fields) => call(0, fields)),
        call(1, { ...mary, outcome: "missed" }),
        call(2, { ...mary, direction: "outgoing", outcome: "cancelled" }),
        call(3, { ...mary, outcome: "missed" }),
        call(4, { name: "Bob", number: null, outcome: "answered", duration: 61 }),
      ];
      home.set("sensor.missed_calls", "1", { calls: [home.calls[others.length + 2]] });
    },
    [MARY, more, NOON.getTime()],
  );
const opener = () => button(/Aunt Mary \([0-9]\)/);
const members = () => page.locator(".members li");

test("repeated calls are one row, which is opened and closed with the keyboard", async () => {
  await page.clock.setFixedTime(NOON);
  await furnish();
  await show();
  assert.equal(await rows().count(), 2);
  assert.equal(await opener().getAttribute("aria-expanded"), "false");
  assert.match(await opener().innerText(), /New:\s*Aunt Mary\s*\(3\)/);
  assert.match(await opener().innerText(), /Missed\s*Outgoing, not answered/);
  assert.equal(await members().count(), 0);
  await opener().press("Enter");
  assert.equal(await opener().getAttribute("aria-expanded"), "true");
  assert.equal(await members().count(), 3);
  const inside = await opener().getAttribute("aria-controls");
  assert.equal(await page.locator(`#${inside} li`).count(), 3);
  assert.match(await members().nth(1).innerText(), /Outgoing, not answered/);
  assert.match(await members().nth(2).innerText(), /New:/);
  await lookAt("group-open");
  await opener().press(" ");
  assert.equal(await members().count(), 0);
  assert.ok(await focused(".opener"));
});

test("a group stays open and focused when a call comes to it or before it", async () => {
  await page.clock.setFixedTime(NOON);
  await furnish();
  await show();
  await opener().press("Enter");
  for (const [index, [more, count]] of [
    [{ ...MARY, call_id: "4th" }, 4],
    [{ name: "Dave", number: null, party: "dave@example.com" }, 3],
  ].entries()) {
    await page.clock.setFixedTime(NOON.getTime() + (index + 1) * 1000);
    await furnish(more);
    await page.evaluate(() => window.home.set("event.call", new Date().toISOString()));
    await settled();
    assert.equal(await members().count(), count);
    assert.ok(await focused("[aria-expanded=true]"));
  }
});

test("a group is one of the calls that are shown at first, and called back once", async () => {
  await page.clock.setFixedTime(NOON);
  await furnish();
  await show({ calls: 1 });
  assert.equal(await rows().count(), 1);
  assert.equal(await page.getByRole("link", { name: "Call Aunt Mary" }).count(), 1);
  assert.equal(await page.locator(".price").count(), 0);
  await opener().click();
  assert.equal(await page.locator(".members .price").count(), 3);
  await button("Show more").click();
  await settled();
  assert.equal(await rows().count(), 2);
  assert.ok(await focused("li:has(.who)"));
  assert.equal(
    await page.evaluate(() =>
      window.home.card.shadowRoot.activeElement.textContent.includes("Bob"),
    ),
    true,
  );
});

test("the missed of a group are one group", async () => {
  await page.clock.setFixedTime(NOON);
  await furnish();
  await show();
  await page.getByRole("button", { name: "Missed", exact: true }).click();
  await settled();
  assert.match(await opener().innerText(), /Aunt Mary\s*\(2\)/);
});
