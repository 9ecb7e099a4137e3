/** The card: what it knows, when it asks, and what it does. */

import { html, LitElement, nothing, unsafeCSS } from "lit";

import { findAccount, freshness, stateOf } from "./account.js";
import { usage } from "./bars.js";
import { Browsing } from "./browsing.js";
import { complete, form, stub } from "./config.js";
import controlRows from "./controls.css";
import { controls } from "./controls.js";
import { formats } from "./format.js";
import frame from "./frame.css";
import groupRows from "./groups.css";
import { head, missed } from "./head.js";
import { icon } from "./icons.js";
import { list } from "./list.js";
import { Midnight } from "./midnight.js";
import rows from "./rows.css";
import { ScrollRegion } from "./scroll.js";
import { status } from "./status.js";
import { clean, speak } from "./text.js";
import { dayWhereCounted, hasUsage } from "./usage.js";
import usageStyle from "./usage.css";
import { UsageReading } from "./usage_reading.js";
import wishes from "./wishes.css";

// More than any server of the platform lists.
const MOST_CALLS = 200;
const MORE = 10;

/**
 * @typedef {object} View what the parts of the card draw from
 * @property {any} hass
 * @property {import("./account.js").Account} account
 * @property {import("./config.js").Config} config
 * @property {string | undefined} stands the word for how the account stands
 * @property {string | undefined} currency
 * @property {ReturnType<typeof formats>} formats
 * @property {ReturnType<typeof speak>} say
 * @property {(key: string) => any} state of an entity such as `sensor.balance`
 * @property {(key: string, service: string, data?: object) => void} act
 * @property {(key: string) => boolean} isBusy whether an action is on its way
 * @property {(key: string) => string | undefined} chosen and not sent yet
 * @property {(key: string, option: string | undefined) => void} choose without sending
 * @property {(entityId: string) => void} moreInfo
 */

/** `custom:sip-account-card`. */
export class SipAccountCard extends LitElement {
  static styles = [frame, rows, groupRows, controlRows, usageStyle, wishes].map(
    unsafeCSS,
  );

  static properties = {
    hass: { attribute: false },
    _config: { state: true },
    _calls: { state: true },
    _failed: { state: true },
    _filter: { state: true },
    _shown: { state: true },
    _busy: { state: true },
    _chosen: { state: true },
    _error: { state: true },
  };

  static getConfigForm = form;
  static getStubConfig = stub;

  constructor() {
    super();
    this._busy = new Set();
    this._chosen = {};
    this._error = "";
    this._browsing = new Browsing(this);
    this._usage = new UsageReading(this);
    this._forget();
    this._midnight = new Midnight(this);
    new ScrollRegion(this, ".inside");
  }

  /** Home Assistant's way to hand over what was set. @param {any} given */
  setConfig(given) {
    this._config = complete(given);
    this._shown = this._config.calls;
  }

  /** In rows of 50 pixels, for dashboards of columns. */
  getCardSize() {
    const { calls, ...show } = this._config;
    const list = show.show_calls ? calls + 2 : 0;
    return 2 + list + (show.show_controls ? 5 : 0) + (show.show_usage ? 6 : 0);
  }

  /** For dashboards of sections. */
  getGridOptions() {
    return { columns: 12, min_columns: 6, rows: "auto" };
  }

  connectedCallback() {
    super.connectedCallback();
    this.requestUpdate(); // what has changed meanwhile was not read
  }

  shouldUpdate(changed) {
    return (
      changed.size > 1 || !changed.has("hass") || this._concerns(changed.get("hass"))
    );
  }

  willUpdate() {
    if (!this.hass || !this._config) return;
    this._account = findAccount(this.hass, this._config.device_id);
    if (typeof this._account === "string") return;
    const reachable = this.isConnected && this.hass.connected !== false;
    if (reachable && this._config.show_usage) {
      this._usage.follow(this.hass, this._account);
    }
    if (!this._config.show_calls) return;
    if (this._account.entryId !== this._entryId) {
      this._forget();
      this._entryId = this._account.entryId;
    }
    const fresh = freshness(this.hass, this._account);
    if (reachable && fresh !== this._freshness) {
      this._freshness = fresh;
      this._read(this._account);
    }
  }

  render() {
    if (!this.hass || !this._config) return nothing;
    const say = speak(this.hass.locale?.language ?? this.hass.language);
    if (typeof this._account === "string") {
      return html`<ha-card>
        <p class="problem">${icon("alert")} ${say(this._account)}</p>
      </ha-card>`;
    }
    const view = this._view(say);
    const { show_calls: listed, show_controls: controlled } = this._config;
    const counts = this._config.show_usage && hasUsage(this.hass, this._account);
    return html`<ha-card class=${this.hass.themes?.darkMode ? "dark" : ""}>
      <div class="inside">
        ${head(view)} ${missed(view)}
        <div class="error" role="alert">
          ${this._error ? html`${icon("alert")} <span>${this._error}</span>` : nothing}
        </div>
        <div class="columns">
          ${listed ? list(view, this._listing()) : nothing}
          ${controlled ? controls(view) : nothing}
          ${counts ? usage(view, this._usage) : nothing}
        </div>
      </div>
    </ha-card>`;
  }

  /** Whether a new `hass` says something that the card shows. */
  _concerns(before) {
    const { hass } = this;
    const same = [
      "connected",
      "devices",
      "entities",
      "language",
      "locale",
      "services",
      "themes",
    ];
    if (!before || same.some((key) => before[key] !== hass[key])) return true;
    if (!this._account?.entities) return false;
    // A new day changes what yesterday is, and an hour whom rules let in.
    if (this._midnight.isOver) return true;
    if (this._stands() !== this._stood) return true;
    return Object.values(this._account.entities).some(
      (id) => before.states[id] !== hass.states[id],
    );
  }

  /** Return the word for how the account stands now. */
  _stands() {
    const { hass, _account: account, _config: config } = this;
    return status({
      connected: hass.connected !== false,
      state: (key) => stateOf(hass, account, key),
      // A list of before does not tell which calls are running.
      calls: config.show_calls && !this._failed ? this._calls : undefined,
      now: new Date(),
      zone: hass.config.time_zone,
    });
  }

  /** @returns {View} */
  _view(say) {
    const { hass, _account: account, _config: config } = this;
    const written = formats(hass.locale, hass.config.time_zone, say);
    // Calls are of the reader's days, what they came to of the account's.
    const counted = dayWhereCounted(hass, this._usage.told);
    this._midnight.drawn((moment) => `${written.day(moment)} ${counted(moment)}`);
    this._stood = this._stands();
    const state = (key) => stateOf(hass, account, key);
    const money = [
      "sensor.balance",
      "sensor.last_transaction",
      "sensor.cost_this_month",
    ];
    return {
      hass,
      account,
      config,
      say,
      state,
      stands: this._stood,
      currency:
        money
          .map((key) => state(key)?.attributes.unit_of_measurement)
          .find((unit) => unit) ?? hass.config.currency,
      formats: written,
      act: (key, service, data) => this._act(key, service, data),
      isBusy: (key) => this._busy.has(key),
      chosen: (key) => this._chosen[key],
      choose: (key, option) => (this._chosen = { ...this._chosen, [key]: option }),
      moreInfo: (entityId) => this._moreInfo(entityId),
    };
  }

  _listing() {
    return {
      calls: this._calls,
      readAt: this._readAt,
      failed: this._failed,
      filter: this._filter,
      shown: this._shown,
      choose: (filter) => {
        this._filter = filter;
        this._shown = this._config.calls;
      },
      more: () => this._more(),
      browsing: this._browsing,
    };
  }

  /** Begin with another account. */
  _forget() {
    this._calls = undefined;
    this._readAt = undefined;
    this._failed = false;
    this._filter = "all";
    this._browsing.forget();
    this._freshness = undefined;
  }

  /** Read the calls; what was read last stays while that fails. */
  async _read({ entryId }) {
    const asked = this._freshness;
    let answered;
    try {
      const answer = await this.hass.callWS({
        type: "call_service",
        domain: "sip_account",
        service: "get_calls",
        service_data: { config_entry_id: entryId, limit: MOST_CALLS },
        return_response: true,
      });
      answered = answer.response;
    } catch {
      // Of whatever kind: the list on the screen is not what the server holds now.
    }
    if (asked !== this._freshness) return;
    // Home Assistant also answers what the server told before it was lost.
    this._failed = answered?.stale ?? true;
    if (answered) {
      this._calls = answered.calls;
      this._readAt = new Date(answered.as_of ?? Date.now());
    }
  }

  /** Do something to an entity, and say so where it fails. */
  async _act(key, action, data = {}) {
    if (this._busy.has(key)) return;
    // An action of the entity's own domain is named without it.
    const [service, domain = key.split(".")[0]] = action.split(".").reverse();
    this._busy = new Set([...this._busy, key]);
    this._error = "";
    try {
      await this.hass.callWS({
        type: "call_service",
        domain,
        service,
        service_data: data,
        target: { entity_id: this._account.entities[key] },
      });
      // The button that was pressed goes away; the focus goes to the card's name.
      if (service === "press") this.renderRoot.querySelector("h2, h3")?.focus();
    } catch (error) {
      const say = speak(this.hass.locale?.language ?? this.hass.language);
      const reason = clean(error?.message);
      this._error = reason
        ? say("action_failed", { reason })
        : say("action_failed_silently");
    }
    this._busy = new Set([...this._busy].filter((other) => other !== key));
  }

  /** Show more calls, and go on at the first of them. */
  async _more() {
    const before = this._shown;
    this._shown += MORE;
    await this.updateComplete;
    this.renderRoot.querySelectorAll("li.entry")[before]?.focus();
  }

  _moreInfo(entityId) {
    this.dispatchEvent(
      new CustomEvent("hass-more-info", {
        bubbles: true,
        composed: true,
        detail: { entityId },
      }),
    );
  }
}
