/** How an account stands: the one thing that is said of it. Pure: no clock. */

// By the action that the server answers with them, which may fail by itself.
const OFTEN = [
  ["sensor.last_call", "sensor.last_missed_call", "sensor.missed_calls"],
  ["sensor.balance", "sensor.spent_today", "binary_sensor.call_in_progress"],
];
const SELDOM = [
  "binary_sensor.registered",
  "sensor.registered_devices",
  "sensor.call_forwarding",
  "switch.do_not_disturb",
  "sensor.accept_rules",
  "binary_sensor.blocked",
];
const TELLS_NOTHING = ["unavailable", "unknown"];
const WEEK = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const CLOCK = /^([01][0-9]|2[0-3]):([0-5][0-9])$/;
// How the settings page writes the end of a day.
const LAST_MINUTE = 23 * 60 + 59;

/**
 * @typedef {object} Readings
 * @property {boolean} connected whether Home Assistant itself can be asked
 * @property {(key: string) => any} state of an entity such as `sensor.balance`
 * @property {{outcome: string}[] | undefined} calls as listed now; none where they are
 *   not read, or as they were before
 * @property {Date} now
 * @property {string} zone of the home; the account's own may be another
 */

/**
 * Return the word for how an account stands, the first of these that is true: lost, a
 * running call, blocked, rules that let nobody in, do not disturb, all calls forwarded,
 * no phone, ready. Nothing is said that is not known.
 *
 * @param {Readings} readings
 * @returns {string | undefined} a key of the words, without `status_`
 */
export function status({ connected, state, calls, now, zone }) {
  if (!connected || isLost(state)) return "lost";
  const is = (key, value) => state(key)?.state === value;
  const rules = acceptRules(state, now, zone);
  const forwards = forwarding(state);
  const phones = registered(state);
  if (
    is("binary_sensor.call_in_progress", "on") ||
    state("sensor.last_call")?.attributes.outcome === "in_progress" ||
    calls?.some(({ outcome }) => outcome === "in_progress")
  ) {
    return "in_call";
  }
  if (is("binary_sensor.blocked", "on")) return "blocked";
  if (rules === "nobody") return "nobody_accepted";
  if (is("switch.do_not_disturb", "on") || rules === "disturbed") {
    return "do_not_disturb";
  }
  if (forwards) return "forwarded";
  if (phones === false) return "not_registered";
  if (phones === undefined) return undefined;
  const untold =
    rules === "untold" || forwards === undefined || isMute(state("binary_sensor.blocked"));
  return untold ? "phone_registered" : "registered";
}

/**
 * Whether the server answers nothing: of what is polled often, where that is more than
 * one action, since what is polled seldom learns of it late.
 *
 * @param {(key: string) => any} state
 */
export function isLost(state) {
  const shown = (keys) => keys.map(state).filter(Boolean);
  const often = OFTEN.map(shown).filter((states) => states.length > 0);
  const told = [...often, often.length > 1 ? [] : shown(SELDOM)].flat();
  return told.length > 0 && told.every((one) => one.state === "unavailable");
}

/** Whether an entity is there and tells nothing. */
function isMute(told) {
  return TELLS_NOTHING.includes(told?.state);
}

/** Whether all calls are forwarded; undefined where it is not known. */
function forwarding(state) {
  const [overview, choice] = ["sensor.call_forwarding", "select.forward_all_calls"].map(
    state,
  );
  if (overview && !isMute(overview)) return overview.state === "all_calls";
  if (choice && !isMute(choice)) return choice.state !== "not_forwarded";
  return overview || choice ? undefined : false;
}

/** Whether a phone is registered; undefined where it is not known. */
function registered(state) {
  const [yes, count] = ["binary_sensor.registered", "sensor.registered_devices"].map(
    state,
  );
  if (yes && !isMute(yes)) return yes.state === "on";
  return count && !isMute(count) ? Number(count.state) > 0 : undefined;
}

/**
 * Return whom accept rules let in: "nobody", "disturbed" by an override, "untold" where
 * they are not known, or nothing to be said. A rule says nothing outside its hours, and
 * of two at once it is not known which counts.
 */
function acceptRules(state, now, homeZone) {
  const told = state("sensor.accept_rules");
  if (!told) {
    const { attributes, ...disturb } = state("switch.do_not_disturb") ?? {};
    return isMute(disturb) || attributes?.blocked_by_rules ? "untold" : undefined;
  }
  if (isMute(told)) return "untold";
  const { rules, temporary, time_zone: zone } = told.attributes;
  if (temporary && !(Date.parse(temporary.until ?? "") <= now)) {
    return isNobody(temporary) ? "disturbed" : undefined;
  }
  const zones = [zone, homeZone].filter(Boolean);
  const { day, minute } = [...zones, undefined]
    .map((one) => clockIn(one, now))
    .find(Boolean);
  const inForce = (rules ?? []).filter((rule) => isInForce(rule, day, minute));
  return inForce.length > 0 && inForce.every(isNobody) ? "nobody" : undefined;
}

function isNobody({ groups }) {
  return groups?.length === 1 && groups[0] === "nobody";
}

/** Whether a rule counts at a minute; over midnight it is of the day it begins on. */
function isInForce({ days, start, stop }, day, minute) {
  const [from, to] = [start, stop].map(minutes);
  if (from === undefined || to === undefined) return false;
  const end = to === LAST_MINUTE ? to + 1 : to;
  const on = (wanted) => Boolean(days?.includes(WEEK[(wanted + 7) % 7]));
  if (from <= end) return on(day) && from <= minute && minute < end;
  return (on(day) && from <= minute) || (on(day - 1) && minute < end);
}

function minutes(text) {
  const [, hour, minute] = CLOCK.exec(text ?? "") ?? [];
  return hour === undefined ? undefined : Number(hour) * 60 + Number(minute);
}

/**
 * Return the day of the week and the minute in a zone, if there is such a zone;
 * undefined is that of the browser, which is all that is left without any other.
 */
function clockIn(zone, now) {
  try {
    const parts = new Intl.DateTimeFormat("en", {
      timeZone: zone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).formatToParts(now);
    const part = (type) => parts.find((one) => one.type === type).value;
    return {
      day: WEEK.indexOf(part("weekday").toLowerCase()),
      minute: Number(part("hour")) * 60 + Number(part("minute")),
    };
  } catch {
    return undefined; // a zone that this browser does not know
  }
}
