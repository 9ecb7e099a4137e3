/** Which day it is, in a home that is in another zone than the browser. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { open, page, settled, show } from "./in_chromium.js";

// Half past eleven in the evening at home, and half past eleven of the next morning here.
const EVENING = "2026-11-24T22:30:00Z";
const HERE = "Pacific/Auckland";

/** Show calls of one hour, 13 and 25 hours ago to somebody who wants a zone. */
async function showTo(time_zone) {
  await open(EVENING, { timezoneId: HERE });
  await page.evaluate((zone) => {
    const { home } = window;
    home.calls = [1, 13, 25].map((hours) => ({
      ...home.calls[0],
      call_id: `${hours}`,
      party: `${hours}@example.com`,
      number: null,
      started: new Date(Date.now() - hours * 3_600_000).toISOString(),
    }));
    home.change({ locale: { ...home.hass.locale, time_zone: zone } });
  }, time_zone);
  await show();
}

const days = () =>
  page.evaluate(() =>
    [...window.home.card.shadowRoot.querySelectorAll("h4")].map((day) => [
      day.textContent.trim(),
      ...[...day.nextElementSibling.querySelectorAll("time")].map((one) =>
        one.textContent.trim(),
      ),
    ]),
  );

test("today is the home's, also where the browser has the next day", async () => {
  await showTo("server");
  assert.deepEqual(await days(), [
    ["Today", "22:30", "10:30"],
    ["Yesterday", "22:30"],
  ]);
});

test("who wants the browser's zone in the profile has its day", async () => {
  await showTo("local");
  assert.deepEqual(await days(), [
    ["Today", "10:30"],
    ["Yesterday", "22:30", "10:30"],
  ]);
});

test("the day ends at the home's midnight, also where nothing happens", async () => {
  await showTo("server");
  await page.clock.fastForward("00:29:00");
  await settled();
  assert.equal((await days())[0][0], "Today");
  await page.clock.fastForward("00:02:30");
  await settled();
  assert.deepEqual(await days(), [
    ["Yesterday", "22:30", "10:30"],
    ["Monday", "22:30"],
  ]);
});

test("a day that began while nobody looked is there when somebody does", async () => {
  await showTo("server");
  await page.evaluate(() => window.home.card.remove());
  await page.clock.fastForward("00:31:00");
  await page.evaluate(() => document.querySelector("main").append(window.home.card));
  await settled();
  assert.equal((await days())[0][0], "Yesterday");
});

test("usage is read anew when a day ends for the account, whoever else's goes on", async () => {
  await open(EVENING, { timezoneId: HERE });
  await page.evaluate(() => {
    const { home } = window;
    home.usage = { ...home.usage, time_zone: "Europe/London" };
    home.change({ locale: { ...home.hass.locale, time_zone: "local" } });
  });
  await show({ show_calls: false });
  const read = () => page.evaluate(() => window.home.usageAsked);
  assert.equal(await read(), 1);
  // Midnight of the home, which is half an hour from here, says nothing of it.
  for (const [time, times] of [
    ["01:28:00", 1],
    ["00:03:00", 2],
  ]) {
    await page.clock.fastForward(time);
    await settled();
    assert.equal(await read(), times, time);
  }
});
