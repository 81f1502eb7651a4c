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

/** What has to be there, from above; and, of what follows from the rest, how. @type {Record<"read" | "write", [string, string?][]>} */
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
const USAGE = "how much each row is in use: what is written is, until it is freed after it was read";
const PRECEDENCE = "which row was written last: what is written next is linked to it";
const MIXED = { read: "the three ways, each as much as its mode says", write: "allocation and content, mixed by one gate and let through by the other" };

/** All signals of a group that have a role: of several write heads, a read head has a way along the links of each. @param {Trace} trace @param {string} group @param {string} role */
const having = (trace, group, role) => trace.of(group).filter(signal => signal.role === role);

/** How much the rows that a head looks at are in use, where the machine knows. @param {Trace} trace @param {Signal} head */
const usage = (trace, head) => trace.signals.filter(signal => signal.role === "usage" && signal.over === head.over && trace.has(signal.at));

/**
 * All that is shown of a head, in the order in which one follows from the other.
 * @param {Trace} trace
 * @param {Signal} head
 * @returns {[Signal, string?][]}
 */
function stages(trace, head) {
  const use = head.use ?? "read";
  /** @param {Signal[]} signals @param {string} [about] @returns {[Signal, string?][]} */
  const told = (signals, about) => signals.map(signal => [signal, about]);
  return [
    ...ROLES[use].flatMap(([role, about]) => [
      ...(role === "allocation" ? told(usage(trace, head), USAGE) : []),
      ...told(having(trace, head.group, role), about),
    ]),
    [head, MIXED[use]],
    ...told(having(trace, head.group, "precedence"), PRECEDENCE),
  ];
}

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
      handles = [];
      fill(lines, ...stages(trace, head).map(([signal, about]) => {
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
