/** Do not disturb: the switch, and for how long. */

import { html, nothing } from "lit";

import { isLost } from "./account.js";
import { icon } from "./icons.js";
import { nextMorning } from "./morning.js";

/** @typedef {import("./card.js").View} View */

const DISTURB = "switch.do_not_disturb";

/** @param {View} view */
export function doNotDisturb(view) {
  const { act, formats, isBusy, say, state } = view;
  const told = state(DISTURB);
  if (!told) return undefined;
  const on = told.state === "on";
  const lost = isLost(told);
  // Whoever has it on may always switch it off.
  const blocked = Boolean(told.attributes.blocked_by_rules) && !on;
  const until = new Date(told.attributes.until ?? NaN);
  let hint = "";
  if (lost) hint = say("unavailable");
  else if (blocked) hint = say("do_not_disturb_blocked");
  else if (on && !Number.isNaN(until.getTime())) {
    hint = say("do_not_disturb_until", { time: formats.near(until) });
  }
  const off = lost || blocked || isBusy(DISTURB);
  return html`<div class="control ${on ? "on" : ""}">
      ${icon("disturb")}
      <div class="grow">
        <p id="disturb">${say("do_not_disturb")}</p>
        <p class="hint" id="disturb-hint"><bdi>${hint}</bdi></p>
      </div>
      <button
        class="switch"
        role="switch"
        aria-checked=${on}
        aria-disabled=${off}
        aria-labelledby="disturb"
        aria-describedby="disturb-hint"
        @click=${() => off || act(DISTURB, on ? "turn_off" : "turn_on")}
      ></button>
    </div>
    ${on || lost || blocked ? nothing : periods(view)}`;
}

/**
 * For how long nobody may call: what an action of ours does, and the switch ends.
 *
 * @param {View} view
 */
function periods({ act, hass, isBusy, say }) {
  if (!hass.services?.sip_account?.set_do_not_disturb) return nothing;
  const off = isBusy(DISTURB);
  const begin = ({ target }, period) => {
    if (off) return;
    // What was pressed goes away, and the switch is what ends it.
    target.getRootNode().querySelector('[aria-labelledby="disturb"]').focus();
    act(DISTURB, "sip_account.set_do_not_disturb", period);
  };
  return html`<div class="periods" role="group" aria-labelledby="disturb">
    <button
      class="text"
      aria-disabled=${off}
      @click=${(event) => begin(event, { minutes: 60 })}
    >
      ${say("do_not_disturb_hour")}
    </button>
    <button
      class="text"
      aria-disabled=${off}
      @click=${(event) =>
        begin(event, { until: nextMorning(new Date(), hass.config.time_zone) })}
    >
      ${say("do_not_disturb_morning")}
    </button>
  </div>`;
}
