/** How the card looks: in every width and theme, to everybody. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { asked, button, page, show } from "./in_chromium.js";
import { lookAt } from "./looking.js";

for (const width of [360, 800, 1280]) {
  for (const theme of ["light", "dark"]) {
    test(`nothing serious is wrong at ${width} pixels, ${theme}`, async () => {
      await page.setViewportSize({ width, height: 900 });
      if (theme === "dark") await page.evaluate(() => window.home.darken());
      await show();
      await lookAt(`card-${width}-${theme}`);
    });
  }
}

test("whatever is touched is large enough for a thumb", async () => {
  await show();
  const targets = page.locator("sip-account-card").locator("button, a, select");
  assert.ok((await targets.count()) > 10);
  for (const target of await targets.all()) {
    const { width, height } = await target.boundingBox();
    assert.ok(
      width >= 40 && height >= 44,
      `${await target.innerText()} ${width}×${height}`,
    );
  }
});

test("the card speaks the reader's language", async () => {
  await page.evaluate(() => {
    const locale = { language: "de-CH", number_format: "language", time_format: "24" };
    window.home.change({ language: "de-CH", locale });
  });
  await show();
  await page.getByText("2 verpasste Anrufe").waitFor();
  await button("Als gesehen markieren").waitFor();
});

test("parts are left out as wished, and where the server has none", async () => {
  await show({ show_balance: false, show_calls: false });
  assert.equal(await page.getByText("€12.3456").count(), 0);
  assert.equal(
    await page.getByRole("heading", { name: "Calls", exact: true }).count(),
    0,
  );
  assert.deepEqual(await asked(), []);
  await show({ show_controls: false });
  assert.equal(await page.getByRole("switch").count(), 0);
});
