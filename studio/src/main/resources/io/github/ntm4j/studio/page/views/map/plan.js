/** What a generalisation map shows, read from the state and written to it. */
import { size } from "../machine/question.js";

/** @typedef {import("../../choice.js").Machine} Machine */
/** @typedef {{name: string, from: number, to: number, step: number}} Axis */

/**
 * @typedef {object} Plan
 * @property {string} model
 * @property {Axis} x
 * @property {Axis | null} y
 * @property {number} sequences
 * @property {number} seed
 * @property {number | undefined} rows
 * @property {Record<string, number>} at
 */

/**
 * A cell as the server reports it.
 * @typedef {object} Cell
 * @property {number} column
 * @property {number} row
 * @property {Record<string, number>} at
 * @property {number} bits
 * @property {number} optimum_bits
 * @property {number} bit_errors
 * @property {number} counted_bits
 * @property {number} exact
 * @property {number} sequences
 * @property {number | null} failing
 * @property {number[]} wrong
 */

export const ROWS = "rows";
const MOST_VALUES = 200;
const USUAL_VALUES = 40;
const USUAL_MEMORIES = 16;

/** The names that an axis can have. @param {Machine} machine */
export function names(machine) {
  return [...machine.sizes.map(range => range.name), ...(machine.rows ? [ROWS] : [])];
}

/** The axis that one gets without a word: twice as far as training went. @param {Machine} machine @param {string} name @returns {Axis} */
export function usual(machine, name) {
  if (name === ROWS) {
    const to = 2 * (machine.rows ?? 1);
    const step = Math.max(1, Math.ceil(to / USUAL_MEMORIES));
    return { name, from: step, to, step };
  }
  const range = /** @type {import("../../choice.js").SizeRange} */ (machine.sizes.find(r => r.name === name) ?? machine.sizes[0]);
  const to = Math.min(range.limit, 2 * range.max);
  const least = range.min < range.max ? range.min : range.least;
  const step = round(Math.ceil((to - least + 1) / USUAL_VALUES));
  return { name: range.name, from: step === 1 ? least : Math.max(least, step), to, step };
}

/** A number that is easy to count in. @param {number} step */
function round(step) {
  return [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000].find(n => n >= step) ?? step;
}

/** @param {Axis} axis */
export function values(axis) {
  const list = [];
  for (let value = axis.from; value <= axis.to && list.length < MOST_VALUES; value += axis.step) {
    list.push(value);
  }
  return list;
}

/** As it stands in the address: length:1-40/2. @param {Axis | null} axis */
export function axisText(axis) {
  return axis === null ? "none" : `${axis.name}:${axis.from}-${axis.to}${axis.step > 1 ? `/${axis.step}` : ""}`;
}

/** @param {Machine} machine @param {string} text @returns {Axis | null} */
function axis(machine, text) {
  const match = /^([a-z_]+):(\d+)-(\d+)(?:\/(\d+))?$/.exec(text);
  if (!match || !names(machine).includes(match[1])) {
    return null;
  }
  const [from, to, step] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 1)];
  return from >= 1 && to >= from && step >= 1 ? { name: match[1], from, to, step } : null;
}

/** @param {import("../../state.js").State} state @param {Machine} machine @returns {Plan} */
export function plan(state, machine) {
  const x = axis(machine, state.get("x")) ?? usual(machine, machine.sizes[0].name);
  const second = machine.sizes.find(range => range.name !== x.name);
  const wanted = state.get("y");
  let y = wanted === "none" ? null : axis(machine, wanted) ?? (second ? usual(machine, second.name) : null);
  y = y?.name === x.name ? null : y;
  const rows = state.number("rows", 0);
  const fixed = size(state);
  /** @type {Record<string, number>} */
  const at = {};
  for (const range of machine.sizes) {
    if (range.name !== x.name && range.name !== y?.name) {
      at[range.name] = fixed[range.name] ?? range.max;
    }
  }
  return {
    model: machine.id,
    x,
    y,
    at,
    sequences: Math.min(1000, Math.max(1, state.number("n", 10))),
    seed: state.number("seed", 1),
    rows: rows > 0 && machine.rows && x.name !== ROWS && y?.name !== ROWS ? rows : undefined,
  };
}

/** The same as the server wants it. @param {Plan} chosen */
export function question(chosen) {
  const { model, rows, at, sequences, seed, x, y } = chosen;
  return {
    model,
    rows,
    at,
    sequences,
    seed,
    x: { name: x.name, values: values(x) },
    y: y ? { name: y.name, values: values(y) } : undefined,
  };
}

/**
 * The places on an axis that training has seen, from and to, both included; null if it has seen none of them.
 * @param {Machine} machine
 * @param {Axis} along
 * @returns {[number, number] | null}
 */
export function trained(machine, along) {
  const range = along.name === ROWS
    ? { min: machine.rows ?? 0, max: machine.rows ?? 0 }
    : machine.sizes.find(r => r.name === along.name);
  const inside = values(along).map((value, i) => (range && value >= range.min && value <= range.max ? i : -1)).filter(i => i >= 0);
  return inside.length === 0 ? null : [inside[0], inside[inside.length - 1]];
}

/** Share of wrong bits. @param {Cell} cell */
export function share(cell) {
  return cell.counted_bits > 0 ? cell.bit_errors / cell.counted_bits : 0;
}

/** Bits above the best that can be expected, for each bit that counts. @param {Cell} cell */
export function excess(cell) {
  return cell.counted_bits > 0 ? Math.max(0, cell.bits - cell.optimum_bits) / cell.counted_bits : 0;
}

/** The least share that has a colour of its own, and the share of guessing. */
export const LEAST = 0.0005;
export const MOST = 0.5;
/** The palest colour of what is not exact. */
const PALEST = 0.14;

/** How dark a share is drawn, from 0 to 1: on a logarithmic scale, and never white unless it is none. @param {number} x */
export function tone(x) {
  if (x <= 0 || Number.isNaN(x)) {
    return x <= 0 ? 0 : NaN;
  }
  const t = Math.log(x / LEAST) / Math.log(MOST / LEAST);
  return PALEST + (1 - PALEST) * Math.min(1, Math.max(0, t));
}

/** @param {number} x */
export function percent(x) {
  return x === 0 ? "0 %" : `${(100 * x).toFixed(x < 0.001 ? 3 : x < 0.01 ? 2 : 1)} %`;
}
