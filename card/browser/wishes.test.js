/** What readers ask of their system: their own colours, no movement, right to left. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { page, settled, show } from "./in_chromium.js";
import { lookAt } from "./looking.js";

const disturb = () => page.getByRole("switch", { name: "Do not disturb" });

/** The colour behind a part of the card. */
const behind = (selector, part = "") =>
  page.evaluate(
    ([one, pseudo]) => {
      const found = window.home.card.shadowRoot.querySelector(one);
      return getComputedStyle(found, pseudo).backgroundColor;
    },
    [selector, part],
  );
/** The line around parts of the card, in pixels. */
const lines = (selector, part = "") =>
  page.evaluate(
    ([all, pseudo]) =>
      [...window.home.card.shadowRoot.querySelectorAll(all)].map((one) =>
        parseFloat(getComputedStyle(one, pseudo).borderTopWidth),
      ),
    [selector, part],
  );

/** How far the words of a part stand out from what is painted before it. */
const contrast = (selector) =>
  page.evaluate((one) => {
    const found = window.home.card.shadowRoot.querySelector(one);
    const [dark, light] = [
      getComputedStyle(found).color,
      getComputedStyle(found, "::before").backgroundColor,
    ]
      .map((color) =>
        color
          .match(/[0-9.]+/g)
          .slice(0, 3)
          .map((part) => part / 255)
          .map((part) =>
            part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
          ),
      )
      .map(([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue)
      .sort((one, other) => one - other);
    return (light + 0.05) / (dark + 0.05);
  }, selector);

for (const colorScheme of ["light", "dark"]) {
  test(`in the reader's own colours all can be told apart, ${colorScheme}`, async () => {
    const wishes = { forcedColors: "active", reducedMotion: "reduce", colorScheme };
    await page.emulateMedia(wishes);
    if (colorScheme === "dark") await page.evaluate(() => window.home.darken());
    await show();
    const canvas = await behind("ha-card");
    for (const dot of [".status", ".new .who"]) {
      assert.notEqual(await behind(dot, "::before"), canvas, dot);
    }
    for (const framed of ["select", ".badge", ".missed", ".more", ".balance"]) {
      const found = await lines(framed);
      assert.ok(found.length > 0 && found.every((width) => width > 0), framed);
    }
    assert.ok((await lines(".choice", "::before")).every((width) => width > 0));
    const [chosen, other] = ["true", "false"].map(
      (pressed) => `.choice button[aria-pressed="${pressed}"]`,
    );
    assert.notEqual(await behind(chosen, "::before"), await behind(other, "::before"));
    assert.ok((await contrast(chosen)) > 4.5, "the words on what is chosen");
    const off = [await behind(".switch", "::before"), await disturb().screenshot()];
    await page.evaluate(() => window.home.set("switch.do_not_disturb", "on"));
    await settled();
    const on = [await behind(".switch", "::before"), await disturb().screenshot()];
    assert.notEqual(on[0], off[0]);
    assert.ok(!on[1].equals(off[1]));
    await lookAt(`forced-${colorScheme}`);
  });
}

/** Whatever moves: transitions and animations of the parts of the card. */
const moving = () =>
  page.evaluate(() =>
    [...window.home.card.shadowRoot.querySelectorAll("*")].flatMap((one) =>
      ["", "::before", "::after"]
        .map((part) => getComputedStyle(one, part))
        .filter(
          (style) =>
            parseFloat(style.transitionDuration) > 0 || style.animationName !== "none",
        )
        .map(() => one.className),
    ),
  );

test("nothing moves for those who ask for that", async () => {
  await show();
  assert.ok((await moving()).length > 0);
  await page.emulateMedia({ reducedMotion: "reduce" });
  assert.deepEqual(await moving(), []);
});

/** The left and right end of every part of the card that is to be seen. */
// Days go from left to right wherever one reads, as on a chart of Home Assistant's.
const ends = () =>
  page.evaluate(() =>
    [...window.home.card.shadowRoot.querySelectorAll("*")]
      .filter((one) => one.checkVisibility())
      .filter((one) => !one.closest("svg, .spoken, option, style, .chart *"))
      .map((one) => {
        const { left, right } = one.getBoundingClientRect();
        return [one.outerHTML.slice(0, 60), left, window.innerWidth - right];
      }),
  );

for (const width of [330, 390, 1280]) {
  test(`from right to left everything is mirrored at ${width} pixels`, async () => {
    await page.setViewportSize({ width, height: 900 });
    await show();
    const before = await ends();
    await page.evaluate(() => {
      document.documentElement.dir = "rtl";
    });
    await settled();
    const after = await ends();
    assert.ok(before.length > 80);
    assert.equal(after.length, before.length);
    for (const [index, [what, left, right]] of before.entries()) {
      const [, mirroredLeft, mirroredRight] = after[index];
      assert.ok(Math.abs(left - mirroredRight) < 1, `${what} begins`);
      assert.ok(Math.abs(right - mirroredLeft) < 1, `${what} ends`);
    }
    await lookAt(`rtl-${width}`);
  });
}

test("numbers, times and money read from left to right, whatever is around", async () => {
  await page.evaluate(() => {
    document.documentElement.dir = "rtl";
    const [first] = window.home.calls;
    window.home.calls = [
      { ...first, name: null, number_shown: "+44 20 7946 0123" },
      { ...first, call_id: "2", name: "דוד", number_shown: "+44 20 7946 0123" },
    ];
    window.home.set("sensor.balance", "-12.5");
  });
  await show();
  const isolated = await page.evaluate(() =>
    [...window.home.card.shadowRoot.querySelectorAll("bdi")]
      .filter((one) => /[0-9]/.test(one.textContent))
      .map((one) => [one.textContent.trim(), getComputedStyle(one).direction]),
  );
  assert.deepEqual(
    new Set(isolated.map(([, direction]) => direction)),
    new Set(["ltr"]),
  );
  const texts = isolated.map(([text]) => text);
  assert.equal(texts.filter((text) => text === "+44 20 7946 0123").length, 2);
  assert.ok(texts.includes("-€12.50"));
  assert.equal(texts.filter((text) => /^[0-9]+:[0-9]+$/.test(text)).length, 2);
});

test("sentences of another direction keep it, and addresses their beginning", async () => {
  await page.setViewportSize({ width: 330, height: 900 });
  await page.evaluate(() => {
    document.documentElement.dir = "rtl";
  });
  await show({ title: "somebody.with.a.long.name@example.com" });
  const edges = await page.evaluate(() => {
    const { shadowRoot } = window.home.card;
    const at = (selector, from, to) => {
      const text = [...shadowRoot.querySelector(selector).childNodes].find(
        (one) => one.nodeType === Node.TEXT_NODE && one.data.trim(),
      );
      const range = document.createRange();
      range.setStart(text, text.data.search(/\S/) + from);
      range.setEnd(text, text.data.search(/\S/) + to);
      return range.getBoundingClientRect();
    };
    const card = shadowRoot.querySelector("h2").getBoundingClientRect();
    return {
      count: at(".missed bdi", 0, 1).left < at(".missed bdi", 3, 4).left,
      beginning: at("h2 bdi", 0, 1).left >= card.left,
    };
  });
  assert.deepEqual(edges, { count: true, beginning: true });
});
