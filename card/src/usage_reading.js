/** Reads what calls came to: when it is shown, and when a call was told of. */

import { dayWhereCounted, hasUsage, usageFreshness } from "./usage.js";

const DAYS = 30;

/** What a card knows of its account's usage; it draws the card anew when that changes. */
export class UsageReading {
  /** @param {import("lit").ReactiveControllerHost} host the card */
  constructor(host) {
    this._host = host;
    this._entryId = undefined;
    this._forget();
  }

  /**
   * Read where something may have changed; what was read last stays while that fails.
   *
   * @param {any} hass
   * @param {import("./account.js").Account} account
   */
  follow(hass, account) {
    if (account.entryId !== this._entryId) {
      this._forget();
      this._entryId = account.entryId;
    }
    const today = dayWhereCounted(hass, this.told)(new Date());
    const fresh = usageFreshness(hass, account, today);
    if (!hasUsage(hass, account) || fresh === this._freshness) return;
    this._freshness = fresh;
    this._read(hass, fresh);
  }

  /** Show a day. @param {string} date */
  choose(date) {
    if (date === this.chosen) return;
    this.chosen = date;
    this._host.requestUpdate();
  }

  async _read(hass, asked) {
    let told;
    try {
      const answer = await hass.callWS({
        type: "call_service",
        domain: "sip_account",
        service: "get_usage",
        service_data: { config_entry_id: this._entryId, days: DAYS },
        return_response: true,
      });
      [told] = answer.response.accounts;
    } catch {
      // The ledger of an account that is not loaded cannot be asked.
    }
    if (asked !== this._freshness) return;
    this.failed = told === undefined;
    this.told = told ?? this.told;
    this._host.requestUpdate();
  }

  _forget() {
    /** @type {import("./usage.js").Usage | undefined} */
    this.told = undefined;
    this.failed = false;
    /** The date of the day that is shown; the last one where none was chosen. */
    this.chosen = undefined;
    this._freshness = undefined;
  }
}
