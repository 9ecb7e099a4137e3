/** The card in a page whose registry of elements is replaced after it was loaded. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { BUILT, button, page, rows, show } from "./in_chromium.js";

/** Replace the registry as the app does: what was known is known no more. */
const replace = (how) =>
  page.evaluate(({ tells }) => {
    const first = window.customElements;
    const known = new Map();
    const waiting = new Map();
    const registry = {
      get: (tag) => known.get(tag),
      define(tag, element) {
        if (known.has(tag)) throw new DOMException(`${tag} has already been used`);
        known.set(tag, element);
        if (!first.get(tag)) first.define(tag, element);
        waiting.get(tag)?.(element);
      },
      whenDefined: (tag) =>
        known.has(tag)
          ? Promise.resolve(known.get(tag))
          : new Promise((resolve) => waiting.set(tag, resolve)),
    };
    Object.defineProperty(window, "customElements", {
      value: registry,
      configurable: true,
      writable: true,
    });
    const forgotten = !window.customElements.get("sip-account-card");
    if (tells) registry.define("home-assistant", class extends HTMLElement {});
    return forgotten;
  }, how);
const loadAgain = async () =>
  page.addScriptTag({ content: await readFile(BUILT, "utf8"), type: "module" });

for (const [what, how] of [
  ["with the app", { tells: true }],
  ["by somebody who tells nobody", { tells: false }],
]) {
  test(`card and editor are there when the registry comes ${what}`, async () => {
    assert.ok(await replace(how));
    await page.waitForFunction(() => customElements.get("sip-account-card"));
    const labels = await page.evaluate(() => {
      const form = customElements.get("sip-account-card").getConfigForm();
      return form.schema.map((field) => form.computeLabel(field));
    });
    assert.ok(labels.includes("Calls at first"));
    await show();
    assert.equal(await rows().count(), 5);
    await button("Show more").click();
    assert.ok((await rows().count()) > 5);
  });
}

test("a card that was shown before goes on, and one that waits comes", async () => {
  await show();
  assert.ok(await replace({ tells: false }));
  await page.evaluate(() => customElements.whenDefined("sip-account-card"));
  await button("Show more").click();
  assert.ok((await rows().count()) > 5);
});

test("a newer module beside an older one changes nothing", async () => {
  await show();
  await page.evaluate(() => {
    window.older = customElements.get("sip-account-card");
  });
  await loadAgain();
  await replace({ tells: true });
  await loadAgain();
  await page.waitForFunction(() => customElements.get("sip-account-card"));
  await loadAgain();
  const [same, cards] = await page.evaluate(() => [
    customElements.get("sip-account-card") === window.older,
    window.customCards.length,
  ]);
  assert.deepEqual([same, cards], [true, 1]);
  assert.equal(await rows().count(), 5);
});
