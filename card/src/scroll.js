/** A part of the card that scrolls where there is less room than it takes. */

/**
 * Lets the keyboard reach a part that scrolls, and names it; only while it does.
 *
 * @implements {import("lit").ReactiveController}
 */
export class ScrollRegion {
  /**
   * @param {import("lit").LitElement} host
   * @param {string} selector
   */
  constructor(host, selector) {
    this._host = host;
    this._selector = selector;
    this._observer = new ResizeObserver(() => this._mark());
    host.addController(this);
  }

  hostDisconnected() {
    this._observer.disconnect();
    this._part = undefined;
  }

  hostUpdated() {
    // A home goes on to tell what has changed, also a card that was taken away.
    if (!this._host.isConnected) return;
    const part = this._host.renderRoot.querySelector(this._selector);
    if (part !== this._part) {
      this._observer.disconnect();
      this._part = part;
      if (part) this._observer.observe(part);
    }
    this._mark();
  }

  _mark() {
    const { _part: part } = this;
    if (!part) return;
    const scrolls = part.scrollHeight > part.clientHeight;
    const name = part.querySelector("h2")?.textContent.trim() ?? "";
    for (const [attribute, value] of [
      ["tabindex", "0"],
      ["role", "region"],
      ["aria-label", name],
    ]) {
      if (scrolls) part.setAttribute(attribute, value);
      else part.removeAttribute(attribute);
    }
  }
}
