/**
 * How a head finds its place, step by step as in Figure 2 of Graves, Wayne and Danihelka 2014: key against rows, content weighting,
 * interpolation with the last weighting, shift, sharpening. What the controller tells the head are handles.
 */
import { fill, h } from "../../../dom.js";
import { handleOf } from "../handle.js";

/** @typedef {import("../../../trace.js").Signal} Signal */
/** @typedef {import("../handle.js").Handle} Handle */

/** What is looked at, from above: the role of the signal, its name here, and, of what follows from the rest, how. @type {[string, string, string?][]} */
const LINES = [
  ["key", "Key k"],
  ["similarity", "K[k, M]", "how like the key each row is (cosine, equation 6)"],
  ["strength", "Strength β"],
  ["content", "content", "softmax of strength times similarity (equation 5)"],
  ["previous", "last", "where the head was a step before"],
  ["gate", "Gate g"],
  ["gated", "gated", "gate times content plus the rest of the last weighting (equation 7)"],
  ["shift", "Shift s"],
  ["shifted", "shifted", "moved by the shift (equation 8)"],
  ["sharpening", "Sharpening γ"],
];
const LAST = "to the power of the sharpening, brought to a sum of 1 (equation 9)";

/** @type {import("../lenses.js").Lens} */
export const addressing = {
  name: "addressing",
  title: "Addressing",
  needs: (trace, group) => [...LINES.map(([role]) => trace.in(group, role)), trace.head(group)],

  make(hands) {
    const root = h("div", { class: "microscope", role: "group", "aria-label": "How the head finds its place" });
    let layout = "";
    /** @type {Handle[]} */
    let handles = [];

    /** @param {[Signal, string, string?][]} lines */
    function lay(lines) {
      handles = [];
      fill(root, ...lines.map(([signal, title, about]) => {
        const handle = handleOf(signal, hands, about ? { title, about } : {});
        handles.push(handle);
        return about
          ? h("div", { class: "line", "data-stage": signal.name }, h("span", { class: "line-label soft", title: about }, title), handle.root)
          : h("div", { class: "line handle-line" }, h("span", { class: "line-label" }, title), handle.root);
      }));
    }

    return {
      root,
      draw(trace, step, group, windows) {
        const signals = /** @type {Signal[]} */ (addressing.needs(trace, group));
        const lines = signals.map((signal, i) => /** @type {[Signal, string, string?]} */ (i < LINES.length ? [signal, LINES[i][1], LINES[i][2]] : [signal, "weighting", LAST]));
        const now = lines.map(([signal]) => `${signal.at}:${signal.size}`).join("|");
        if (now !== layout) {
          layout = now;
          lay(lines);
        }
        handles.forEach(handle => handle.draw(trace, step, windows));
      },
      clear() {
        layout = "";
        fill(root);
      },
    };
  },
};
