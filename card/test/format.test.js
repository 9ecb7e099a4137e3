import assert from "node:assert/strict";
import { test } from "node:test";

import { formats } from "../src/format.js";
import { speak } from "../src/text.js";

const HOME = "Europe/Amsterdam";

const written = (locale) =>
  formats(
    {
      language: "en",
      number_format: "language",
      time_format: "language",
      time_zone: "server",
      ...locale,
    },
    HOME,
    speak(locale?.language ?? "en"),
  );
// Some languages write blanks that do not break.
const plain = (text) => text.replace(/\s/g, " ");

test("a country is called as the reader calls it", () => {
  assert.equal(written().country("NL"), "Netherlands");
  assert.equal(written({ language: "de" }).country("NL"), "Niederlande");
  assert.equal(written().country("no country"), "no country");
});

test("money is written as the reader wants", () => {
  assert.equal(written().money(12.3456, "EUR"), "€12.3456");
  assert.equal(plain(written({ language: "de" }).money(1234.5, "EUR")), "1.234,50 €");
  assert.equal(
    plain(written({ number_format: "decimal_comma" }).money(1.5, "EUR")),
    "1,50 €",
  );
  assert.equal(written({ number_format: "none" }).money(1234.5, "USD"), "$1234.50");
});

test("amounts have two to four digits of a fraction, as there are", () => {
  for (const [amount, text] of [
    [0.0125, "€0.0125"],
    [0.0145, "€0.0145"],
    [0.000049, "€0.00"],
    [1.0425, "€1.0425"],
    [1.05, "€1.05"],
    [12.345, "€12.345"],
    [0.1 + 0.2, "€0.30"],
    [0, "€0.00"],
    [-0.0425, "-€0.0425"],
    [-3, "-€3.00"],
    [-0.00001, "€0.00"],
  ]) {
    assert.equal(written().money(amount, "EUR"), text);
  }
  // Or as many as the currency has.
  assert.equal(written().money(12, "JPY"), "¥12");
  assert.equal(plain(written().money(1.0425, "KWD")), "KWD 1.0425");
  assert.equal(plain(written().money(1, "KWD")), "KWD 1.000");
  assert.equal(written().money(0.0125, "credits"), "0.0125 credits");
});

test("money of no currency is a number", () => {
  assert.equal(written().money(1.5, "credits"), "1.50 credits");
  assert.equal(written().money(1.5, undefined), "1.50");
});

test("hours are counted to 12 or to 24, in the home's zone or the browser's", () => {
  const evening = new Date("2026-11-24T20:05:00Z");
  assert.equal(plain(written({ time_format: "12" }).time(evening)), "9:05 PM");
  assert.equal(written({ time_format: "24" }).time(evening), "21:05");
  assert.equal(written({ language: "de" }).time(evening), "21:05");
  const midnight = new Date("2026-11-24T23:05:00Z");
  assert.equal(written({ time_format: "24" }).time(midnight), "00:05");
});

test("a reader who wants the browser's zone gets it, everybody else the home's", () => {
  const zone = process.env.TZ;
  process.env.TZ = "Pacific/Auckland";
  try {
    const evening = new Date("2026-11-24T22:30:00Z");
    const hour = (time_zone) => {
      const { day, time } = written({ time_format: "24", time_zone });
      return `${day(evening)} ${time(evening)}`;
    };
    assert.equal(hour("local"), "2026-11-25 11:30");
    for (const home of ["server", undefined]) {
      assert.equal(hour(home), "2026-11-24 23:30");
    }
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test("days are called by what they are to us", () => {
  const now = new Date("2026-11-24T12:00:00Z");
  const name = (moment, locale) => written(locale).dayName(new Date(moment), now);
  assert.equal(name("2026-11-24T01:00:00Z"), "Today");
  assert.equal(name("2026-11-23T22:59:00Z"), "Yesterday");
  assert.equal(name("2026-11-22T12:00:00Z"), "Sunday");
  assert.equal(name("2026-11-22T12:00:00Z", { language: "nl" }), "Zondag");
  assert.equal(name("2026-11-16T12:00:00Z"), "Monday, November 16");
  assert.equal(
    name("2025-11-24T12:00:00Z", { language: "de" }),
    "Montag, 24. November 2025",
  );
});

test("yesterday is yesterday also when a day has 25 hours", () => {
  const now = new Date("2026-10-25T22:30:00Z");
  assert.equal(written().dayName(new Date("2026-10-24T22:30:00Z"), now), "Today");
  assert.equal(written().dayName(new Date("2026-10-24T21:30:00Z"), now), "Yesterday");
});

test("a time that is near goes without its day", () => {
  const now = new Date("2026-11-24T12:00:00Z");
  const { near } = written({ time_format: "24" });
  assert.equal(near(new Date("2026-11-24T17:00:00Z"), now), "18:00");
  assert.equal(near(new Date("2026-11-25T07:00:00Z"), now), "Wed 08:00");
  assert.equal(near(new Date("2026-11-18T07:00:00Z"), now), "Wed 08:00");
  assert.equal(near(new Date("2026-11-17T07:00:00Z"), now), "Tue, Nov 17 08:00");
});

test("lengths are told in two units", () => {
  const { duration } = written();
  assert.equal(duration(0), "0 sec");
  assert.equal(duration(59), "59 sec");
  assert.equal(duration(120), "2 min");
  assert.equal(duration(125), "2 min 5 sec");
  assert.equal(duration(3790), "1 hr 3 min");
  assert.equal(duration(7205), "2 hr");
  assert.equal(plain(written({ language: "de" }).duration(125)), "2 Min. 5 Sek.");
});
