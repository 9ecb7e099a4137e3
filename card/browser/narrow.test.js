/** What stays whole where there is little room: words and numbers, in two languages. */

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { env } from "node:process";
import { test } from "node:test";

import { page, rows, show } from "./in_chromium.js";

const WIDTHS = [320, 330, 360, 390, 1280];
const WORDS = {
  en: ["Incoming, in progress", "Outgoing, in progress", "Incoming", "Mark as seen"],
  de: ["Eingehend, läuft", "Ausgehend, läuft", "Eingehend", "Als gesehen markieren"],
};

/** Calls as the server tells of people with long numbers and long addresses. */
const furnish = (language) =>
  page.evaluate((spoken) => {
    const { home } = window;
    const [first] = home.calls;
    const long = { number: "+442079460123", number_shown: "+44 20 7946 0123" };
    const address = {
      party: "somebody.with.a.long.name@conference.example.com",
      number: null,
    };
    const bare = { name: null };
    home.calls = [
      { ...long, direction: "incoming", outcome: "in_progress", name: "Aunt Mary" },
      { ...bare, ...address, direction: "outgoing", outcome: "in_progress" },
      { ...long, ...bare, direction: "incoming", outcome: "answered", duration: 3790 },
      { ...address, direction: "outgoing", outcome: "cancelled", name: "Bob Example" },
      { ...long, direction: "outgoing", outcome: "answered", name: "Dentist" },
    ].map((call, index) => ({
      ...first,
      price: index > 2 ? 12.3456 : null,
      duration: 125,
      ...call,
      call_id: `narrow-${index}`,
    }));
    home.set("select.forward_busy", "mobile_number");
    home.change({
      language: spoken,
      locale: { language: spoken, number_format: "language", time_format: "12" },
    });
  }, language);

/** What is cut: whatever is wider than what can be seen of it. */
const cut = () =>
  page.evaluate(() =>
    [...window.home.card.shadowRoot.querySelectorAll("*")]
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
      .filter((one) => !one.matches(".spoken"))
      .filter((one) => getComputedStyle(one).overflow !== "visible")
      .map((one) => one.textContent.trim()),
  );

/** The boxes of all texts that match, and the box of the card. */
const boxes = (pattern) =>
  page.evaluate((source) => {
    const { shadowRoot } = window.home.card;
    const wanted = new RegExp(source);
    const walker = document.createTreeWalker(shadowRoot, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const { currentNode: node } = walker;
      const { parentElement: around } = node;
      const part = around.closest("li, .missed, .head");
      if (!part || !wanted.test(node.data)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { left, right, width, height } = range.getBoundingClientRect();
      const row = part.getBoundingClientRect();
      const inside = left >= row.left - 1 && right <= row.right + 1;
      const { clipPath } = getComputedStyle(around);
      found.push({ text: node.data, width, height, inside, clipPath });
    }
    return found;
  }, pattern);

/** Chosen targets that are wider than the room for them. */
const chosenTooWide = () =>
  page.evaluate(() => {
    const pen = document.createElement("canvas").getContext("2d");
    return [...window.home.card.shadowRoot.querySelectorAll("select")]
      .filter((select) => {
        const style = getComputedStyle(select);
        pen.font = style.font;
        const { width } = pen.measureText(select.selectedOptions[0].text.trim());
        const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
        return width > select.clientWidth - padding;
      })
      .map((select) => select.value);
  });

/** Lines of facts that begin with the dot that stands between two. */
const dotsAtBeginnings = () =>
  page.evaluate(() =>
    [...window.home.card.shadowRoot.querySelectorAll(".line > *")]
      .filter((fact) => {
        const around = fact.closest(".facts");
        const { clientWidth, scrollWidth } = around;
        const dot = parseFloat(getComputedStyle(fact, "::before").width);
        const begins = fact.getBoundingClientRect().left;
        const seen = around.getBoundingClientRect().left;
        const clips = clientWidth > 0 && scrollWidth <= clientWidth + 1;
        return begins < seen + 2 && !(clips && begins + dot <= seen + 1);
      })
      .map((fact) => fact.textContent.trim()),
  );

for (const width of WIDTHS) {
  for (const language of ["en", "de"]) {
    test(`numbers and words are whole at ${width} pixels, ${language}`, async () => {
      await page.setViewportSize({ width, height: 900 });
      await furnish(language);
      await show();
      if (env.PICTURES) {
        await mkdir(env.PICTURES, { recursive: true });
        const path = `${env.PICTURES}/narrow-${width}-${language}.png`;
        await page.screenshot({ path, fullPage: true });
      }
      for (const word of WORDS[language]) {
        const found = await boxes(`^\\s*${word}\\s*$`);
        assert.ok(found.length > 0, word);
        for (const one of found) {
          assert.ok(one.width > 20 && one.inside, `${word} ${one.width}`);
          assert.equal(one.clipPath, "none", word);
        }
      }
      const numbers = await boxes("[0-9]{3}|[.,][0-9]{2}");
      assert.ok(numbers.length >= 6, `${numbers.length} numbers`);
      for (const one of numbers) assert.ok(one.inside, one.text);
      for (const text of await cut()) {
        assert.match(text, /@/, "what is cut is an address");
      }
      assert.deepEqual(await chosenTooWide(), []);
      assert.deepEqual(await dotsAtBeginnings(), []);
      assert.equal(await rows().count(), 5);
    });

    test(`the missed are one line if there is room: ${width}, ${language}`, async () => {
      await page.setViewportSize({ width, height: 900 });
      await furnish(language);
      await show();
      const { apart, room, height, inside } = await page.evaluate(() => {
        const banner = window.home.card.shadowRoot.querySelector(".missed");
        const [sign, count, mark] = [...banner.children].map((one) => {
          one.style.flex = "none";
          const box = one.getBoundingClientRect();
          one.style.flex = "";
          return box;
        });
        const style = getComputedStyle(banner);
        const pixels = (name) => parseFloat(style[name]);
        return {
          apart: banner.children[2].offsetTop > banner.children[1].offsetTop + 20,
          room:
            banner.clientWidth - pixels("paddingLeft") - pixels("paddingRight") >=
            sign.width + count.width + mark.width + 2 * pixels("columnGap"),
          height: mark.height,
          inside: mark.right <= banner.getBoundingClientRect().right,
        };
      });
      assert.equal(apart, !room);
      assert.ok(height <= 46 && inside, "what marks is one line");
      if (width >= 360) assert.ok(room || language === "de");
      if (width >= 390) assert.ok(room);
    });
  }
}
