/** A card of a fixed height, as in a dashboard of sections: all of it can be reached. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { button, page, settled, show } from "./in_chromium.js";
import { lookAt } from "./looking.js";

// Four rows of a section.
const HEIGHT = 248;

const showInRows = async (height = HEIGHT) => {
  await page.evaluate((pixels) => {
    document.querySelector("main").style.height = `${pixels}px`;
  }, height);
  await show();
};
const region = () => page.getByRole("region", { name: "alice@example.com" });

/** Whether the middle of what has the focus can be seen. */
const focusIsSeen = () =>
  page.evaluate(() => {
    const root = window.home.card.shadowRoot;
    const { left, right, top, bottom } = root.activeElement.getBoundingClientRect();
    const card = root.querySelector("ha-card").getBoundingClientRect();
    const middle = (top + bottom) / 2;
    const found = root.elementFromPoint((left + right) / 2, middle);
    return middle > card.top && middle < card.bottom && found !== null;
  });

test("what does not fit is scrolled to with the keyboard", async () => {
  await showInRows();
  const inside = region();
  assert.equal(await inside.evaluate((one) => one.scrollTop), 0);
  const { height } = await page.locator("sip-account-card").boundingBox();
  assert.equal(height, HEIGHT);
  await inside.focus();
  await page.keyboard.press("End");
  await page.waitForFunction(() => {
    const { shadowRoot } = window.home.card;
    const { scrollTop, scrollHeight, clientHeight } =
      shadowRoot.querySelector(".inside");
    return Math.abs(scrollTop + clientHeight - scrollHeight) < 2;
  });
  const last = await button("Hidden").boundingBox();
  const card = await page.locator("sip-account-card").boundingBox();
  assert.ok(last.y + last.height <= card.y + card.height, "the last control is there");
  await lookAt("scrolled");
});

test("whatever gets the focus comes into sight", async () => {
  await showInRows();
  await region().focus();
  let seen = 0;
  for (;;) {
    await page.keyboard.press("Tab");
    const inside = await page.evaluate(() =>
      Boolean(window.home.card.shadowRoot.activeElement),
    );
    if (!inside) break;
    assert.ok(await focusIsSeen());
    seen += 1;
  }
  assert.ok(seen > 10, `${seen}`);
});

test("a card that fits is no region and takes no focus", async () => {
  await show();
  assert.equal(await region().count(), 0);
  const scrolls = () =>
    page.evaluate(() => {
      const inside = window.home.card.shadowRoot.querySelector(".inside");
      return [
        inside.scrollHeight > inside.clientHeight,
        inside.hasAttribute("tabindex"),
      ];
    });
  assert.deepEqual(await scrolls(), [false, false]);
  await page.evaluate((pixels) => {
    document.querySelector("main").style.height = `${pixels}px`;
  }, HEIGHT);
  await region().waitFor();
  assert.deepEqual(await scrolls(), [true, true]);
  await page.evaluate(() => {
    document.querySelector("main").style.height = "";
  });
  await region().waitFor({ state: "detached" });
  assert.deepEqual(await scrolls(), [false, false]);
});

test("a card that was taken away is watched no more, and again when it is back", async () => {
  await page.evaluate(() => {
    const { ResizeObserver } = window;
    window.watched = new Set();
    window.ResizeObserver = class extends ResizeObserver {
      observe(part) {
        window.watched.add(part);
        super.observe(part);
      }
      disconnect() {
        window.watched.clear();
        super.disconnect();
      }
    };
  });
  await show();
  const watched = () => page.evaluate(() => window.watched.size);
  assert.equal(await watched(), 1);
  await page.evaluate(() => window.home.card.remove());
  assert.equal(await watched(), 0);
  await page.evaluate(() => window.home.set("sensor.balance", "11"));
  await settled();
  assert.equal(await watched(), 0);
  await page.evaluate((pixels) => {
    const main = document.querySelector("main");
    main.style.height = `${pixels}px`;
    main.append(window.home.card);
  }, HEIGHT);
  await region().waitFor();
  assert.equal(await watched(), 1);
});
