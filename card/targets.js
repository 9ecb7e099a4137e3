/**
 * The oldest browsers that run the card: those that Home Assistant itself asks for, which
 * are the WebViews of wall tablets and phones that get no newer one.
 */

export const CHROMIUM = 111;
export const SAFARI = 16.4;

/** The same as the bundler names them. */
export const TARGETS = [`chrome${CHROMIUM}`, `safari${SAFARI}`];
