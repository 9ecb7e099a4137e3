/** What calls came to, as `sip_account.get_usage` tells it: which, when, and how much. */

import { findAccount, stateOf } from "./account.js";

// An account whose server tells its calls has one of these, unless all are disabled.
const OF_CALLS = [
  "event.call",
  "sensor.calls_today",
  "sensor.last_call",
  "sensor.missed_calls",
];
// What is told of a call, and what the ledger shows: a price may come later.
const TELL = [
  "event.call",
  "sensor.last_call",
  "sensor.calls_today",
  "sensor.talk_time_today",
  "sensor.cost_today",
];
// Of the height; less is not seen.
const LEAST = 0.04;

/**
 * @typedef {object} Figures
 * @property {"whole" | "partly" | "none"} counted how much was; of none there is nothing
 * @property {number | null} calls
 * @property {number | null} talk_time seconds
 * @property {number | null} cost
 *
 * @typedef {object} Usage of one account
 * @property {string} currency
 * @property {string} time_zone of its days
 * @property {string | null} counted_since a time in that zone
 * @property {Figures & {month: string}} this_month
 * @property {Figures & {month: string}} last_month
 * @property {(Figures & {date: string})[]} days the oldest first
 */

/**
 * Whether there is anything to show of an account.
 *
 * @param {any} hass
 * @param {import("./account.js").Account | string} account
 */
export function hasUsage(hass, account) {
  return (
    typeof account !== "string" &&
    Boolean(hass.services?.sip_account?.get_usage) &&
    OF_CALLS.some((key) => key in account.entities)
  );
}

/**
 * Whether it is known that there is nothing to show of the account that a card is of.
 *
 * @param {any} hass
 * @param {string | undefined} wanted a device
 */
export function lacksUsage(hass, wanted) {
  const account = hass && findAccount(hass, wanted);
  return typeof account === "object" && !hasUsage(hass, account);
}

/**
 * Return how to tell the day of a moment where an account's days are counted: in its
 * zone, in that of the home until it is told, and in the browser's without any.
 *
 * @param {any} hass
 * @param {Usage | undefined} told
 * @returns {(moment: Date) => string}
 */
export function dayWhereCounted(hass, told) {
  const zones = [told?.time_zone, hass.config.time_zone].filter(Boolean);
  const days = [...zones, undefined].map(daysIn).find(Boolean);
  return (moment) => days.format(moment);
}

/** How days are written in a zone, if the browser knows it. */
function daysIn(timeZone) {
  try {
    return new Intl.DateTimeFormat("sv", { timeZone });
  } catch {
    return undefined;
  }
}

/**
 * Return what changes when the figures may have changed.
 *
 * @param {any} hass
 * @param {import("./account.js").Account} account
 * @param {string} day since a new day is another one without any call
 */
export function usageFreshness(hass, account, day) {
  const told = TELL.map((key) => stateOf(hass, account, key)?.last_updated);
  return [account.entryId, hass.connected !== false, day, ...told].join();
}

/**
 * Return how high the bars of days are, and the value of the highest.
 *
 * @param {Figures[]} days
 * @param {"cost" | "talk_time"} figure
 * @returns {{most: number, heights: (number | undefined)[]}} heights from 0 to 1;
 *   undefined where nothing was counted
 */
export function barsOf(days, figure) {
  const most = Math.max(0, ...days.map((day) => day[figure] ?? 0));
  return {
    most,
    heights: days.map((day) => {
      if (day.counted === "none") return undefined;
      // Money that came back is no bar.
      const value = Math.max(0, day[figure]);
      return value > 0 ? Math.max(LEAST, value / most) : 0;
    }),
  };
}

/**
 * Return where a key leads among the days, if it leads anywhere.
 *
 * @param {string} key
 * @param {number} at
 * @param {number} count
 */
export function afterKey(key, at, count) {
  const steps = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -7,
    PageUp: 7,
    Home: -count,
    End: count,
  };
  if (!Object.hasOwn(steps, key)) return undefined;
  return Math.min(Math.max(at + steps[key], 0), count - 1);
}

/**
 * Return how to write days and months, which are dates of no zone.
 *
 * @param {string} language
 */
export function calendar(language) {
  const write = (options) => (text) =>
    new Intl.DateTimeFormat(language, { timeZone: "UTC", ...options }).format(
      new Date(text),
    );
  return {
    /** A day such as `2026-11-26` in full. @type {(day: string) => string} */
    day: write({ weekday: "long", day: "numeric", month: "long" }),
    /** A day with its year. @type {(day: string) => string} */
    full: write({ dateStyle: "full" }),
    /** A day in short. @type {(day: string) => string} */
    short: write({ day: "numeric", month: "short" }),
    /** A month such as `2026-11`. @type {(month: string) => string} */
    month: write({ month: "long" }),
  };
}
