/** Looking for calls by name, number or address. */

import { partyOf, reachOf } from "./calls.js";
import { clean } from "./text.js";

/** @typedef {import("./calls.js").Call} Call */

// Letters that are no others with a mark, as people type them who have no such key.
const TYPED = {
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  æ: "ae",
  œ: "oe",
  ı: "i",
};
const WRITES_NUMBER = /^[0-9\s()+./-]+$/;

/**
 * Return the calls that a word is found in, in their order.
 *
 * @param {Call[]} calls
 * @param {string} term
 * @param {string} unknown what stands in the place of those who hide
 */
export function found(calls, term, unknown) {
  const wanted = plain(term);
  if (!wanted) return calls;
  const number = WRITES_NUMBER.test(wanted) ? digits(wanted) : "";
  return calls.filter((call) => {
    const { title, detail } = partyOf(call);
    const reach = reachOf(call);
    const told = [title || unknown, detail, reach, reach && clean(call.party)];
    return (
      told.some((text) => plain(text).includes(wanted)) ||
      (number !== "" && digits(clean(call.number)).includes(number))
    );
  });
}

/** Text without case, accents and blanks around it. */
function plain(text) {
  return String(text ?? "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßøłđðþæœı]/g, (letter) => TYPED[letter])
    .trim();
}

/** The digits of a number without what stands before them at home or abroad. */
function digits(text) {
  return text.replace(/[^0-9]/g, "").replace(/^0+/, "");
}
