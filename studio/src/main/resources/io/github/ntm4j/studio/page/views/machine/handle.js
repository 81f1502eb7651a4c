/** A signal at a step, and a handle to take hold of it by, where it may be set: the machine goes on from what it is set to. */
import { h } from "../../dom.js";
import { rangeOf, UNLIMITED } from "../../signals.js";
import { Bars } from "./bars.js";
import { rowAt, shown, windowFor } from "./rows.js";

/** @typedef {import("../../trace.js").Trace} Trace */
/** @typedef {import("../../trace.js").Signal} Signal */
/** @typedef {import("./rows.js").Windows} Windows */

/**
 * @typedef {object} Hands
 * @property {(added: import("./question.js").Intervention) => void} intervene
 * @property {(text: string) => void} tell
 * @property {(bars: Bars, title: string) => void} made bars have been made
 */

/** @typedef {{root: HTMLElement, draw: (trace: Trace, step: number, windows: Windows) => void}} Handle */

/** Sliders of numbers without an upper limit go so far, and move in proportion. */
const HIGHEST = 100;

/**
 * @param {Signal} signal
 * @param {Hands} hands
 * @param {{title?: string, about?: string}} [words] what it is called, and what it is, where there is more to say
 * @returns {Handle}
 */
export function handleOf(signal, hands, { title = signal.title, about = "" } = {}) {
  let step = 0;
  const set = (/** @type {number[]} */ values) =>
    hands.intervene({ kind: "set", step, signal: signal.at, values: values.map(x => Math.round(x * 1e4) / 1e4) });
  const made = signal.kind === "number"
    ? number(signal, set)
    : signal.kind === "distribution" ? distribution(signal, title, hands, set) : bars(signal, title, about, hands, set);
  return {
    root: made.root,
    draw(trace, at, windows) {
      step = at;
      made.draw(trace, at, windows);
    },
  };
}

/**
 * A slider with its number; of what may not be set, the number with a bar.
 * @param {Signal} signal
 * @param {(values: number[]) => void} set
 * @returns {Handle}
 */
function number(signal, set) {
  const { name, low } = signal;
  const far = signal.high >= UNLIMITED;
  const high = far ? HIGHEST : signal.high;
  const span = high - low;
  const place = (/** @type {number} */ value) => (far ? Math.log(1 + value - low) / Math.log(1 + span) : (value - low) / span) * 1000;
  const value = (/** @type {number} */ at) => (far ? low + Math.exp((at / 1000) * Math.log(1 + span)) - 1 : low + (at / 1000) * span);
  const text = (/** @type {number} */ x) => x.toFixed(Math.abs(x) >= 100 ? 0 : 2);
  if (!signal.settable) {
    const bar = h("meter", { min: low, max: high, "aria-label": name });
    const told = h("span", { class: "number" });
    return {
      root: h("div", { class: "slider" }, bar, told),
      draw(trace, step) {
        const [x] = trace.array(signal.at).subarray(step, step + 1);
        bar.value = x;
        told.textContent = text(x);
      },
    };
  }
  const exact = h("input", {
    type: "number", step: "any", min: String(low), "aria-label": `${name} as a number`, "data-parameter": name,
    onchange: () => set([Math.min(signal.high, Math.max(low, Number(exact.value)))]),
  });
  const range = h("input", {
    type: "range", min: "0", max: "1000", step: "1", "aria-label": name, "data-parameter": name,
    oninput: () => set([value(Number(range.value))]),
  });
  return {
    root: h("div", { class: "slider" }, range, exact),
    draw(trace, step) {
      const x = trace.array(signal.at)[step];
      if (document.activeElement !== range) {
        range.value = String(place(x));
      }
      if (document.activeElement !== exact) {
        exact.value = text(x);
      }
      range.setAttribute("aria-valuetext", x.toFixed(2));
    },
  };
}

/**
 * A few bars with their names; when one is set, the others share what is left.
 * @param {Signal} signal
 * @param {string} title
 * @param {Hands} hands
 * @param {(values: number[]) => void} set
 * @returns {Handle}
 */
function distribution(signal, title, hands, set) {
  const labels = signal.labels ?? [];
  /** @type {number[]} */
  let now = [];
  const change = (/** @type {number} */ index, /** @type {number} */ value) => {
    const rest = now.reduce((sum, x, i) => (i === index ? sum : sum + x), 0);
    const left = 1 - value;
    set(now.map((x, i) => (i === index ? value : rest > 1e-6 ? (x / rest) * left : left / (now.length - 1))));
  };
  const made = new Bars(`${title}: ${signal.settable ? "drag a bar" : "shares"}`, { low: 0, high: 1 }, signal.settable ? change : undefined,
    (index, value) => hands.tell(`${title}, ${labels[index]}: ${value?.toFixed(3)}`));
  made.number = index => labels[index] ?? index;
  hands.made(made, title.toLowerCase());
  return {
    root: h("div", { class: "shift", style: `--shares:${labels.length}` }, made.root,
      h("div", { class: "shift-labels", "aria-hidden": "true" }, ...labels.map(label => h("span", {}, label)))),
    draw(trace, step) {
      now = [...trace.step(signal.at, step)];
      made.draw(now);
    },
  };
}

/**
 * A bar for each number, or for each row that is shown.
 * @param {Signal} signal
 * @param {string} title
 * @param {string} about
 * @param {Hands} hands
 * @param {(values: number[]) => void} set
 * @returns {Handle}
 */
function bars(signal, title, about, hands, set) {
  /** @type {import("./rows.js").Window | undefined} */
  let window;
  /** @type {number[]} */
  let now = [];
  const place = (/** @type {number} */ index) => (window ? rowAt(window, index) : index);
  const change = (/** @type {number} */ index, /** @type {number} */ value) => set(now.map((x, i) => (i === place(index) ? value : x)));
  const label = signal.settable ? `${title}: drag a bar, or move with the arrow keys` : `${title}${about && ": "}${about}`;
  const made = new Bars(label, { low: signal.low, high: signal.high }, signal.settable ? change : undefined,
    (index, value) => hands.tell(`${title}, ${window ? "row" : "column"} ${place(index)}: ${value?.toFixed(3)}${about && ": "}${about}`));
  made.number = place;
  hands.made(made, signal.over ? title : title.toLowerCase());
  return {
    root: made.root,
    draw(trace, step, windows) {
      now = [...trace.step(signal.at, step)];
      window = signal.over ? windowFor(windows, signal) : undefined;
      made.limit(rangeOf(signal, trace));
      made.draw(window ? shown(now, window) : now);
    },
  };
}
