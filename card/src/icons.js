/** The icons of the card, as the paths that Home Assistant's own icons are drawn with. */

import {
  mdiAccountLock,
  mdiAlertCircleOutline,
  mdiCheck,
  mdiChevronDown,
  mdiMinusCircle,
  mdiPhone,
  mdiPhoneCancel,
  mdiPhoneForward,
  mdiPhoneInTalk,
  mdiPhoneIncoming,
  mdiPhoneMissed,
  mdiPhoneOutgoing,
  mdiPhoneRemove,
} from "@mdi/js";
import { html } from "lit";

const PATHS = {
  account: mdiPhone,
  alert: mdiAlertCircleOutline,
  call: mdiPhone,
  caller_id: mdiAccountLock,
  check: mdiCheck,
  chevron: mdiChevronDown,
  declined: mdiPhoneCancel,
  disturb: mdiMinusCircle,
  forward: mdiPhoneForward,
  incoming: mdiPhoneIncoming,
  missed: mdiPhoneMissed,
  outgoing: mdiPhoneOutgoing,
  talk: mdiPhoneInTalk,
  unanswered: mdiPhoneRemove,
};

/**
 * Return an icon; it says nothing to a screen reader, the words beside it do.
 *
 * @param {keyof typeof PATHS} name
 */
export function icon(name) {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d=${PATHS[name]}></path>
  </svg>`;
}
