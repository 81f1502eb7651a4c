/**
 * How a head of a machine with links finds its place (Graves et al. 2016): a read head by content, by what was written after the place where
 * it was, by what was written before it, mixed by its modes; a write head by content and by which rows are free, mixed by its gates. Below,
 * links are arrows from a row to the one that was written after it.
 */
import { fill, h } from "../../../dom.js";
import { capital } from "../../../signals.js";
import { handleOf } from "../handle.js";
import { Arrows } from "./arrows.js";

/** @typedef {import("../../../trace.js").Trace} Trace */
/** @typedef {import("../../../trace.js").Signal} Signal */

/** What is looked at, from above; and, of what follows from the rest, how. @type {Record<"read" | "write", [string, string?][]>} */
const ROLES = {
  read: [
    ["key"],
    ["strength"],
    ["content", "softmax of strength times similarity to the key"],
    ["backward", "what was written before the place where the head was"],
    ["forward", "what was written after the place where the head was"],
    ["mode"],
  ],
  write: [
    ["key"],
    ["strength"],
    ["content", "softmax of strength times similarity to the key"],
    ["allocation", "the rows that are least in use"],
    ["allocation_gate"],
    ["write_gate"],
  ],
};
const MIXED = { read: "the three ways, each as much as its mode says", write: "allocation and content, mixed by one gate and let through by the other" };

/** All signals of a group that have a role: of several write heads, a read head has a way along the links of each. @param {Trace} trace @param {string} group @param {string} role */
const having = (trace, group, role) => trace.of(group).filter(signal => signal.role === role);

/** @type {import("../lenses.js").Lens} */
export const links = {
  name: "links",
  title: "Addressing",
  needs(trace, group) {
    const head = trace.head(group);
    return head?.use ? [...ROLES[head.use].flatMap(([role]) => (trace.in(group, role) ? having(trace, group, role) : [undefined])), head] : [];
  },

  make(hands) {
    const lines = h("div", { class: "microscope", role: "group", "aria-label": "How the head finds its place" });
    const pictures = h("div", { class: "links" });
    const root = h("div", {}, lines, pictures);
    let layout = "";
    /** @type {import("../handle.js").Handle[]} */
    let handles = [];
    /** @type {Arrows[]} */
    let arrows = [];

    /** @param {Trace} trace @param {Signal} head */
    function lay(trace, head) {
      const use = head.use ?? "read";
      /** @type {[Signal, string?][]} */
      const shown = [...ROLES[use].flatMap(([role, about]) => having(trace, head.group, role).map(signal => /** @type {[Signal, string?]} */ ([signal, about]))), [head, MIXED[use]]];
      handles = [];
      fill(lines, ...shown.map(([signal, about]) => {
        const title = capital(signal.name);
        const handle = handleOf(signal, hands, about ? { title, about } : { title });
        handles.push(handle);
        return h("div", { class: signal.settable ? "line handle-line" : "line", "data-stage": signal.name },
          h("span", { class: signal.settable ? "line-label" : "line-label soft", title: about ?? title }, signal.settable ? title : signal.name), handle.root);
      }));
      arrows = trace.stores.filter(store => store.role === "link" && trace.has(store.at)).map(store => new Arrows(store, hands.tell));
      fill(pictures, ...arrows.map(picture => picture.root));
    }

    return {
      root,
      draw(trace, step, group, windows) {
        const head = trace.head(group);
        if (!head) {
          return;
        }
        const now = [...links.needs(trace, group), ...trace.stores].map(signal => `${signal?.at}:${signal?.size ?? signal?.rows}`).join("|");
        if (now !== layout) {
          layout = now;
          lay(trace, head);
        }
        handles.forEach(handle => handle.draw(trace, step, windows));
        arrows.forEach(picture => picture.draw(trace, step, head, windows));
      },
      clear() {
        layout = "";
        fill(lines);
        fill(pictures);
      },
    };
  },
};
