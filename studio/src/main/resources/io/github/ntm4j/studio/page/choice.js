/** Choosing a machine and the sequence that it works on: what the views map, film and compare have in common. */
import { get } from "./api.js";
import { fill, h } from "./dom.js";
import { painted, size, sizeText } from "./views/machine/question.js";

/** @typedef {{name: string, least: number, min: number, max: number, limit: number}} SizeRange */

/**
 * What a machine is like.
 * @typedef {object} Machine
 * @property {string} id
 * @property {string} machine such as ntm-lstm
 * @property {string} [task]
 * @property {number} [rows]
 * @property {number} [width]
 * @property {number} inputs
 * @property {number} outputs
 * @property {SizeRange[]} sizes
 * @property {number} [sequences] of its training
 */

/** @type {Map<string, Promise<Machine>>} */
const described = new Map();

/**
 * @param {import("./main.js").App} app
 * @param {string} id
 * @returns {Promise<Machine>}
 */
export function describe(app, id) {
  const known = app.models.find(m => m.id === id);
  if (known && !known.problem) {
    return Promise.resolve(known);
  }
  let asked = described.get(id);
  if (!asked) {
    asked = get(`/api/machine?id=${encodeURIComponent(id)}`);
    described.set(id, asked);
    asked.catch(() => described.delete(id));
  }
  return asked;
}

/** A name without its folder, where the folder goes without saying. @param {string} id */
export function shortName(id) {
  return id.replace(/^(models|runs|dropped)\//, "");
}

/** A run and, behind the last @, its checkpoint; nothing for what is no run. @param {string} id @returns {RegExpExecArray | null} */
export function partsOf(id) {
  return /^(runs\/.+?)(?:@(best|last|\d+))?$/.exec(id);
}

/**
 * A list of machines to choose from: those that are there without training, then runs.
 * @param {object} options
 * @param {string} options.label
 * @param {string} options.field
 * @param {string} options.chosen
 * @param {import("./main.js").App} options.app
 * @param {any[]} options.runs
 * @param {(id: string) => void} options.choose
 */
export function machineSelect({ label, field, chosen, app, runs, choose }) {
  /** @param {string} title @param {{id: string, problem?: string}[]} list */
  const group = (title, list) => list.length === 0 ? null : h(
    "optgroup",
    { label: title },
    ...list.map(m => h("option", { value: m.id, selected: m.id === chosen, disabled: Boolean(m.problem) }, shortName(m.id))),
  );
  const of = (/** @type {string} */ source) => app.models.filter(m => m.id.startsWith(`${source}/`));
  const known = app.models.some(m => m.id === chosen) || runs.some(r => r.id === chosen);
  const select = h(
    "select",
    { "aria-label": label, "data-field": field, onchange: () => choose(select.value) },
    known ? null : h("option", { value: chosen, selected: true }, shortName(chosen)),
    group("Machines of ntm4j", of("models")),
    group("Dropped here", of("dropped")),
    group("Runs", runs),
  );
  return select;
}

/** @param {import("./main.js").App} app */
export function firstModel(app) {
  return (app.models.find(m => m.id === "models/copy-ntm-lstm") ?? app.models[0])?.id ?? "";
}

/**
 * Fields for the sequence: its size, its seed, its number.
 * @param {import("./main.js").App} app
 */
export function probe(app) {
  const { state } = app;
  const root = h("div", { class: "row probe", role: "group", "aria-label": "Sequence" });

  /** @param {SizeRange[]} sizes @param {Record<string, number>} at of the sequence that is shown */
  function draw(sizes, at) {
    const now = { ...at, ...size(state) };
    const number = (/** @type {string} */ name, /** @type {string} */ title, /** @type {number} */ value, /** @type {number} */ min, /** @type {number} */ max, /** @type {(v: number) => void} */ set) => h(
      "label",
      { class: "row", title },
      name,
      h("input", {
        type: "number", value: String(value), min: String(min), max: String(max), "data-field": name,
        onchange: (/** @type {any} */ event) => {
          const wanted = Math.round(Number(event.target.value));
          set(Math.min(max, Math.max(min, Number.isFinite(wanted) ? wanted : min)));
        },
      }),
    );
    fill(
      root,
      ...sizes.map(range => number(range.name, `trained on ${range.min} to ${range.max}`, now[range.name] ?? range.max, range.least, range.limit,
        value => state.set({ at: sizeText({ ...now, [range.name]: value }), paint: null }))),
      number("seed", "Where the sequence comes from", state.number("seed", 1), 0, 1e15, value => state.set({ seed: value, index: null, paint: null })),
      number("index", "Its number among the sequences of this seed", state.number("index", 0), 0, 1e9, value => state.set({ index: value, paint: null })),
      h("button", { title: "Another random sequence (key N)", "data-action": "new", onclick: another }, "New"),
      state.get("paint") ? h("button", { class: "quiet", title: "The input has been painted in the machine view", "data-action": "unpaint", onclick: () => state.set({ paint: null }) }, "Unpaint") : null,
    );
  }

  function another() {
    state.set({ seed: 1 + Math.floor(Math.random() * 999_999), index: null, paint: null });
  }

  return { root, draw, another };
}

/** Whether a key is for a field and not for the view. @param {KeyboardEvent} event */
export function meantForField(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  return event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
}

/**
 * The sequence that the state speaks of, as the server wants it, for a task of these sizes: what it says of other tasks is left out.
 * @param {import("./state.js").State} state
 * @param {SizeRange[]} sizes
 */
export function sequenceOf(state, sizes) {
  const wanted = size(state);
  /** @type {Record<string, number>} */
  const at = {};
  for (const range of sizes) {
    at[range.name] = Math.min(range.limit, Math.max(range.least, wanted[range.name] ?? range.max));
  }
  return { at, seed: state.number("seed", 1), index: state.number("index", 0), paint: painted(state) };
}

/** What a trace came to, in a line. @param {import("./trace.js").Trace} trace */
export function outcome(trace) {
  const { header } = trace;
  if (!header.answerable) {
    return "no right answer to this input";
  }
  const cost = `${header.bits.toFixed(header.bits < 10 ? 3 : 1)} bits`;
  const least = header.optimum_bits > 0 ? ` (at best ${header.optimum_bits.toFixed(1)})` : "";
  return `${header.bit_errors} of ${header.counted_bits} bits wrong, cost ${cost}${least}`;
}
