/** Closer looks at a machine. Each says by roles and kinds which signals it needs, and is offered where a machine has them. */
import { addressing } from "./lens/addressing.js";
import { all } from "./lens/all.js";
import { links } from "./lens/links.js";

/** @typedef {import("../../trace.js").Trace} Trace */

/**
 * What a lens puts on the page. It is laid out anew after it was cleared, which it is when another one is chosen.
 * @typedef {object} Look
 * @property {HTMLElement} root
 * @property {(trace: Trace, step: number, group: string, windows: import("./rows.js").Windows) => void} draw
 * @property {() => void} clear
 */

/**
 * @typedef {object} Lens
 * @property {string} name in addresses
 * @property {string} title on its tab
 * @property {(trace: Trace, group: string) => (import("../../trace.js").Signal | undefined)[]} needs the signals of a group that it looks at;
 *   where one of them is not there, it does not fit
 * @property {(hands: import("./handle.js").Hands) => Look} make
 */

/** Those that show something special, in the order in which they are offered. @type {Lens[]} */
export const LENSES = [addressing, links];

/** Whether a group has what a lens looks at. @param {Lens} lens @param {Trace} trace @param {string} group */
export function fits(lens, trace, group) {
  const needed = lens.needs(trace, group);
  return needed.length > 0 && needed.every(signal => signal);
}

/** The one that shows whatever there is. */
export const EVERYTHING = all;
