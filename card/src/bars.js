/** Usage as it is drawn: two months side by side, and bars for the days of late. */

import { html, nothing, svg } from "lit";

import { clean } from "./text.js";
import { afterKey, barsOf, calendar } from "./usage.js";

/** @typedef {import("./card.js").View} View */
/** @typedef {import("./usage.js").Usage} Usage */
/** @typedef {import("./usage_reading.js").UsageReading} UsageReading */

// Of a drawing that is stretched to the width of the card.
const STEP = 8;
const GAP = 1;
const HEIGHT = 100;

/**
 * The third part of the card.
 *
 * @param {View} view
 * @param {UsageReading} reading
 */
export function usage(view, reading) {
  const { say } = view;
  return html`<section class="usage">
    <div class="bar"><h3 tabindex="-1">${say("usage")}</h3></div>
    <p class="note" role="status">${note(view, reading)}</p>
    ${reading.told?.counted_since ? figures(view, reading) : nothing}
  </section>`;
}

/**
 * What is to be said of all figures.
 *
 * @param {View} view
 * @param {UsageReading} reading
 */
function note({ hass, say }, { failed, told }) {
  if (failed) return say("usage_unread");
  if (!told) return say("loading");
  if (!told.counted_since) return say("usage_none");
  const { full } = calendar(hass.locale?.language ?? hass.language);
  const shown = [told.last_month, ...told.days];
  return [
    shown.some(({ counted }) => counted !== "whole") &&
      say("usage_since", { time: full(told.counted_since.slice(0, "2026-11-26".length)) }),
    told.time_zone !== hass.config.time_zone &&
      say("usage_zone", { zone: clean(told.time_zone.replaceAll("_", " ")) }),
  ]
    .filter(Boolean)
    .join(" ");
}

/**
 * @param {View} view
 * @param {UsageReading} reading
 */
function figures(view, reading) {
  const { days } = reading.told;
  const words = wordsOf(view, reading.told);
  const found = days.findIndex(({ date }) => date === reading.chosen);
  const at = found === -1 ? days.length - 1 : found;
  const said =
    days[at].counted === "none"
      ? [view.say("usage_not_counted")]
      : words.of(days[at]).map(([label, value]) => `${label} ${value}`);
  const shown = { days, at, words, said: `${words.day(days[at].date)}: ${said.join(", ")}` };
  return html`${months(view, reading.told, words)}
    ${chart(view, shown, (place) => reading.choose(days[place].date))}
    <p class="day">${words.day(days[at].date)}</p>
    <p class="facts">
      <span class="line">${said.map((text) => html`<span>${text}</span>`)}</span>
    </p>
    ${table(view, days, words)}`;
}

/** How to write what the account told, in its currency. */
function wordsOf({ formats, hass, say }, { currency }) {
  return {
    ...calendar(hass.locale?.language ?? hass.language),
    /** Of days or a month each figure, with its name. */
    of: ({ calls, cost, talk_time: talked }) => [
      [say("usage_cost"), formats.money(cost, currency)],
      [say("usage_talk_time"), formats.duration(talked)],
      [say("calls"), String(calls)],
    ],
    most: {
      cost: (value) => formats.money(value, currency),
      talk_time: (value) => formats.duration(value),
    },
  };
}

/** This month beside the last. */
function months({ say }, told, words) {
  const both = [told.this_month, told.last_month];
  const cells = both.map((month) => (month.counted === "none" ? [] : words.of(month)));
  const names = [say("usage_cost"), say("usage_talk_time"), say("calls")];
  return html`<table class="months">
    <caption class="spoken">
      ${say("usage_by_month")}
    </caption>
    <thead>
      <tr>
        <td></td>
        ${both.map(({ month }) => html`<th scope="col">${words.month(month)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${names.map(
        (name, row) =>
          html`<tr>
            <th scope="row">${name}</th>
            ${cells.map(
              (month) => html`<td>${month[row]?.[1] ?? say("usage_not_counted")}</td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Bars that are gone through with arrows, a finger or the mouse. */
function chart({ say }, { at, days, said, words }, choose) {
  const point = ({ clientX, currentTarget }) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const place = Math.floor(((clientX - left) / width) * days.length);
    choose(Math.min(Math.max(place, 0), days.length - 1));
  };
  return html`<div
    class="chart"
    dir="ltr"
    tabindex="0"
    role="slider"
    aria-label=${say("usage_by_day")}
    aria-valuemin="1"
    aria-valuemax=${days.length}
    aria-valuenow=${at + 1}
    aria-valuetext=${said}
    @keydown=${(event) => {
      const place = afterKey(event.key, at, days.length);
      if (place === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      choose(place);
    }}
    @pointerdown=${point}
    @pointermove=${(event) => event.pointerType === "mouse" && point(event)}
  >
    ${drawing(say("usage_cost"), days, at, "cost", words)}
    ${drawing(say("usage_talk_time"), days, at, "talk_time", words)}
    <p class="ends">
      <span>${words.short(days[0].date)}</span>
      <span>${words.short(days.at(-1).date)}</span>
    </p>
  </div>`;
}

/** The bars of one figure, with the value of the highest. */
function drawing(name, days, at, figure, words) {
  const { heights, most } = barsOf(days, figure);
  // Counting begins once, so these are the first.
  const uncounted = heights.filter((height) => height === undefined).length;
  const box = (kind, x, width, height) =>
    svg`<rect class=${kind} x=${x} width=${width} y=${HEIGHT - height}
      height=${height}></rect>`;
  return html`<p class="ends">
      <span dir="auto">${name}</span>
      <span>${most > 0 ? words.most[figure](most) : nothing}</span>
    </p>
    <svg
      class="bars ${figure}"
      viewBox="0 0 ${days.length * STEP} ${HEIGHT}"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      ${box("uncounted", 0, uncounted * STEP, HEIGHT)}
      ${box("chosen", at * STEP, STEP, HEIGHT)}
      ${heights.map((height, place) =>
        box("bar", place * STEP + GAP, STEP - 2 * GAP, (height ?? 0) * HEIGHT),
      )}
    </svg>`;
}

/** The same for who reads it: a row for each day. */
function table({ say }, days, words) {
  const names = ["usage_day", "usage_cost", "usage_talk_time", "calls"];
  return html`<div class="spoken">
    <table>
      <caption>
        ${say("usage_by_day")}
      </caption>
      <thead>
        <tr>
          ${names.map((name) => html`<th scope="col">${say(name)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${days.map(
          (day) =>
            html`<tr>
              <th scope="row">${words.day(day.date)}</th>
              ${
                day.counted === "none"
                  ? html`<td colspan="3">${say("usage_not_counted")}</td>`
                  : words.of(day).map(([, value]) => html`<td>${value}</td>`)
              }
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
