/** One call in the list. */

import { html, nothing } from "lit";

import { hasNumber, lookOf, partyOf, priceOf, startOf } from "./calls.js";
import { icon } from "./icons.js";
import { callBackLink } from "./links.js";
import { clean } from "./text.js";

/** @typedef {import("./card.js").View} View */
/** @typedef {import("./calls.js").Call} Call */

/**
 * How a call looks, what is told of it, and the link that calls back.
 *
 * @param {View} view
 * @param {Call} call
 * @param {boolean} isNew whether it was missed and not marked as seen
 * @param {unknown} told
 * @param {boolean} [priced] whether to tell what the call cost
 */
export function row(view, call, isNew, told, priced = true) {
  const { icon: shape, mood } = lookOf(call);
  return html`<div class="call ${mood} ${isNew ? "new" : ""}">
    <span class="badge">${icon(shape)}</span>
    <div class="grow">${told}</div>
    ${figures(view, call, priced)} ${callBack(view, call)}
  </div>`;
}

/**
 * Whom calls were with.
 *
 * @param {View} view
 * @param {Call} call
 * @param {boolean} isNew
 * @param {number} [count] where they are several
 */
export function who(view, call, isNew, count = 1) {
  const { title, detail } = partyOf(call);
  return html`<span class="who">
    ${isNew ? newCall(view) : nothing}
    ${behind(title || view.say("unknown_party"), !detail && hasNumber(call))}
    ${count > 1 ? html`<span class="count">(${count})</span>${icon("chevron")}` : nothing}
  </span>`;
}

/** What the dot before a call says to those who do not see it. @param {View} view */
export function newCall({ say }) {
  return html`<span class="spoken">${say("new_call")}:</span>`;
}

/**
 * What happened, for how long, and who is behind the name.
 *
 * @param {View} view
 * @param {Call} call
 * @param {Call[]} [ways] one call for each way in which several ended
 */
export function facts(view, call, ways) {
  const { formats } = view;
  const { detail } = partyOf(call);
  const country = !detail && call.country ? formats.country(call.country) : "";
  return html`<span class="facts">
    <span class="line">
      ${(ways ?? [call]).map((way) => outcome(view, way))}
      ${
        !ways && call.duration > 0
          ? html`<span><bdi>${formats.duration(call.duration)}</bdi></span>`
          : nothing
      }
      ${
        detail
          ? html`<span class="detail">${behind(detail, hasNumber(call))}</span>`
          : nothing
      }
      ${country ? html`<span class="detail"><bdi>${country}</bdi></span>` : nothing}
    </span>
  </span>`;
}

/** A name or an address, which may be cut, or a number: never, and left to right. */
function behind(text, isNumber) {
  return isNumber
    ? html`<bdi class="number" dir="ltr">${text}</bdi>`
    : html`<bdi title=${text}>${text}</bdi>`;
}

/**
 * When a call was, and what it cost.
 *
 * @param {View} view
 * @param {Call} call
 * @param {boolean} [priced]
 */
export function figures({ currency, formats }, call, priced = true) {
  const moment = startOf(call);
  const price = priced ? priceOf(call) : undefined;
  return html`<p class="figures">
    ${
      moment
        ? html`<time datetime=${moment.toISOString()} title=${formats.full(moment)}>
            <bdi>${formats.time(moment)}</bdi>
          </time>`
        : nothing
    }
    ${
      price === undefined
        ? nothing
        : html`<span class="price"><bdi>${formats.money(price, currency)}</bdi></span>`
    }
  </p>`;
}

/** The link that calls back, or the room where others have it. */
function callBack({ config, say }, call) {
  const link = callBackLink(call, config.call_back);
  const name = partyOf(call).title || say("unknown_party");
  return link
    ? html`<a class="round" href=${link} aria-label=${say("call_back", { name })}>
        ${icon("call")}
      </a>`
    : html`<span class="round"></span>`;
}

/**
 * How a call ended; what a later server adds is said as it is called.
 *
 * @param {View} view
 * @param {Call} call
 */
export function outcome({ say }, call) {
  const key = `${call.direction}_${call.outcome}`;
  const text = say(key);
  return html`<span class="outcome ${lookOf(call).mood}">
    ${text === key ? clean(call.outcome) : text}
  </span>`;
}
