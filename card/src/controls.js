/** What callers meet: do not disturb, the caller's own number, and forwarding. */

import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";

import { FORWARDS, isLost } from "./account.js";
import { doNotDisturb } from "./disturb.js";
import { icon } from "./icons.js";
import { clean } from "./text.js";

/** @typedef {import("./card.js").View} View */

const CALLER_ID = "switch.hide_caller_id";

/**
 * All controls that exist on this account's server.
 *
 * @param {View} view
 */
export function controls(view) {
  const rows = [
    doNotDisturb(view),
    ...FORWARDS.map((key) => forward(view, key)),
    callerId(view),
  ].filter(Boolean);
  if (rows.length === 0) return nothing;
  return html`<section class="controls">
    <div class="bar"><h3>${view.say("controls")}</h3></div>
    ${rows}
  </section>`;
}

/**
 * The server does not tell whether a caller's number is hidden, so both are offered.
 *
 * @param {View} view
 */
function callerId({ act, isBusy, say, state }) {
  const told = state(CALLER_ID);
  if (!told) return undefined;
  const lost = isLost(told);
  const known = told.state === "unknown" ? "caller_id_unknown" : "caller_id_assumed";
  let hint = told.attributes.assumed_state ? say(known) : "";
  if (lost) hint = say("unavailable");
  const off = lost || isBusy(CALLER_ID);
  return html`<div class="control">
    ${icon("caller_id")}
    <div class="grow wrap">
      <div>
        <p id="caller-id">${say("caller_id")}</p>
        <p class="hint" id="caller-id-hint"><bdi>${hint}</bdi></p>
      </div>
      <div
        class="choice"
        role="group"
        aria-labelledby="caller-id"
        aria-describedby="caller-id-hint"
      >
        ${[
          ["off", "turn_off", "caller_id_shown"],
          ["on", "turn_on", "caller_id_hidden"],
        ].map(
          ([value, service, word]) =>
            html`<button
              aria-pressed=${told.state === value}
              aria-disabled=${off}
              @click=${() => off || act(CALLER_ID, service)}
            >
              ${say(word)}
            </button>`,
        )}
      </div>
    </div>
  </div>`;
}

/**
 * @param {View} view
 * @param {string} key of `FORWARDS`
 */
function forward({ act, choose, chosen, isBusy, say, state }, key) {
  const entity = `select.${key}`;
  const told = state(entity);
  if (!told) return undefined;
  const lost = isLost(told);
  const options = told.attributes.options ?? [];
  const shown = chosen(entity) ?? told.state;
  const send = (option) => {
    choose(entity, undefined);
    if (option !== told.state) act(entity, "select_option", { option });
  };
  const active = options.includes(told.state) && told.state !== "not_forwarded";
  return html`<label class="control ${active ? "on" : ""}">
    ${icon("forward")}
    <span class="grow">
      <span class="name">${say(key)}</span>
      <select
        ?disabled=${lost}
        aria-disabled=${isBusy(entity)}
        @keydown=${(event) => {
          // Each arrow on a closed list chooses: it is sent once that is over.
          event.target.browsing = /^(Arrow|Page|Home|End|.$)/.test(event.key);
          if (event.key === "Enter" && chosen(entity)) send(chosen(entity));
          if (event.key === "Escape") choose(entity, undefined);
        }}
        @pointerdown=${({ target }) => (target.browsing = false)}
        @change=${({ target }) =>
          (target.browsing ? (option) => choose(entity, option) : send)(target.value)}
        @blur=${() => chosen(entity) && send(chosen(entity))}
      >
        ${
          options.includes(told.state)
            ? nothing
            : html`<option value=${told.state} .selected=${live(true)}>
                ${lost ? say("unavailable") : ""}
              </option>`
        }
        ${options.map(
          (option) =>
            html`<option value=${option} .selected=${live(option === shown)}>
              ${target(say, option, told.attributes.mobile_number)}
            </option>`,
        )}
      </select>
      ${icon("chevron")}
    </span>
  </label>`;
}

/** Say where a diversion leads. */
function target(say, option, mobile) {
  if (option === "mobile_number" && mobile) {
    return say("mobile_number_known", { number: clean(mobile) });
  }
  const fixed = ["not_forwarded", "voicemail", "mobile_number"].includes(option);
  return fixed ? say(option) : clean(option);
}
