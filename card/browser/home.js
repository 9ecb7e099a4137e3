/**
 * A home for the card that is none: what Home Assistant would hand over, made up.
 *
 * It is loaded into a page beside the card. `window.home` has the state of the home,
 * what was asked of it, and `show`, which puts the card up.
 */

const NOW = new Date();
const ago = (minutes) => new Date(NOW - minutes * 60_000).toISOString();

const call = (minutes, direction, outcome, who = {}) => ({
  call_id: `call-${minutes}`,
  direction,
  outcome,
  party: "bob@example.com",
  number: null,
  name: null,
  name_source: null,
  started: ago(minutes),
  duration: 0,
  sip_status: null,
  price: null,
  media: ["audio"],
  ...who,
});

const bob = { name: "Bob Example" };
const museum = { party: "0031208005161@example.com", number: "+31208005161" };

const CALLS = [
  call(12, "incoming", "missed", { ...museum, name: "The museum" }),
  call(47, "incoming", "busy", bob),
  call(95, "outgoing", "answered", { ...museum, duration: 125, price: 0.0145 }),
  call(190, "incoming", "answered", { ...bob, duration: 3790 }),
  call(1500, "outgoing", "cancelled", { party: "carol@example.org", name: "Carol" }),
  call(1600, "incoming", "declined", { party: "anonymous@anonymous.invalid" }),
  call(4000, "incoming", "missed", {
    party: "0044207946@example.com",
    number: "+442079460123",
  }),
  ...Array.from({ length: 20 }, (_, index) =>
    call(6000 + index * 700, "outgoing", "answered", {
      ...bob,
      duration: 61,
      price: 0,
    }),
  ),
];

const date = (daysAgo) =>
  new Date(Date.UTC(NOW.getFullYear(), NOW.getMonth(), NOW.getDate() - daysAgo))
    .toISOString()
    .slice(0, 10);

/** A month of days, of which the first were before counting began. */
const DAYS = Array.from({ length: 30 }, (_, index) => {
  const ago = 29 - index;
  if (ago > 22) {
    return { date: date(ago), counted: "none", calls: null, talk_time: null, cost: null };
  }
  return {
    date: date(ago),
    counted: ago === 22 ? "partly" : "whole",
    calls: (ago * 7) % 5,
    talk_time: ((ago * 7) % 5) * 127,
    cost: ago % 3 ? ((ago * 7) % 5) * 0.0125 : 0,
  };
});

const USAGE = {
  account: "alice@example.com",
  currency: "EUR",
  time_zone: "Europe/Amsterdam",
  counted_since: `${date(22)}T10:04:11+01:00`,
  this_month: {
    month: "2026-11",
    counted: "partly",
    calls: 46,
    talk_time: 5842,
    cost: 1.0425,
  },
  last_month: {
    month: "2026-10",
    counted: "none",
    calls: null,
    talk_time: null,
    cost: null,
  },
  days: DAYS,
};

const LIGHT = { darkMode: false };
const DARK = { darkMode: true };

const state = (entity_id, value, attributes = {}) => ({
  entity_id,
  state: value,
  attributes,
  last_updated: ago(1),
  last_changed: ago(1),
});

const forwards = {
  mobile_number: "+31650222333",
  options: ["not_forwarded", "voicemail", "mobile_number", "bob@example.com"],
};

const STATES = {
  "sensor.balance": ["12.3456", { unit_of_measurement: "EUR" }],
  "sensor.last_call": [ago(12)],
  "sensor.missed_calls": ["2", { calls: CALLS.slice(0, 2) }],
  "sensor.call_forwarding": ["conditional"],
  "sensor.accept_rules": ["0", { rules: [], temporary: null, time_zone: null }],
  "binary_sensor.blocked": ["off"],
  "binary_sensor.call_in_progress": ["off"],
  "binary_sensor.registered": ["on"],
  "button.mark_missed_calls_seen": ["unknown"],
  "event.call": [ago(12)],
  "switch.do_not_disturb": ["off", { blocked_by_rules: false, until: null }],
  "switch.hide_caller_id": ["off", { assumed_state: true }],
  "select.forward_all_calls": ["not_forwarded", forwards],
  "select.forward_busy": ["bob@example.com", forwards],
  "select.forward_no_answer": ["voicemail", forwards],
};

/** Names that say nothing: the card must go by platform and translation key. */
const idOf = (key, index) => `${key.split(".")[0]}.thing_${index}`;

function furnished(device, states) {
  const keys = Object.keys(states);
  return {
    entities: Object.fromEntries(
      keys.map((key, index) => [
        `${idOf(key, `${device}_${index}`)}`,
        {
          entity_id: idOf(key, `${device}_${index}`),
          platform: "sip_account",
          device_id: device,
          translation_key: key.split(".")[1],
        },
      ]),
    ),
    states: Object.fromEntries(
      keys.map((key, index) => {
        const id = idOf(key, `${device}_${index}`);
        return [id, state(id, ...states[key])];
      }),
    ),
    devices: {
      [device]: {
        id: device,
        name: `${device}@example.com`,
        config_entry_id: `entry-${device}`,
      },
    },
  };
}

function newHome() {
  const home = {
    asked: [],
    calls: CALLS,
    usage: USAGE,
    /** How often what calls came to was asked for. */
    usageAsked: 0,
    /** When the calls were read, where that was before the server was lost. */
    lostAt: undefined,
    /** What an action throws, if it does. */
    refusal: undefined,
    hass: {
      ...furnished("alice", STATES),
      connected: true,
      language: "en",
      locale: {
        language: "en",
        number_format: "language",
        time_format: "24",
        time_zone: "local",
      },
      config: { time_zone: "Europe/Amsterdam", currency: "EUR" },
      themes: LIGHT,
      formatEntityState: (told) => told.state,
      services: {
        sip_account: { get_calls: {}, get_usage: {}, set_do_not_disturb: {} },
      },
      callWS: async (message) => {
        if (message.service === "get_usage") {
          home.usageAsked += 1;
          if (home.refusal) throw home.refusal;
          return { response: { accounts: [home.usage] } };
        }
        home.asked.push(message);
        if (home.refusal) throw home.refusal;
        return message.return_response ? { response: home.answer() } : {};
      },
    },
    /** Return the calls as Home Assistant tells them. */
    answer() {
      const { calls, lostAt } = home;
      return { calls, as_of: lostAt ?? ago(0), stale: lostAt !== undefined };
    },
    /** Let the server be lost: nothing that hangs on it is available. */
    lose() {
      home.before = home.hass.states;
      const lost = Object.entries(home.before).map(([id, one]) =>
        /^(event|button)/.test(id)
          ? [id, one]
          : [id, { ...one, state: "unavailable", attributes: {}, last_updated: ago(0) }],
      );
      home.change({ states: Object.fromEntries(lost) });
    },
    /** Let the server answer again. */
    find() {
      home.change({ states: home.before });
    },
    /** Give the card a changed home. */
    change(changes) {
      home.hass = { ...home.hass, ...changes };
      if (home.card) home.card.hass = home.hass;
    },
    /** Change the state of one of alice's entities. */
    set(key, value, attributes = {}) {
      const id = idOf(key, `alice_${Object.keys(STATES).indexOf(key)}`);
      const before = home.hass.states[id];
      const now = {
        ...before,
        state: value ?? before.state,
        attributes: { ...before.attributes, ...attributes },
        last_updated: new Date().toISOString(),
      };
      home.change({ states: { ...home.hass.states, [id]: now } });
    },
    /** Furnish a second account. */
    addAccount(device) {
      const more = furnished(device, STATES);
      for (const key of ["entities", "states", "devices"]) {
        home.change({ [key]: { ...home.hass[key], ...more[key] } });
      }
    },
    darken() {
      document.documentElement.classList.add("dark");
      home.change({ themes: DARK });
    },
    async show(config = {}) {
      home.card?.remove();
      home.card = document.createElement("sip-account-card");
      home.card.setConfig({ type: "custom:sip-account-card", ...config });
      home.card.hass = home.hass;
      document.querySelector("main").append(home.card);
      await home.settled();
    },
    /** Wait until the card has drawn whatever it has asked for. */
    async settled() {
      for (let round = 0; round < 3; round += 1) {
        await new Promise((resolve) => {
          setTimeout(resolve);
        });
        await home.card.updateComplete;
      }
    },
  };
  return home;
}

window.home = newHome();
