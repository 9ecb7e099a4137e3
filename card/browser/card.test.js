/**
 * The card in Chromium, in a home that is made up (`home.js`).
 *
 * CHROMIUM names the browser, PICTURES a folder for a picture of every width and theme.
 */

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { env } from "node:process";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { chromium } from "playwright-core";

const here = (path) => new URL(path, import.meta.url);
const BUILT = here("../../custom_components/sip_account/frontend/sip-account-card.js");
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const HOSTILE = [
  "<img src=x onerror=\"document.title='fallen'\">",
  "![](https://example.net/pixel.png)",
  "<script>document.title='fallen'</script>",
  "a\u202Egpj.exe\u2066\u200B\u200D\uFEFFz",
  "javascript:alert(1)",
];

let browser;
let page;
let complaints;
let requests;

before(async () => {
  browser = await chromium.launch({
    executablePath: env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});
after(() => browser?.close());

beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 360, height: 900 } });
  complaints = [];
  requests = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("request", (request) => requests.push(request.url()));
  await page.setContent(await readFile(here("page.html"), "utf8"));
  for (const file of [here("home.js"), BUILT]) {
    const content = await readFile(file, "utf8");
    await page.addScriptTag({ content, type: "module" });
  }
  await page.waitForFunction(
    () => window.home && customElements.get("sip-account-card"),
  );
});
afterEach(async () => {
  await page.close();
  assert.deepEqual(complaints, []);
});

const show = (config) => page.evaluate((given) => window.home.show(given), config);
const settled = () => page.evaluate(() => window.home.settled());
const asked = () => page.evaluate(() => window.home.asked);
const rows = () => page.locator("li.call");
const button = (name) => page.getByRole("button", { name });
const focused = (wanted) =>
  page.evaluate(
    (selector) => window.home.card.shadowRoot.activeElement?.matches(selector),
    wanted,
  );

for (const width of [360, 800, 1280]) {
  for (const theme of ["light", "dark"]) {
    test(`nothing serious is wrong at ${width} pixels, ${theme}`, async () => {
      await page.setViewportSize({ width, height: 900 });
      if (theme === "dark") await page.evaluate(() => window.home.darken());
      await show();
      if (env.PICTURES) {
        await mkdir(env.PICTURES, { recursive: true });
        const path = `${env.PICTURES}/card-${width}-${theme}.png`;
        await page.screenshot({ path, fullPage: true });
      }
      await page.addScriptTag({ path: AXE });
      const { violations, passes } = await page.evaluate(() =>
        window.axe.run("sip-account-card"),
      );
      assert.ok(passes.length > 10);
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map((one) => one.html)}`),
        [],
      );
      const [inner, outer] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        window.innerWidth,
      ]);
      assert.ok(inner <= outer, "nothing sticks out");
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

test("calls are read once, and again when one was told of", async () => {
  await show();
  const ask = {
    type: "call_service",
    domain: "sip_account",
    service: "get_calls",
    service_data: { config_entry_id: "entry-alice", limit: 200 },
    return_response: true,
  };
  assert.deepEqual(await asked(), [ask]);
  await page.evaluate(() => window.home.set("sensor.balance", "11"));
  await settled();
  assert.equal((await asked()).length, 1);
  await page.evaluate(() => window.home.set("event.call", "now"));
  await settled();
  assert.deepEqual(await asked(), [ask, ask]);
});

test("a lost server is told of, and the list stays", async () => {
  await show();
  const before = await rows().count();
  await page.evaluate(() => {
    window.home.refusal = new Error("gone");
    window.home.set("sensor.last_call", "unavailable");
  });
  await settled();
  assert.equal(await rows().count(), before);
  await page.getByText(/This is what it told at/).waitFor();
  await page.getByText("The server does not answer", { exact: true }).waitFor();
  await page.evaluate(() => {
    window.home.refusal = undefined;
    window.home.set("sensor.last_call", "now");
  });
  await settled();
  assert.equal(await page.getByText(/does not answer/).count(), 0);
});

test("calls that could never be read leave the rest of the card alone", async () => {
  await page.evaluate(() => {
    window.home.refusal = new Error("gone");
  });
  await show();
  await page.getByText("The calls cannot be read at the moment.").waitFor();
  await page.getByText("€12.35").waitFor();
});

test("the missed are filtered, more are shown, and the focus goes along", async () => {
  await show({ calls: 2 });
  assert.equal(await rows().count(), 2);
  await button("Show more").press("Enter");
  await settled();
  assert.equal(await rows().count(), 12);
  assert.ok(await focused("li:nth-of-type(3)"));
  await button("Missed").press(" ");
  await settled();
  assert.equal(await rows().count(), 2);
  await button("Show more").click();
  await settled();
  assert.equal(await rows().count(), 3);
  assert.equal(await button("Show more").count(), 0);
  assert.deepEqual(await rows().locator(".who").allInnerTexts(), [
    "New:\nThe museum",
    "New:\nBob Example",
    "+442079460123",
  ]);
});

test("an account without calls says so", async () => {
  await page.evaluate(() => {
    window.home.calls = [];
  });
  await show();
  await page.getByText("No calls yet.").waitFor();
  await button("Missed").click();
  await page.getByText("No missed calls.").waitFor();
});

test("missed calls are marked as seen with the keyboard", async () => {
  await show();
  await button("Mark as seen").press("Enter");
  await page.evaluate(() => window.home.set("sensor.missed_calls", "0", { calls: [] }));
  await settled();
  const press = (await asked()).find(({ service }) => service === "press");
  assert.equal(press.domain, "button");
  assert.match(press.target.entity_id, /^button\./);
  assert.equal(await page.getByText("missed calls").count(), 0);
  assert.ok(await focused("h2"));
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

test("nothing is asked while the connection is lost", async () => {
  await show();
  const before = (await asked()).length;
  await page.evaluate(() => {
    window.home.change({ connected: false });
    window.home.set("event.call", new Date().toISOString());
  });
  await settled();
  assert.equal((await asked()).length, before);
  await page.evaluate(() => {
    window.home.change({ connected: true });
  });
  await settled();
  assert.equal((await asked()).length, before + 1);
});

test("whether the own number is shown is only assumed", async () => {
  await show();
  await page.getByText("As set last; the server does not tell.").waitFor();
  assert.equal(await button("Shown").getAttribute("aria-pressed"), "true");
  await button("Hidden").click();
  await settled();
  assert.equal((await asked()).at(-1).service, "turn_on");
});

test("parts are left out as wished, and where the server has none", async () => {
  await show({ show_balance: false, show_calls: false });
  assert.equal(await page.getByText("€12.35").count(), 0);
  assert.equal(
    await page.getByRole("heading", { name: "Calls", exact: true }).count(),
    0,
  );
  assert.deepEqual(await asked(), []);
  await show({ show_controls: false });
  assert.equal(await page.getByRole("switch").count(), 0);
});

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

test("the card speaks the reader's language", async () => {
  await page.evaluate(() => {
    const locale = { language: "de-CH", number_format: "language", time_format: "24" };
    window.home.change({ language: "de-CH", locale });
  });
  await show();
  await page.getByText("2 verpasste Anrufe").waitFor();
  await button("Als gesehen markieren").waitFor();
});

test("the balance opens its history", async () => {
  await show();
  const opened = page.evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener("hass-more-info", ({ detail }) => resolve(detail.entityId));
      }),
  );
  await button(/€12.35/).click();
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
