/** Every state of the card, in every theme and width: nothing is wrong for anybody. */

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { env } from "node:process";
import { test } from "node:test";

import { button, page, settled, show } from "./in_chromium.js";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const WIDTHS = [320, 390, 640, 1280];
const ENDS = [320, 1280];
/** A home that is dark stays so. */
const THEMES = {
  light: { colorScheme: "light", forcedColors: "none" },
  "forced-light": { colorScheme: "light", forcedColors: "active" },
  dark: { colorScheme: "dark", forcedColors: "none" },
  "forced-dark": { colorScheme: "dark", forcedColors: "active" },
};

const inHome = (change, given) => page.evaluate(change, given);
const set = (...told) =>
  inHome(([key, value, more]) => window.home.set(key, value, more), told);
const refuse = () =>
  inHome(() => {
    window.home.refusal = new Error("The server says no, and why in many words");
  });

/** What makes each state, before the card is shown and after it. */
const STATES = {
  whole: {},
  german: {
    before: () =>
      inHome(() => {
        const locale = { ...window.home.hass.locale, language: "de" };
        window.home.change({ language: "de", locale });
      }),
  },
  "no account": {
    before: () => inHome(() => window.home.change({ entities: {} })),
  },
  "several accounts": {
    before: () => inHome(() => window.home.addAccount("bob")),
  },
  "account gone": { config: { device_id: "gone" } },
  reading: {
    before: () =>
      inHome(() => {
        const callWS = () => new Promise(() => {});
        window.home.change({ callWS });
      }),
  },
  "no calls": {
    before: () =>
      inHome(() => {
        window.home.calls = [];
      }),
  },
  "calls unread": { before: refuse },
  "server lost": {
    after: async () => {
      await refuse();
      await set("sensor.last_call", "unavailable");
      await set("switch.do_not_disturb", "unavailable");
      await set("select.forward_busy", "unavailable");
      await set("switch.hide_caller_id", "unavailable");
    },
  },
  "an action that failed": {
    after: async () => {
      await refuse();
      await button("Mark as seen").click();
    },
  },
  "an action on its way": {
    after: async () => {
      await inHome(() =>
        window.home.change({
          callWS: ({ service }) =>
            service === "get_calls"
              ? Promise.resolve({ response: { calls: window.home.calls } })
              : new Promise(() => {}),
        }),
      );
      await button("Mark as seen").click();
      await page.getByRole("switch").click();
      await button("Hidden").click();
    },
  },
  "do not disturb": {
    before: () => set("switch.do_not_disturb", "on", { until: "2036-11-24T12:00:00Z" }),
  },
  "rules in the way": {
    before: () => set("switch.do_not_disturb", "off", { blocked_by_rules: true }),
  },
  "all calls forwarded": {
    before: async () => {
      await set("sensor.call_forwarding", "all_calls");
      await set("select.forward_all_calls", "mobile_number");
    },
  },
  "no phone registered": {
    before: () => set("binary_sensor.registered", "off"),
  },
  "a group that is open": {
    config: { calls: 20 },
    after: () =>
      button(/Bob Example \(2\)/)
        .first()
        .click(),
  },
  "nothing found": {
    after: () => page.getByRole("searchbox").fill("nobody is called so"),
  },
  "only the missed": {
    after: () => page.getByRole("button", { name: "Missed", exact: true }).click(),
  },
  "calls alone": { config: { show_balance: false, show_controls: false } },
  "controls alone": { config: { show_balance: false, show_calls: false } },
  "a height that is fixed": {
    before: () =>
      inHome(() => {
        document.querySelector("main").style.height = "248px";
      }),
  },
  "right to left": {
    before: () =>
      inHome(() => {
        document.documentElement.dir = "rtl";
      }),
  },
};

const wrong = async () => {
  const { violations, passes } = await page.evaluate(() =>
    window.axe.run("sip-account-card"),
  );
  assert.ok(passes.length > 1, "axe has looked");
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((one) => one.html)}`);
};

for (const [state, { config, before, after }] of Object.entries(STATES)) {
  test(`${state}: nothing is wrong in any theme and width`, async () => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.setViewportSize({ width: WIDTHS[0], height: 900 });
    await before?.();
    await show(config);
    await after?.();
    await settled();
    await page.addScriptTag({ path: AXE });
    for (const [theme, media] of Object.entries(THEMES)) {
      await page.emulateMedia(media);
      if (media.colorScheme === "dark") await inHome(() => window.home.darken());
      await settled();
      for (const width of theme === "light" ? WIDTHS : ENDS) {
        const where = `${state.replaceAll(" ", "-")}-${theme}-${width}`;
        await page.setViewportSize({ width, height: 900 });
        if (env.PICTURES) {
          await mkdir(env.PICTURES, { recursive: true });
          const path = `${env.PICTURES}/${where}.png`;
          await page.screenshot({ path, fullPage: true });
        }
        assert.deepEqual(await wrong(), [], where);
        const sticksOut = await page.evaluate(
          () => document.documentElement.scrollWidth > window.innerWidth,
        );
        assert.ok(!sticksOut, `${where} sticks out`);
      }
    }
  });
}
