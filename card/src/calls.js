/** The list of calls: which are shown, under which day, and as what. */

import { NOBODY } from "./links.js";
import { clean } from "./text.js";

/**
 * @typedef {object} Call as `sip_account.get_calls` tells it
 * @property {string} call_id
 * @property {"incoming" | "outgoing"} direction
 * @property {string} outcome
 * @property {string | null} party
 * @property {string | null} number
 * @property {string | null} [number_shown] as people write it
 * @property {string | null} [country] ISO 3166
 * @property {string | null} [call_back] a link; null where nobody is there
 * @property {string | null} name
 * @property {string | null} started
 * @property {number} duration seconds
 * @property {number | null} price
 */

/** Whether somebody called and was not answered. @param {Call} call */
export function isMissed(call) {
  return call.direction === "incoming" && ["missed", "busy"].includes(call.outcome);
}

/**
 * Return the calls of a filter.
 *
 * @param {Call[]} calls
 * @param {"all" | "missed"} filter
 */
export function filtered(calls, filter) {
  return filter === "missed" ? calls.filter(isMissed) : calls;
}

/**
 * Return the calls day by day, in their order.
 *
 * @param {Call[]} calls
 * @param {(moment: Date) => string} dayOf
 * @returns {{day: string, calls: Call[]}[]} the day is empty where no time is known
 */
export function byDay(calls, dayOf) {
  /** @type {{day: string, calls: Call[]}[]} */
  const days = [];
  for (const call of calls) {
    const moment = startOf(call);
    const day = moment ? dayOf(moment) : "";
    if (days.at(-1)?.day !== day) days.push({ day, calls: [] });
    days.at(-1).calls.push(call);
  }
  return days;
}

/** Return when a call began, where it is known. @param {Call} call */
export function startOf(call) {
  const moment = new Date(call.started ?? NaN);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/**
 * Return whom a call was with: a name and what is behind it, as harmless text.
 *
 * Callers name themselves, so the number or address always stands beside the name.
 *
 * @param {Call} call
 * @returns {{title: string, detail: string}} either may be empty
 */
export function partyOf(call) {
  const address = clean(call.party);
  const number = clean(call.number);
  const behind =
    clean(call.number_shown) || number || (isHidden(address) ? "" : address);
  // Who hides is often called so, which is no name.
  const said = clean(call.name);
  const name = !behind && NOBODY.test(said) ? "" : said;
  if (!name || name === behind || name === number) return { title: behind, detail: "" };
  return { title: name, detail: behind };
}

/** Whether a number is behind whom a call was with, and no address. @param {Call} call */
export function hasNumber(call) {
  return Boolean(clean(call.number_shown) || clean(call.number));
}

/**
 * Return by what whom a call was with can be told from others; empty where they hide.
 *
 * @param {Call} call
 */
export function reachOf(call) {
  const address = clean(call.party);
  return clean(call.number) || (isHidden(address) ? "" : address);
}

function isHidden(address) {
  return /^anonymous@|\.invalid$/i.test(address);
}

/**
 * Return how a call looks: an icon of `icons.js` and a mood of the style sheet.
 *
 * @param {Call} call
 * @returns {{icon: string, mood: string}}
 */
export function lookOf(call) {
  if (call.outcome === "in_progress") return { icon: "talk", mood: "good" };
  if (isMissed(call)) return { icon: "missed", mood: "bad" };
  if (call.direction === "incoming") {
    if (call.outcome === "answered") return { icon: "incoming", mood: "good" };
    return { icon: "declined", mood: "dull" };
  }
  if (call.outcome === "answered") return { icon: "outgoing", mood: "calm" };
  return { icon: "unanswered", mood: "dull" };
}

/**
 * Return the price of a call that is worth telling: a call that cost nothing says so
 * only where it could have cost something.
 *
 * @param {Call} call
 * @returns {number | undefined}
 */
export function priceOf(call) {
  const { price } = call;
  if (typeof price !== "number") return undefined;
  const could = call.direction === "outgoing" && call.outcome === "answered";
  return price !== 0 || could ? price : undefined;
}
