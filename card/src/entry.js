/** What stands in the list for one call or for several of one party. */

import { html, nothing } from "lit";

import { lookOf } from "./calls.js";
import { groupId, outcomesOf } from "./groups.js";
import { icon } from "./icons.js";
import { facts, figures, newCall, outcome, row, who } from "./row.js";

/** @typedef {import("./card.js").View} View */
/** @typedef {import("./calls.js").Call} Call */

/**
 * @param {View} view
 * @param {Call[]} group of one call or of several
 * @param {Set<string>} fresh the ids of calls that were not marked as seen
 * @param {import("./browsing.js").Browsing} browsing
 * @param {string} members what the element of the group's calls is called
 */
export function entry(view, group, fresh, browsing, members) {
  const [call] = group;
  const isNew = group.some(({ call_id: id }) => fresh.has(id));
  if (group.length === 1) {
    return html`<li class="entry" tabindex="-1">
      ${row(view, call, isNew, html`${who(view, call, isNew)} ${facts(view, call)}`)}
    </li>`;
  }
  const id = groupId(group);
  const open = browsing.isOpen(id);
  const opener = html`<button
    class="opener"
    aria-expanded=${open}
    aria-controls=${open ? members : nothing}
    @click=${() => browsing.toggle(id)}
  >
    ${who(view, call, isNew, group.length)} ${facts(view, call, outcomesOf(group))}
  </button>`;
  return html`<li class="entry" tabindex="-1">
    ${row(view, call, isNew, opener, false)}
    ${
      open
        ? html`<ul class="members" id=${members} role="list">
            ${group.map((one) => member(view, one, fresh.has(one.call_id)))}
          </ul>`
        : nothing
    }
  </li>`;
}

/** One of a group's calls; whom it was with stands over it. */
function member(view, call, isNew) {
  const { icon: shape, mood } = lookOf(call);
  return html`<li class="member ${mood} ${isNew ? "new" : ""}">
    ${icon(shape)}
    <span class="grow who">
      ${isNew ? newCall(view) : nothing} ${outcome(view, call)}
      ${
        call.duration > 0
          ? html`<span aria-hidden="true">·</span>
              <bdi>${view.formats.duration(call.duration)}</bdi>`
          : nothing
      }
    </span>
    ${figures(view, call)} <span class="round"></span>
  </li>`;
}
