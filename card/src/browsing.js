/** How somebody goes through the list of calls. */

/** What is looked for, and which groups are open. */
export class Browsing {
  /** @param {import("lit").ReactiveControllerHost} host */
  constructor(host) {
    this._host = host;
    this.forget();
  }

  /** Begin with another list. */
  forget() {
    this.term = "";
    this._open = new Set();
  }

  /** @param {string} term */
  search(term) {
    this.term = term;
    this._host.requestUpdate();
  }

  /** @param {string} group by its id */
  isOpen(group) {
    return this._open.has(group);
  }

  /** @param {string} group by its id */
  toggle(group) {
    if (!this._open.delete(group)) this._open.add(group);
    this._host.requestUpdate();
  }
}
