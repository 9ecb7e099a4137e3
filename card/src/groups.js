/** Repeated calls of one party, which the list shows as one until they are opened. */

import { partyOf, reachOf, startOf } from "./calls.js";

/** @typedef {import("./calls.js").Call} Call */

/**
 * Return the calls in groups: those of one party, one after the other within a day.
 *
 * @param {Call[]} calls
 * @param {(moment: Date) => string} dayOf
 * @returns {Call[][]} most of them have one call
 */
export function grouped(calls, dayOf) {
  /** @type {Call[][]} */
  const groups = [];
  let last;
  for (const call of calls) {
    const moment = startOf(call);
    const key = keyOf(call, moment ? dayOf(moment) : "");
    if (!key || key !== last) groups.push([]);
    groups.at(-1).push(call);
    last = key;
  }
  return groups;
}

/** Whoever hides has none: two of them may be two people. */
function keyOf(call, day) {
  const reach = reachOf(call);
  return reach && [day, reach.toLowerCase(), partyOf(call).title].join("\n");
}

/**
 * Return what a group is known by while further calls come to it.
 *
 * @param {Call[]} group
 */
export function groupId(group) {
  const first = group.at(-1);
  return `${first.call_id} ${first.started}`;
}

/**
 * Return a call for each way in which calls of a group ended.
 *
 * @param {Call[]} group
 */
export function outcomesOf(group) {
  const ways = new Map();
  for (const call of group) {
    const way = `${call.direction} ${call.outcome}`;
    if (!ways.has(way)) ways.set(way, call);
  }
  return [...ways.values()];
}
