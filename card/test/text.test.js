import assert from "node:assert/strict";
import { test } from "node:test";

import { clean, LANGUAGES, speak } from "../src/text.js";

const places = (text) =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, place]) => place).sort();

const FORM = /_(zero|one|two|few|many|other)$/;

/** The keys that a language needs: one for each plural form that it has. */
function keysOf(language) {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  return Object.keys(LANGUAGES.en).flatMap((key) => {
    if (key.endsWith("_one")) return [];
    if (!key.endsWith("_other")) return [key];
    return pluralCategories.map((form) => key.replace(FORM, `_${form}`));
  });
}

for (const [language, words] of Object.entries(LANGUAGES)) {
  test(`${language} has every key, plural form and place`, () => {
    assert.deepEqual(Object.keys(words).sort(), keysOf(language).sort());
    for (const [key, text] of Object.entries(words)) {
      assert.ok(text.trim(), key);
      const english = LANGUAGES.en[key] ?? LANGUAGES.en[key.replace(FORM, "_other")];
      assert.deepEqual(places(text), places(english), key);
    }
  });

  test(`${language} is not English`, () => {
    const same = Object.keys(words).filter((key) => words[key] === LANGUAGES.en[key]);
    assert.ok(language === "en" || same.length < 10, same.join());
  });
}

test("a language is found by its first part, and English where it is not spoken", () => {
  assert.equal(speak("de-CH")("missed_calls", { count: 1 }), "1 verpasster Anruf");
  assert.equal(speak("de")("missed_calls", { count: 2 }), "2 verpasste Anrufe");
  assert.equal(speak("fr")("missed_calls", { count: 0 }), "0 appel manqué");
  for (const language of ["ja", undefined, "constructor", "zh-Hant", "zh-TW", ""]) {
    assert.equal(speak(language)("calls"), "Calls");
  }
});

test("what fills a place is not read as a place again", () => {
  assert.equal(
    speak("en")("call_back", { name: "{name} $& <b>" }),
    "Call {name} $& <b>",
  );
});

test("text of strangers loses what hides or reorders it, and keeps the rest", () => {
  assert.equal(clean("a\u202Eb\u200Bc\u2066d\uFEFFe\u00AD"), "abcde");
  assert.equal(clean("one\n\ttwo\u2028three\u0000"), "one two three");
  assert.equal(clean("\uD800<img src=x> Zoë 北"), "<img src=x> Zoë 北");
  assert.equal(clean(null), "");
  assert.equal(clean("x".repeat(5000)).length, 200);
});
