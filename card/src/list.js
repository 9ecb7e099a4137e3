/** The list of calls. */

import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";

import { byDay, filtered, startOf } from "./calls.js";
import { entry } from "./entry.js";
import { grouped, groupId } from "./groups.js";
import { icon } from "./icons.js";
import { found } from "./search.js";

// Fewer are looked through at a glance.
const SEARCHED = 20;

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
 * @property {import("./browsing.js").Browsing} browsing
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
    ${searchField(view, listing)}
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
function note(view, listing) {
  const { formats, say } = view;
  const { browsing, calls, failed, filter, readAt } = listing;
  if (failed && calls) return say("calls_stale", { time: formats.near(readAt) });
  if (failed) return say("calls_unread");
  if (!calls) return say("loading");
  if (matching(view, listing).length > 0) return "";
  if (browsing.term.trim()) return say("no_calls_found");
  return say(filter === "missed" ? "no_missed_calls" : "no_calls");
}

/** @param {Listing} listing */
function skeleton({ failed }) {
  if (failed) return nothing;
  const row = html`<div class="call ghost"><span class="badge"></span><i></i></div>`;
  return html`<div aria-hidden="true">${[row, row, row]}</div>`;
}

/**
 * Only a list that is too long to look through has one.
 *
 * @param {View} view
 * @param {Listing} listing
 */
function searchField({ say }, { browsing, calls }) {
  if (!browsing.term && !(calls?.length > SEARCHED)) return nothing;
  return html`<input
    type="search"
    aria-label=${say("search")}
    placeholder=${say("search")}
    autocomplete="off"
    .value=${live(browsing.term)}
    @input=${({ target }) => browsing.search(target.value)}
  />`;
}

/**
 * The calls of the filter in which the word is that is looked for.
 *
 * @param {View} view
 * @param {Listing} listing
 */
function matching({ say }, { browsing, calls, filter }) {
  return found(filtered(calls, filter), browsing.term, say("unknown_party"));
}

/**
 * @param {View} view
 * @param {Listing} listing
 */
function days(view, listing) {
  const { formats, say, state } = view;
  const { browsing, more, shown } = listing;
  const groups = grouped(matching(view, listing), formats.day);
  const groupOf = new Map(groups.map((group) => [group[0], group]));
  const unseen = state("sensor.missed_calls")?.attributes.calls ?? [];
  const fresh = new Set(unseen.map((call) => call.call_id));
  const latest = groups.slice(0, shown).map(([call]) => call);
  return html`${byDay(latest, formats.day).map(
    (day, place) =>
      html`<h4>
          ${day.day ? formats.dayName(startOf(day.calls[0])) : say("some_day")}
        </h4>
        <ul role="list">
          ${repeat(
            day.calls.map((call) => groupOf.get(call)),
            groupId,
            (group, index) =>
              entry(view, group, fresh, browsing, `members-${place}-${index}`),
          )}
        </ul>`,
  )}
  ${
    groups.length > shown
      ? html`<button class="text more" @click=${more}>
          ${say("more")} ${icon("chevron")}
        </button>`
      : nothing
  }`;
}
