/**
 * The card in Chromium, in a home that is made up (`home.js`): a page for each test.
 *
 * CHROMIUM names the browser, PICTURES a folder for a picture of every width and theme.
 */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { env } from "node:process";
import { after, afterEach, before, beforeEach } from "node:test";

import { chromium } from "playwright-core";

const here = (path) => new URL(path, import.meta.url);
export const BUILT = here(
  "../../custom_components/sip_account/frontend/sip-account-card.js",
);

let browser;
/** The page of the test that runs. @type {import("playwright-core").Page} */
export let page;
/** The addresses that it asked for. @type {string[]} */
export let requests;
let complaints;

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

/**
 * Open a page with a home and the card, in place of the one that was open.
 *
 * @param {string | undefined} at the time in it, where it is not that of now
 * @param {import("playwright-core").BrowserContextOptions} [context]
 */
export async function open(at, context = {}) {
  await page?.close();
  page = await browser.newPage({ viewport: { width: 360, height: 900 }, ...context });
  if (at) await page.clock.install({ time: new Date(at) });
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
}

beforeEach(() => open());
afterEach(async () => {
  await page.close();
  page = undefined;
  assert.deepEqual(complaints, []);
});

export const show = (config) =>
  page.evaluate((given) => window.home.show(given), config);
export const settled = () => page.evaluate(() => window.home.settled());
export const asked = () => page.evaluate(() => window.home.asked);
export const rows = () => page.locator("li.entry");
export const button = (name) => page.getByRole("button", { name });
export const focused = (wanted) =>
  page.evaluate(
    (selector) => window.home.card.shadowRoot.activeElement?.matches(selector),
    wanted,
  );
