/** The list of calls. */

import { html, nothing } from "lit";

import { byDay, filtered, startOf } from "./calls.js";
import { icon } from "./icons.js";
import { row } from "./row.js";

/** @typedef {import("./card.js").View} View */
/** @typedef {import("./calls.js").Call} Call */

/**
 * @typedef {object} Listing
 * @property {Call[] | undefined} calls undefined until they were read once
 * @property {Date | undefined} readAt
 * @property {boolean} failed whether the last reading failed
 * @property {"all" | "missed"} filter
 * @property {number} shown how many
 * @property {(filter: "all" | "missed") => void} choose
 * @property {() => void} more
 */

/**
 * The heading, the filter, the calls by day, and the button for more.
 *
 * @param {View} view
 * @param {Listing} listing
 */
export function list(view, listing) {
  const { say } = view;
  return html`<section class="calls">
    <div class="bar">
      <h3 tabindex="-1">${say("calls")}</h3>
      <div class="choice" role="group" aria-label=${say("filter")}>
        ${["all", "missed"].map(
          (filter) =>
            html`<button
              aria-pressed=${listing.filter === filter}
              @click=${() => listing.choose(filter)}
            >
              ${say(`filter_${filter}`)}
            </button>`,
        )}
      </div>
    </div>
    <p class="note" role="status"><bdi>${note(view, listing)}</bdi></p>
    ${listing.calls ? days(view, listing) : skeleton(listing)}
  </section>`;
}

/**
 * What is to be said of the list as a whole.
 *
 * @param {View} view
 * @param {Listing} listing
 */
function note({ formats, say }, { calls, failed, filter, readAt }) {
  if (failed && calls) return say("calls_stale", { time: formats.near(readAt) });
  if (failed) return say("calls_unread");
  if (!calls) return say("loading");
  if (filtered(calls, filter).length > 0) return "";
  return say(filter === "missed" ? "no_missed_calls" : "no_calls");
}

/** @param {Listing} listing */
function skeleton({ failed }) {
  if (failed) return nothing;
  const row = html`<div class="call ghost"><span class="badge"></span><i></i></div>`;
  return html`<div aria-hidden="true">${[row, row, row]}</div>`;
}

/**
 * @param {View} view
 * @param {Listing} listing
 */
function days(view, { calls, filter, more, shown }) {
  const { formats, say, state } = view;
  const matching = filtered(calls, filter);
  const unseen = state("sensor.missed_calls")?.attributes.calls ?? [];
  const fresh = new Set(unseen.map((call) => call.call_id));
  return html`${byDay(matching.slice(0, shown), formats.day).map(
    (day) =>
      html`<h4>
          ${day.day ? formats.dayName(startOf(day.calls[0])) : say("some_day")}
        </h4>
        <ul role="list">
          ${day.calls.map((call) => row(view, call, fresh.has(call.call_id)))}
        </ul>`,
  )}
  ${
    matching.length > shown
      ? html`<button class="text more" @click=${more}>
          ${say("more")} ${icon("chevron")}
        </button>`
      : nothing
  }`;
}
