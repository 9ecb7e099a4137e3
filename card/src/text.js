/** Words: those of strangers made harmless, and the card's own in the reader's language. */

import cs from "./languages/cs.js";
import da from "./languages/da.js";
import de from "./languages/de.js";
import en from "./languages/en.js";
import es from "./languages/es.js";
import fr from "./languages/fr.js";
import it from "./languages/it.js";
import nb from "./languages/nb.js";
import nl from "./languages/nl.js";
import pl from "./languages/pl.js";
import pt from "./languages/pt.js";
import ptBR from "./languages/pt-BR.js";
import ro from "./languages/ro.js";
import sv from "./languages/sv.js";
import zhHans from "./languages/zh-Hans.js";

export const LANGUAGES = {
  cs,
  da,
  de,
  en,
  es,
  fr,
  it,
  nb,
  nl,
  pl,
  pt,
  "pt-BR": ptBR,
  ro,
  sv,
  "zh-Hans": zhHans,
};

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

// Languages of Home Assistant that read another one with ease.
const READ_INSTEAD = { nn: "nb", no: "nb", gsw: "de", zh: "zh-Hans" };

function spokenFor(language) {
  const wanted = String(language ?? "").replaceAll("_", "-");
  const first = wanted.split("-")[0];
  // Who reads traditional characters is not served with simplified ones.
  const instead = /^zh-(?!Hans|CN|SG)/.test(wanted) ? "en" : READ_INSTEAD[first];
  return (
    [wanted, first, instead].find((each) => Object.hasOwn(LANGUAGES, each ?? "")) ?? "en"
  );
}

/**
 * Return how to say things in a language; English where it is not spoken.
 *
 * What is said takes a key and what fills its `{places}`. With a `count` it is the key
 * with the count's plural form of CLDR, such as `_one`, `_few` or `_other`.
 *
 * @param {string | undefined} language such as "nl", "de-CH" or "pt-BR"
 * @returns {(key: string, places?: Record<string, string | number>) => string}
 */
export function speak(language) {
  const known = spokenFor(language);
  const words = LANGUAGES[known];
  const plural = new Intl.PluralRules(known);
  return (key, places = {}) => {
    const form = "count" in places ? `_${plural.select(Number(places.count))}` : "";
    const text = words[key + form] ?? words[`${key}_other`] ?? words[key] ?? key;
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
