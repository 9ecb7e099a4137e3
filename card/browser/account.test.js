/** Which account the card is of, and how the card itself is found. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { asked, BUILT, button, page, show } from "./in_chromium.js";

test("the account is chosen where there are several", async () => {
  await page.evaluate(() => window.home.addAccount("bob"));
  await show();
  await page.getByText("There are several SIP accounts.").waitFor();
  await show({ device_id: "bob" });
  await page.getByRole("heading", { name: "bob@example.com" }).waitFor();
  assert.equal((await asked()).at(-1).service_data.config_entry_id, "entry-bob");
  await show({ device_id: "gone" });
  await page.getByText("is not set up any more").waitFor();
});

test("the balance opens its history", async () => {
  await show();
  const opened = page.evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener("hass-more-info", ({ detail }) => resolve(detail.entityId));
      }),
  );
  await button(/€12.3456/).click();
  assert.match(await opened, /^sensor\.thing_alice/);
});

test("the picker knows the card, once, in the language of the page", async () => {
  await page.addScriptTag({ content: await readFile(BUILT, "utf8"), type: "module" });
  const cards = await page.evaluate(() => {
    document.documentElement.lang = "nl";
    return window.customCards.map((card) => ({ ...card }));
  });
  assert.equal(cards.length, 1);
  const [{ type, name, preview, documentationURL }] = cards;
  assert.deepEqual([type, name, preview], ["sip-account-card", "SIP-account", true]);
  assert.match(documentationURL, /\/docs\/card\.md$/);
});
