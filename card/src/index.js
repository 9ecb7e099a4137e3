/** What a page gets that loads the card. */

import { SipAccountCard } from "./card.js";
import { suggestion, TYPE } from "./config.js";
import { pageLanguage, speak } from "./text.js";

// A page that stays open over an update loads the next version beside this one.
if (!customElements.get(TYPE)) {
  customElements.define(TYPE, SipAccountCard);
  window.customCards ??= [];
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
