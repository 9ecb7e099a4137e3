/** The search field over a long list. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { button, page, rows, settled, show } from "./in_chromium.js";
import { lookAt } from "./looking.js";

const field = () => page.getByRole("searchbox", { name: "Search calls" });
const furnish = (count) =>
  page.evaluate((wanted) => {
    const { home } = window;
    home.calls = Array.from({ length: wanted }, (_, index) => ({
      ...home.calls[0],
      call_id: `${index}`,
      name: index === 15 ? "Zoë Müller" : `Caller ${index}`,
      number: `+3120800${1000 + index}`,
      number_shown: `+31 20 800 ${1000 + index}`,
      party: `caller.${index}@example.com`,
      outcome: index % 2 ? "answered" : "missed",
    }));
  }, count);
const names = () => rows().locator(".who bdi").allInnerTexts();

test("a short list has no search field", async () => {
  await furnish(20);
  await show();
  assert.equal(await rows().count(), 5);
  assert.equal(await field().count(), 0);
});

test("a call of long ago is found by name, number and address", async () => {
  await furnish(21);
  await show();
  for (const term of ["zoe", "0208001015", "CALLER.15@"]) {
    await field().fill(term);
    await settled();
    assert.deepEqual(await names(), ["Zoë Müller"], term);
  }
  await lookAt("search");
  const { height } = await field().boundingBox();
  assert.ok(height >= 44);
});

test("what is not found is said, and all is there again without a word", async () => {
  await furnish(21);
  await show();
  await field().fill("nobody");
  await page.getByRole("status").getByText("No calls found.").waitFor();
  assert.equal(await rows().count(), 0);
  await field().fill("");
  await settled();
  assert.equal(await rows().count(), 5);
  assert.equal(await page.getByText("No calls found.").count(), 0);
});

test("the missed among what is found, and more of it", async () => {
  await furnish(30);
  await show();
  await field().fill("caller 1");
  await settled();
  assert.equal(await rows().count(), 5);
  await button("Missed").click();
  await settled();
  assert.deepEqual(
    await names(),
    [10, 12, 14, 16, 18].map((one) => `Caller ${one}`),
  );
  await field().fill("caller");
  await settled();
  await button("Show more").click();
  await settled();
  assert.equal(await rows().count(), 15);
});

test("another account begins without what was looked for", async () => {
  await furnish(21);
  await page.evaluate(() => window.home.addAccount("bob"));
  await show({ device_id: "alice" });
  await field().fill("zoe");
  await settled();
  await page.evaluate(() =>
    window.home.card.setConfig({
      type: "custom:sip-account-card",
      calls: 5,
      device_id: "bob",
    }),
  );
  await settled();
  assert.equal(await field().inputValue(), "");
  assert.equal(await rows().count(), 5);
});
