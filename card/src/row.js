/** One call in the list. */

import { html, nothing } from "lit";

import { hasNumber, lookOf, partyOf, priceOf, startOf } from "./calls.js";
import { icon } from "./icons.js";
import { callBackLink } from "./links.js";
import { clean } from "./text.js";

/** @typedef {import("./card.js").View} View */
/** @typedef {import("./calls.js").Call} Call */

/**
 * @param {View} view
 * @param {Call} call
 * @param {boolean} isNew whether it was missed and not marked as seen
 */
export function row(view, call, isNew) {
  const { icon: shape, mood } = lookOf(call);
  return html`<li class="call ${mood} ${isNew ? "new" : ""}" tabindex="-1">
    <span class="badge">${icon(shape)}</span>
    <div class="grow">${who(view, call, isNew)} ${facts(view, call)}</div>
    ${figures(view, call)} ${callBack(view, call)}
  </li>`;
}

/** Whom a call was with. */
function who({ say }, call, isNew) {
  const { title, detail } = partyOf(call);
  return html`<p class="who">
    ${isNew ? html`<span class="spoken">${say("new_call")}:</span>` : nothing}
    ${behind(title || say("unknown_party"), !detail && hasNumber(call))}
  </p>`;
}

/** What happened, for how long, and who is behind the name. */
function facts({ formats, say }, call) {
  const { detail } = partyOf(call);
  const country = !detail && call.country ? formats.country(call.country) : "";
  return html`<p class="facts">
    <span class="line">
      <span class="outcome">${outcome(say, call)}</span>
      ${
        call.duration > 0
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
  </p>`;
}

/** A name or an address, which may be cut, or a number: never, and left to right. */
function behind(text, isNumber) {
  return isNumber
    ? html`<bdi class="number" dir="ltr">${text}</bdi>`
    : html`<bdi title=${text}>${text}</bdi>`;
}

/** When it was, and what it cost. */
function figures({ currency, formats }, call) {
  const moment = startOf(call);
  const price = priceOf(call);
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

/** Say how a call ended; what a later server adds is said as it is called. */
function outcome(say, { direction, outcome: how }) {
  const key = `${direction}_${how}`;
  const text = say(key);
  return text === key ? clean(how) : text;
}
