/** What a person can set in the card, and the form that asks for it. */

import { accountDevices } from "./account.js";
import { pageLanguage, speak } from "./text.js";
import { lacksUsage } from "./usage.js";

export const TYPE = "sip-account-card";
export const WAYS = ["number", "address", "none"];
const MOST_CALLS = 50;

/**
 * @typedef {object} Config
 * @property {string} [device_id] the account; not needed where there is only one
 * @property {string} [title] instead of the account's name
 * @property {number} calls how many are shown at first
 * @property {boolean} show_balance
 * @property {boolean} show_calls
 * @property {boolean} show_controls
 * @property {boolean} show_usage
 * @property {"number" | "address" | "none"} call_back
 */

export const DEFAULTS = {
  calls: 5,
  show_balance: true,
  show_calls: true,
  show_controls: true,
  show_usage: true,
  call_back: "number",
};

/**
 * Return a configuration with everything in it; throws where it makes no sense.
 *
 * @param {any} given as written in the dashboard
 * @returns {Config}
 */
export function complete(given) {
  const config = { ...DEFAULTS, ...given };
  const fail = (option) => {
    throw new Error(`sip-account-card: ${option} is not valid`);
  };
  if (
    !Number.isInteger(config.calls) ||
    config.calls < 1 ||
    config.calls > MOST_CALLS
  ) {
    fail("calls");
  }
  if (!WAYS.includes(config.call_back)) fail("call_back");
  for (const option of ["device_id", "title"]) {
    if (!["undefined", "string"].includes(typeof config[option])) fail(option);
  }
  return config;
}

/**
 * Return the form of the visual editor.
 *
 * The editor hands over no home, but is what calls `assertConfig`, and has it.
 */
export function form() {
  const say = speak(pageLanguage());
  let lacking = false;
  const boolean = (name) => ({ name, default: true, selector: { boolean: {} } });
  return {
    schema: [
      {
        name: "device_id",
        selector: { device: { filter: { integration: "sip_account" } } },
      },
      { name: "title", selector: { text: {} } },
      boolean("show_balance"),
      boolean("show_calls"),
      boolean("show_controls"),
      {
        ...boolean("show_usage"),
        get default() {
          return !lacking;
        },
        get disabled() {
          return lacking;
        },
      },
      {
        name: "calls",
        default: DEFAULTS.calls,
        selector: { number: { min: 1, max: MOST_CALLS, mode: "box" } },
      },
      {
        name: "call_back",
        default: DEFAULTS.call_back,
        selector: {
          select: {
            mode: "dropdown",
            options: WAYS.map((way) => ({
              value: way,
              label: say(`editor_call_back_${way}`),
            })),
          },
        },
      },
    ],
    computeLabel: ({ name }) => say(`editor_${name}`),
    computeHelper: ({ name }) => {
      if (name === "show_usage" && lacking) return say("editor_help_show_usage");
      const helped = ["device_id", "calls", "call_back"].includes(name);
      return helped ? say(`editor_help_${name}`) : undefined;
    },
    assertConfig(given) {
      lacking = lacksUsage(this?.hass, complete(given).device_id);
    },
  };
}

/**
 * Return what a new card begins with: the editor shows no value that is not set.
 *
 * @param {any} hass
 */
export function stub(hass) {
  const [device_id] = accountDevices(hass);
  const { calls, call_back } = DEFAULTS;
  return { ...(device_id ? { device_id } : {}), calls, call_back };
}

/**
 * Return the card that suits an entity, for those who begin with the entity.
 *
 * @param {any} hass
 * @param {string} entityId
 */
export function suggestion(hass, entityId) {
  const { device_id } = hass.entities[entityId] ?? {};
  if (!accountDevices(hass).includes(device_id)) return null;
  return { config: { type: `custom:${TYPE}`, ...stub(hass), device_id } };
}
