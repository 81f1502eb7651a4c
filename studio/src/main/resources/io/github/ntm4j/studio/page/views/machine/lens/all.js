/** All signals of a group at a step, whatever the machine: bars, sliders and numbers, with handles for what may be set. */
import { fill, h } from "../../../dom.js";
import { capital } from "../../../signals.js";
import { handleOf } from "../handle.js";

/** @typedef {import("../../../trace.js").Signal} Signal */
/** @typedef {import("../handle.js").Handle} Handle */

/** @type {import("../lenses.js").Lens} */
export const all = {
  name: "signals",
  title: "Signals",
  needs: (trace, group) => trace.of(group).filter(signal => trace.has(signal.at)),

  make(hands) {
    const root = h("div", { class: "microscope", role: "group", "aria-label": "All that the machine shows" });
    let layout = "";
    let now = { step: 0, last: 0 };
    /** @type {Handle[]} */
    let handles = [];

    /** @param {Signal} signal */
    function line(signal) {
      const handle = handleOf(signal, hands);
      handles.push(handle);
      const kept = signal.settable || signal.use;
      const hold = kept && h("button", {
        class: "quiet hold", "data-hold": signal.at, "aria-label": `Hold ${signal.title.toLowerCase()}`, title: "From this step on it stays as it was",
        onclick: () => hands.intervene({ kind: "hold", from: now.step, to: now.last, signal: signal.at }),
      }, "Hold");
      return h(
        "div",
        { class: `line ${signal.settable ? "handle-line" : ""}`, "data-signal": signal.at },
        h("span", { class: `line-label ${signal.settable ? "" : "soft"}` }, capital(signal.title)),
        h("div", { class: "held" }, handle.root, hold || null),
      );
    }

    return {
      root,
      draw(trace, step, group, windows) {
        const told = /** @type {Signal[]} */ (all.needs(trace, group));
        const wanted = told.map(signal => `${signal.at}:${signal.size}`).join("|");
        if (wanted !== layout) {
          layout = wanted;
          handles = [];
          fill(root, ...told.map(line));
        }
        now = { step, last: trace.steps - 1 };
        handles.forEach(handle => handle.draw(trace, step, windows));
      },
      clear() {
        layout = "";
        fill(root);
      },
    };
  },
};
