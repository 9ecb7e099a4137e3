/** Links that call somebody back: only what is certainly a number or an address. */

// No `*` and no `#`: a dialled code changes settings of the phone that dials it.
const NUMBER = /^\+?[0-9]{3,15}$/;
const USER = /^[a-z0-9][a-z0-9._+-]{0,62}$/i;
const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]{2,63}$/i;
export const NOBODY = /^(anonymous|unavailable|unknown|restricted|private|withheld)$/i;

/**
 * Return whether a SIP address belongs to somebody who can be called.
 *
 * @param {unknown} address `user@domain`
 */
function isAddress(address) {
  const [user, domain, ...more] = String(address ?? "").split("@");
  return (
    more.length === 0 &&
    USER.test(user) &&
    DOMAIN.test(domain ?? "") &&
    !NOBODY.test(user) &&
    !/(^|\.)invalid$/i.test(domain)
  );
}

/**
 * Return the link that calls the other side of a call back, if there can be one.
 *
 * @param {{number?: string | null, party?: string | null, call_back?: string | null}} call
 * @param {"number" | "address" | "none"} way what is tried first
 * @returns {string | undefined}
 */
export function callBackLink(call, way) {
  if (way === "none" || call.call_back === null) return undefined;
  const number = NUMBER.test(call.number ?? "") ? `tel:${call.number}` : undefined;
  const address = isAddress(call.party) ? `sip:${call.party}` : undefined;
  return way === "address" ? (address ?? number) : (number ?? address);
}
