/** What strangers call themselves, and who of them can be called. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { page, requests, rows, show } from "./in_chromium.js";

const HOSTILE = [
  "<img src=x onerror=\"document.title='fallen'\">",
  "![](https://example.net/pixel.png)",
  "<script>document.title='fallen'</script>",
  "a\u202Egpj.exe\u2066\u200B\u200D\uFEFFz",
  "javascript:alert(1)",
];

test("names of strangers are text, and nothing is fetched for them", async () => {
  await page.evaluate((names) => {
    const { home } = window;
    const [first] = home.calls;
    home.calls = names.map((name, index) => ({
      ...first,
      call_id: `hostile-${index}`,
      name,
      party: name,
      number: name,
      outcome: index ? first.outcome : "<b>new</b>",
    }));
    home.set("select.forward_busy", "<b>", { options: ["not_forwarded", "<b>"] });
    home.set("select.forward_all_calls", null, { mobile_number: "<i>1\u202E2" });
    home.refusal = undefined;
  }, HOSTILE);
  await show({ title: HOSTILE[0] });
  const shown = await rows().locator(".who bdi").allInnerTexts();
  assert.deepEqual(shown, [...HOSTILE.slice(0, 3), "agpj.exez", HOSTILE[4]]);
  const inside = await page.evaluate(() => {
    const root = window.home.card.shadowRoot;
    return {
      foreign: root.querySelectorAll("img, script, b, i, iframe").length,
      links: root.querySelectorAll("a").length,
      text: root.textContent,
    };
  });
  assert.deepEqual([inside.foreign, inside.links], [0, 0]);
  assert.doesNotMatch(inside.text, /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/);
  assert.equal(await page.title(), "The card in a home that is none");
  assert.deepEqual(requests, []);
});

test("calls are returned by number or by address, never to somebody hidden", async () => {
  const links = () =>
    page
      .locator("a.round")
      .evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  await show({ calls: 6 });
  assert.deepEqual(await links(), [
    "tel:+31208005161",
    "sip:bob@example.com",
    "tel:+31208005161",
    "sip:bob@example.com",
    "sip:carol@example.org",
  ]);
  assert.equal(await page.getByRole("link", { name: "Call The museum" }).count(), 1);
  await show({ calls: 1, call_back: "address" });
  assert.deepEqual(await links(), ["sip:0031208005161@example.com"]);
  await show({ calls: 1, call_back: "none" });
  assert.deepEqual(await links(), []);
});
