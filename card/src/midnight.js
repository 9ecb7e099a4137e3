/** The end of a day, of which no change of the home tells. */

const LOOK_EVERY = 60_000;

/**
 * Draws the card anew when another day has begun where days are told of.
 *
 * @implements {import("lit").ReactiveController}
 */
export class Midnight {
  /** @param {import("lit").LitElement} host */
  constructor(host) {
    this._host = host;
    host.addController(this);
  }

  /**
   * Remember of which day the card is, or of which days in several zones.
   *
   * @param {(moment: Date) => string} dayOf
   */
  drawn(dayOf) {
    this._dayOf = dayOf;
    this._day = dayOf(new Date());
  }

  /** Whether the card is of a day that is over. */
  get isOver() {
    return this._dayOf !== undefined && this._dayOf(new Date()) !== this._day;
  }

  hostConnected() {
    this._timer = setInterval(() => {
      if (this.isOver) this._host.requestUpdate();
    }, LOOK_EVERY);
  }

  hostDisconnected() {
    clearInterval(this._timer);
  }
}
