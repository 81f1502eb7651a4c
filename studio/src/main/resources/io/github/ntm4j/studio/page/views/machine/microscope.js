/**
 * How a head finds its place, step by step as in Figure 2 of Graves, Wayne and Danihelka 2014: key against rows, content weighting,
 * interpolation with the last weighting, shift, sharpening. The five parameters are handles: the machine goes on from what they are set to.
 */
import { h } from "../../dom.js";
import { Bars } from "./bars.js";
import { rowAt, shown } from "./rows.js";

/** @typedef {import("../../trace.js").Trace} Trace */
/** @typedef {import("./question.js").Intervention} Intervention */

/** Sliders of parameters without an upper limit move in proportion. */
const HIGHEST = 100;

/**
 * @typedef {object} Stage
 * @property {string} array
 * @property {string} title
 * @property {string} about
 * @property {boolean} [signed]
 */

/** @type {Record<string, Stage>} */
const STAGES = {
  similarity: { array: "similarity", title: "K[k, M]", about: "how like the key each row is (cosine, equation 6)", signed: true },
  content: { array: "content", title: "content", about: "softmax of strength times similarity (equation 5)" },
  previous: { array: "previous", title: "last", about: "where the head was a step before" },
  interpolated: { array: "interpolated", title: "gated", about: "gate times content plus the rest of the last weighting (equation 7)" },
  shifted: { array: "shifted", title: "shifted", about: "moved by the shift (equation 8)" },
  weighting: { array: "weighting", title: "weighting", about: "to the power of the sharpening, brought to a sum of 1 (equation 9)" },
};

export class Microscope {
  /**
   * @param {object} hands
   * @param {(added: Intervention) => void} hands.intervene
   * @param {(text: string) => void} hands.tell
   * @param {(bars: Bars, title: string) => void} hands.made bars have been made
   */
  constructor(hands) {
    this.hands = hands;
    this.head = "";
    this.step = 0;
    /** @type {Trace | null} */
    this.trace = null;
    /** @type {import("./rows.js").Window} */
    this.window = { from: 0, count: 0, rows: 1 };
    /** @type {Map<string, Bars>} */
    this.stages = new Map();
    this.key = new Bars("Key: drag a bar, or move with the arrow keys", { low: -1, high: 1 }, (index, value) => this.set("key", index, value),
      (index, value) => hands.tell(`Key, column ${index}: ${value?.toFixed(3)}`));
    this.shift = new Bars("Shift: drag a bar", { low: 0, high: 1 }, (index, value) => this.setShift(index, value),
      (index, value) => hands.tell(`Shift by ${this.displacement(index)}: ${value?.toFixed(3)}`));
    this.shift.number = index => this.displacement(index);
    hands.made(this.key, "key");
    hands.made(this.shift, "shift");
    this.shiftLabels = h("div", { class: "shift-labels", "aria-hidden": "true" });
    this.strength = this.slider("strength", "β", 0, HIGHEST);
    this.gate = this.slider("gate", "g", 0, 1);
    this.sharpening = this.slider("sharpening", "γ", 1, HIGHEST);
    this.root = h(
      "div",
      { class: "microscope", role: "group", "aria-label": "How the head finds its place" },
      this.line("Key k", this.key.root),
      this.stage("similarity"),
      this.line("Strength β", this.strength.root),
      this.stage("content"),
      this.stage("previous"),
      this.line("Gate g", this.gate.root),
      this.stage("interpolated"),
      this.line("Shift s", h("div", { class: "shift" }, this.shift.root, this.shiftLabels)),
      this.stage("shifted"),
      this.line("Sharpening γ", this.sharpening.root),
      this.stage("weighting"),
    );
  }

  /** @param {string} title @param {HTMLElement} content */
  line(title, content) {
    return h("div", { class: "line handle-line" }, h("span", { class: "line-label" }, title), content);
  }

  /** @param {string} name */
  stage(name) {
    const { title, about, signed } = STAGES[name];
    const bars = new Bars(`${title}: ${about}`, { low: signed ? -1 : 0, high: 1 }, undefined,
      (index, value) => this.hands.tell(`${title}, row ${rowAt(this.window, index)}: ${value?.toFixed(3)}: ${about}`));
    bars.number = index => rowAt(this.window, index);
    this.stages.set(name, bars);
    this.hands.made(bars, title);
    return h("div", { class: "line", "data-stage": name }, h("span", { class: "line-label soft", title: about }, title), bars.root);
  }

  /**
   * A slider with its number.
   * @param {string} name
   * @param {string} symbol
   * @param {number} low
   * @param {number} high
   */
  slider(name, symbol, low, high) {
    const far = high > 1;
    const place = (/** @type {number} */ value) => (far ? Math.log(1 + value - low) / Math.log(1 + high - low) : value) * 1000;
    const value = (/** @type {number} */ at) => (far ? low + Math.exp((at / 1000) * Math.log(1 + high - low)) - 1 : at / 1000);
    const number = h("input", {
      type: "number", step: "any", min: String(low), "aria-label": `${name} as a number`, "data-parameter": name,
      onchange: () => this.hands.intervene(this.parameter(name, [Math.max(low, name === "gate" ? Math.min(1, Number(number.value)) : Number(number.value))])),
    });
    const range = h("input", {
      type: "range", min: "0", max: "1000", step: "1", "aria-label": `${name} ${symbol}`, "data-parameter": name,
      oninput: () => this.hands.intervene(this.parameter(name, [value(Number(range.value))])),
    });
    return {
      root: h("div", { class: "slider" }, range, number),
      /** @param {number} x */
      draw(x) {
        if (document.activeElement !== range) {
          range.value = String(place(x));
        }
        if (document.activeElement !== number) {
          number.value = x.toFixed(x >= 100 ? 0 : 2);
        }
        range.setAttribute("aria-valuetext", x.toFixed(2));
      },
    };
  }

  /** @param {string} name @param {number[]} values @returns {Intervention} */
  parameter(name, values) {
    return { kind: "parameter", step: this.step, head: this.head, name, values: values.map(x => Math.round(x * 1e4) / 1e4) };
  }

  /** @param {"key"} name @param {number} index @param {number} value */
  set(name, index, value) {
    if (this.trace) {
      const values = [...this.trace.step(`${this.head}/${name}`, this.step)];
      values[index] = value;
      this.hands.intervene(this.parameter(name, values));
    }
  }

  /** The other displacements share what is left. @param {number} index @param {number} value */
  setShift(index, value) {
    if (!this.trace) {
      return;
    }
    const values = [...this.trace.step(`${this.head}/shift`, this.step)];
    const rest = values.reduce((sum, x, i) => (i === index ? sum : sum + x), 0);
    const left = 1 - value;
    const shared = values.map((x, i) => (i === index ? value : rest > 1e-6 ? (x / rest) * left : left / (values.length - 1)));
    this.hands.intervene(this.parameter("shift", shared));
  }

  /** @param {number} index */
  displacement(index) {
    const shifts = this.trace?.shape(`${this.head}/shift`)[1] ?? 1;
    const by = index - (shifts - 1) / 2;
    return by > 0 ? `+${by}` : String(by);
  }

  /**
   * @param {Trace} trace
   * @param {number} step
   * @param {string} head
   * @param {import("./rows.js").Window} window
   */
  draw(trace, step, head, window) {
    this.trace = trace;
    this.step = step;
    this.head = head;
    this.window = window;
    const at = (/** @type {string} */ name) => trace.step(`${head}/${name}`, step);
    this.key.draw(at("key"));
    this.shift.draw(at("shift"));
    this.strength.draw(trace.array(`${head}/strength`)[step]);
    this.gate.draw(trace.array(`${head}/gate`)[step]);
    this.sharpening.draw(trace.array(`${head}/sharpening`)[step]);
    for (const [name, bars] of this.stages) {
      bars.draw(shown(at(STAGES[name].array), window));
    }
    const shifts = trace.shape(`${head}/shift`)[1];
    if (this.shiftLabels.childElementCount !== shifts) {
      this.shiftLabels.replaceChildren(...Array.from({ length: shifts }, (_, i) => h("span", {}, this.displacement(i))));
    }
  }
}
