/** Words: those of strangers made harmless, and the card's own in the reader's language. */

import de from "./languages/de.js";
import en from "./languages/en.js";
import es from "./languages/es.js";
import fr from "./languages/fr.js";
import nl from "./languages/nl.js";

export const LANGUAGES = { de, en, es, fr, nl };

const BLANKED = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
const DROPPED = /[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu;
const LIMIT = 200;

/**
 * Return text of a stranger on one line, without what reorders or hides characters.
 *
 * The integration does the same with names; here it is also done with what servers
 * and other integrations say. The result is still only ever shown as text.
 *
 * @param {unknown} text
 * @returns {string}
 */
export function clean(text) {
  return String(text ?? "")
    .slice(0, LIMIT * 8)
    .replace(DROPPED, "")
    .replace(BLANKED, " ")
    .trim()
    .slice(0, LIMIT);
}

/**
 * Return how to say things in a language; English where it is not spoken.
 *
 * What is said takes a key and what fills its `{places}`. With a `count` the key's
 * `_one` or `_other` is said.
 *
 * @param {string | undefined} language such as "nl" or "de-CH"
 * @returns {(key: string, places?: Record<string, string | number>) => string}
 */
export function speak(language) {
  const spoken = String(language ?? "").split(/[-_]/)[0];
  const known = Object.hasOwn(LANGUAGES, spoken) ? spoken : "en";
  const words = LANGUAGES[known];
  const plural = new Intl.PluralRules(known);
  return (key, places = {}) => {
    const form = plural.select(Number(places.count)) === "one" ? "one" : "other";
    const text = words["count" in places ? `${key}_${form}` : key] ?? key;
    return text.replace(/\{(\w+)\}/g, (_, place) => String(places[place] ?? ""));
  };
}

/**
 * Return the language of the page, for what has no `hass` to ask.
 *
 * @returns {string}
 */
export function pageLanguage() {
  return globalThis.document?.documentElement.lang ?? "en";
}
