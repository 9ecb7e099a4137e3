/** What a page gets that loads the card. */

import { SipAccountCard } from "./card.js";
import { suggestion, TYPE } from "./config.js";
import { keepDefined } from "./register.js";
import { pageLanguage, speak } from "./text.js";

keepDefined(TYPE, SipAccountCard);

window.customCards ??= [];
// A page that stays open over an update loads the next version beside this one.
if (!window.customCards.some(({ type }) => type === TYPE)) {
  window.customCards.push({
    type: TYPE,
    preview: true,
    documentationURL: DOCUMENTATION,
    getEntitySuggestion: suggestion,
    // The page may learn its language after it has loaded the card.
    get name() {
      return speak(pageLanguage())("picker_name");
    },
    get description() {
      return speak(pageLanguage())("picker_description");
    },
  });
}
