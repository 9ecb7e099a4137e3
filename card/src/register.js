/** The element of the card, in the registry of elements that the page goes by. */

// Defined by Home Assistant's app, once its own registry is in place.
const APP = "home-assistant";

/** When to look whether the registry is another one, in milliseconds; then never more. */
export const CHECKS = [100, 500, 2_000, 5_000, 15_000, 60_000];

/**
 * Make an element known, also to a registry that takes the place of the present one.
 *
 * Until 2026.10 Home Assistant loads the card beside its app, whose scoped registries
 * then replace `window.customElements` and know nothing of what was defined before.
 * Elements of the app become known in the replaced registry, too, which tells of them.
 *
 * What a registry knows already stays: a page that is open over an update of the
 * integration goes on with the element that it has.
 *
 * @param {string} tag
 * @param {CustomElementConstructor} element
 * @param {Pick<Window, "customElements" | "setTimeout">} page
 */
export function keepDefined(tag, element, page = window) {
  const ensure = () => {
    const { customElements: registry } = page;
    if (!registry.get(tag)) registry.define(tag, element);
  };
  ensure();
  page.customElements.whenDefined(APP).then(ensure);
  for (const after of CHECKS) page.setTimeout(ensure, after);
}
