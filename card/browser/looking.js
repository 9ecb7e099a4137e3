/** Looks at the card as it is on the page: for everybody, and in its width. */

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { env } from "node:process";

import { page } from "./in_chromium.js";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Nothing is wrong for anybody, and nothing sticks out. @param {string} name */
export async function lookAt(name) {
  if (env.PICTURES) {
    await mkdir(env.PICTURES, { recursive: true });
    await page.screenshot({ path: `${env.PICTURES}/${name}.png`, fullPage: true });
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
}
