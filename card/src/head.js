/** The top of the card: whose account it is, how it stands, and what was missed. */

import { html, nothing } from "lit";

import { icon } from "./icons.js";
import { clean } from "./text.js";

/** @typedef {import("./card.js").View} View */

/**
 * The account, what a caller would meet, and the balance.
 *
 * @param {View} view
 */
export function head(view) {
  const { account, config, say, stands: now } = view;
  return html`<div class="head ${now ?? ""}">
    <span class="badge">${icon("account")}</span>
    <div class="grow">
      <h2 tabindex="-1"><bdi>${clean(config.title || account.name)}</bdi></h2>
      ${now ? html`<p class="status"><bdi>${say(`status_${now}`)}</bdi></p>` : nothing}
    </div>
    ${config.show_balance ? balance(view) : nothing}
  </div>`;
}

/** @param {View} view */
function balance({ account, formats, hass, moreInfo, say, state }) {
  const told = state("sensor.balance");
  if (!told) return nothing;
  const low = state("binary_sensor.low_balance")?.state === "on";
  const amount = Number(told.state);
  const known = Number.isFinite(amount);
  const shown = known
    ? formats.money(amount, told.attributes.unit_of_measurement)
    : hass.formatEntityState(told);
  return html`<button
    class="balance ${low ? "low" : ""}"
    @click=${() => moreInfo(account.entities["sensor.balance"])}
  >
    <span class=${known ? "amount" : "label"}><bdi>${shown}</bdi></span>
    <span class="label">
      ${low ? icon("alert") : nothing} ${say(low ? "low_balance" : "balance")}
    </span>
  </button>`;
}

/**
 * How many calls were missed, and the button after which they are not counted.
 *
 * The region stays when it is empty, so that a screen reader tells what comes into it.
 *
 * @param {View} view
 */
export function missed({ act, isBusy, say, state }) {
  const count = Number(state("sensor.missed_calls")?.state);
  const canMark = state("button.mark_missed_calls_seen");
  return html`<div role="status">
    ${
      count > 0
        ? html`<div class="missed">
            ${icon("missed")}
            <strong class="grow"><bdi>${say("missed_calls", { count })}</bdi></strong>
            ${
              canMark
                ? html`<button
                    class="text"
                    aria-disabled=${isBusy("button.mark_missed_calls_seen")}
                    @click=${() => act("button.mark_missed_calls_seen", "press")}
                  >
                    ${icon("check")} ${say("mark_seen")}
                  </button>`
                : nothing
            }
          </div>`
        : nothing
    }
  </div>`;
}
