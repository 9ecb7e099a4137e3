/** Where an account is found in Home Assistant: by what the registries say, never by guess. */

const PLATFORM = "sip_account";

/** In the order in which they are shown. */
export const FORWARDS = [
  "forward_all_calls",
  "forward_busy",
  "forward_no_answer",
  "forward_not_online",
  "forward_unavailable",
];

/**
 * @typedef {object} Account
 * @property {string} deviceId
 * @property {string} entryId the config entry, which `get_calls` asks for
 * @property {string} name
 * @property {Record<string, string>} entities ids by domain and translation key, such
 *   as `sensor.balance`; they are not what the entities are called
 */

/**
 * Return the ids of all devices that are accounts.
 *
 * @param {any} hass
 * @returns {string[]}
 */
export function accountDevices(hass) {
  const devices = Object.values(hass.entities)
    .filter(
      (entity) => entity.platform === PLATFORM && entity.device_id in hass.devices,
    )
    .map((entity) => entity.device_id);
  return [...new Set(devices)];
}

/**
 * Return the account that a card is of, or the word for why there is none.
 *
 * @param {any} hass
 * @param {string | undefined} wanted a device; needed where there are several accounts
 * @returns {Account | string}
 */
export function findAccount(hass, wanted) {
  const devices = accountDevices(hass);
  if (wanted && !devices.includes(wanted)) return "account_gone";
  if (devices.length === 0) return "no_account";
  if (!wanted && devices.length > 1) return "choose_account";
  const deviceId = wanted || devices[0];
  const device = hass.devices[deviceId];
  return {
    deviceId,
    entryId:
      device.config_entry_id ??
      device.primary_config_entry ??
      device.config_entries?.[0],
    name: device.name_by_user || device.name || "",
    entities: Object.fromEntries(
      Object.values(hass.entities)
        .filter((one) => one.platform === PLATFORM && one.device_id === deviceId)
        .map((one) => [
          `${one.entity_id.split(".")[0]}.${one.translation_key}`,
          one.entity_id,
        ]),
    ),
  };
}

/**
 * Return the state of one of an account's entities, if it exists.
 *
 * @param {any} hass
 * @param {Account} account
 * @param {string} key such as `sensor.balance`
 */
export function stateOf(hass, account, key) {
  return hass.states[account.entities[key]];
}

/** Whether an entity has nothing to tell. @param {{state: string}} told */
export function isLost({ state }) {
  return state === "unavailable";
}

/**
 * Return what changes when the list of calls may have changed.
 *
 * @param {any} hass
 * @param {Account} account
 * @returns {string}
 */
export function freshness(hass, account) {
  const watched = ["sensor.last_call", "sensor.missed_calls", "event.call"];
  return [
    account.entryId,
    hass.connected !== false,
    ...watched.map((key) => stateOf(hass, account, key)?.last_updated),
  ].join("|");
}
