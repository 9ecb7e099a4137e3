/** Money, times and lengths as the reader wrote down in the profile of the home. */

const DIGITS = 4;
const DAY = 24 * 60 * 60 * 1000;
const NUMBER_LOCALES = {
  comma_decimal: "en-US",
  decimal_comma: "de",
  space_comma: "fr",
  quote_decimal: "de-CH",
  system: undefined,
};

/**
 * @typedef {object} Locale the part of Home Assistant's `hass.locale` that is used
 * @property {string} language
 * @property {string} [number_format]
 * @property {string} [time_format]
 * @property {string} [time_zone]
 */

/**
 * Return how a reader wants things written.
 *
 * @param {Locale} locale `hass.locale`
 * @param {string} homeZone `hass.config.time_zone`
 * @param {(key: string) => string} say
 */
export function formats(locale, homeZone, say) {
  const { language } = locale;
  // The browser's zone is for those who ask for it in their profile.
  const timeZone = locale.time_zone === "local" ? undefined : homeZone;
  const date = (options) => new Intl.DateTimeFormat(language, { timeZone, ...options });
  const hour12 = usesHalfDays(locale);
  const time = date({ hour: "numeric", minute: "2-digit", ...hourStyle(hour12) });
  const full = date({ dateStyle: "full" });
  // Swedish writes dates as ISO 8601 does.
  const key = new Intl.DateTimeFormat("sv", { timeZone });

  const daysBetween = (moment, now) =>
    (Date.parse(key.format(now)) - Date.parse(key.format(moment))) / DAY;

  return {
    /** The day of a time as `2026-11-24`. @param {Date} moment */
    day: (moment) => key.format(moment),

    /** The hour of a time. @param {Date} moment */
    time: (moment) => time.format(moment),

    /** A time in full. @param {Date} moment */
    full: (moment) => `${full.format(moment)}, ${time.format(moment)}`,

    /**
     * A time that is near: the hour alone where it is today, and the date as well where
     * the name of the day would say another.
     * @param {Date} moment
     */
    near: (moment, now = new Date()) => {
      const day = Math.abs(daysBetween(moment, now));
      if (day === 0) return time.format(moment);
      const far = day < 7 ? {} : { day: "numeric", month: "short" };
      return `${date({ weekday: "short", ...far }).format(moment)} ${time.format(moment)}`;
    },

    /** What a day is called, seen from now. @param {Date} moment */
    dayName: (moment, now = new Date()) => {
      const ago = daysBetween(moment, now);
      if (ago === 0) return say("today");
      if (ago === 1) return say("yesterday");
      const near = ago > 1 && ago < 7;
      const sameYear = key.format(now).slice(0, 4) === key.format(moment).slice(0, 4);
      const name = date({
        weekday: "long",
        ...(near ? {} : { day: "numeric", month: "long" }),
        ...(near || sameYear ? {} : { year: "numeric" }),
      }).format(moment);
      return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
    },

    /**
     * Money with two to four digits of a fraction, as there are.
     * @param {number} value
     * @param {string | undefined} currency of ISO 4217
     */
    money: (value, currency) => money(value, currency, locale),

    /** What a country is called; its code where nobody knows. @param {string} code */
    country: (code) => country(code, language),

    /** A length such as `2 min 5 sec`. @param {number} seconds */
    duration: (seconds) => duration(seconds, language),
  };
}

/** Whether hours are counted to twelve; undefined leaves it to the language. */
function usesHalfDays({ time_format: format }) {
  if (format === "12") return true;
  if (format === "24") return false;
  if (format !== "system") return undefined;
  return new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions()
    .hour12;
}

function hourStyle(hour12) {
  if (hour12 === undefined) return {};
  return hour12 ? { hour12 } : { hourCycle: "h23" };
}

function money(value, currency, { language, number_format: format }) {
  const written = format in NUMBER_LOCALES ? NUMBER_LOCALES[format] : language;
  const options = { useGrouping: format !== "none", maximumFractionDigits: DIGITS };
  // What is left of less than that is nothing, and has no sign.
  const amount = Number(value.toFixed(DIGITS)) || 0;
  try {
    return new Intl.NumberFormat(written, {
      style: "currency",
      currency,
      ...options,
    }).format(amount);
  } catch {
    // Not a currency of ISO 4217, or none at all.
    const number = new Intl.NumberFormat(written, {
      minimumFractionDigits: 2,
      ...options,
    }).format(amount);
    return currency ? `${number} ${currency}` : number;
  }
}

function country(code, language) {
  try {
    return new Intl.DisplayNames(language, { type: "region" }).of(code);
  } catch {
    return String(code);
  }
}

function duration(seconds, language) {
  const parts = [
    ["hour", Math.floor(seconds / 3600)],
    ["minute", Math.floor(seconds / 60) % 60],
    ["second", Math.floor(seconds) % 60],
  ];
  const first = parts.findIndex(([, value]) => value > 0);
  return parts
    .slice(first === -1 ? 2 : first)
    .slice(0, 2)
    .filter(([, value], index) => value > 0 || index === 0)
    .map(([unit, value]) =>
      new Intl.NumberFormat(language, {
        style: "unit",
        unit,
        unitDisplay: "short",
      }).format(value),
    )
    .join(" ");
}
