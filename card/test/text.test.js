import assert from "node:assert/strict";
import { test } from "node:test";

import { clean, LANGUAGES, speak } from "../src/text.js";

const places = (text) =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, place]) => place).sort();

for (const [language, words] of Object.entries(LANGUAGES)) {
  test(`${language} has every key and place`, () => {
    assert.deepEqual(Object.keys(words).sort(), Object.keys(LANGUAGES.en).sort());
    for (const [key, text] of Object.entries(words)) {
      assert.ok(text.trim(), key);
      assert.deepEqual(places(text), places(LANGUAGES.en[key]), key);
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
  for (const language of ["ja", undefined, "constructor"]) {
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
