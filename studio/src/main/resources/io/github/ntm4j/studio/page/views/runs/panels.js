/** What is drawn of runs: a panel for each figure, and what it shows of one run or of several. */
import { EVALUATION, TRAIN } from "./history.js";
import { spread } from "./spread.js";

/** @typedef {import("./history.js").History} History */
/** @typedef {import("./history.js").Point} Point */

/**
 * @typedef {object} Panel
 * @property {string} name
 * @property {string} title
 * @property {"log" | "symmetric" | "linear" | "share" | "count"} scale symmetric is linear near zero and logarithmic far from it
 * @property {number} floor what is below is drawn there
 * @property {number} train column of a point of training
 * @property {number} [evaluation] column of an evaluation
 */

/** @type {Panel[]} */
export const PANELS = [
  { name: "bits", title: "Bits per sequence", scale: "log", floor: 0.001, train: TRAIN.bits, evaluation: EVALUATION.bits },
  { name: "errors", title: "Wrong bits per sequence", scale: "symmetric", floor: 0, train: TRAIN.errors, evaluation: EVALUATION.errors },
  { name: "norm", title: "Gradient norm", scale: "log", floor: 1e-6, train: TRAIN.norm },
  { name: "rate", title: "Learning rate", scale: "linear", floor: 0, train: TRAIN.rate },
  { name: "clipped", title: "Updates clipped", scale: "share", floor: 0, train: TRAIN.clipped },
  { name: "skipped", title: "Updates skipped", scale: "count", floor: 0, train: TRAIN.skipped },
];

/** @typedef {"train" | "evaluation" | "single" | "median" | "low" | "high"} Role */

/**
 * A line of a panel.
 * @typedef {object} Line
 * @property {Role} role
 * @property {number} group
 * @property {string} label
 * @property {number[]} x
 * @property {(number | null)[]} y
 */

/**
 * Runs that are drawn in one colour.
 * @typedef {object} Group
 * @property {string} name
 * @property {History[]} runs
 */

/**
 * The lines of a panel: of a run alone, what it does in training and in evaluations; of several of one group each of them, their median
 * and the middle half.
 * @param {Panel} panel
 * @param {Group[]} groups
 * @param {number} end of the axis
 * @returns {Line[]}
 */
export function lines(panel, groups, end) {
  return groups.flatMap((group, at) => {
    const { runs } = group;
    if (runs.length === 1) {
      const [run] = runs;
      return [
        line("train", at, panel.evaluation === undefined ? "" : "training", run.train, panel.train, panel.floor),
        ...(panel.evaluation === undefined ? [] : [line("evaluation", at, "evaluation", run.evaluation, panel.evaluation, panel.floor)]),
      ];
    }
    const evaluated = panel.evaluation !== undefined && runs.every(run => run.evaluation.length > 1);
    const column = evaluated ? /** @type {number} */ (panel.evaluation) : panel.train;
    const series = runs.map(run => (evaluated ? run.evaluation : run.train));
    const { x, low, median, high } = spread(series, column, end);
    const bounded = (/** @type {(number | null)[]} */ values) => values.map(value => (value === null ? null : Math.max(value, panel.floor)));
    return [
      ...runs.map((run, i) => line("single", at, run.id, series[i], column, panel.floor)),
      { role: /** @type {Role} */ ("low"), group: at, label: "quarter", x, y: bounded(low) },
      { role: /** @type {Role} */ ("high"), group: at, label: "three quarters", x, y: bounded(high) },
      { role: /** @type {Role} */ ("median"), group: at, label: "median", x, y: bounded(median) },
    ];
  });
}

/** @param {Role} role @param {number} group @param {string} label @param {Point[]} points @param {number} column @param {number} floor @returns {Line} */
function line(role, group, label, points, column, floor) {
  return {
    role,
    group,
    label,
    x: points.map(point => point[0] ?? 0),
    y: points.map(point => {
      const value = point[column];
      return value === null || value === undefined ? null : Math.max(value, floor);
    }),
  };
}

/** @param {Panel} panel @param {number} value */
export function figure(panel, value) {
  switch (panel.scale) {
    case "share":
      return `${Math.round(100 * value)} %`;
    case "count":
      return String(Math.round(value));
    default:
      if (value !== 0 && (Math.abs(value) >= 1e5 || Math.abs(value) < 0.01)) {
        return Number(value.toPrecision(2)).toExponential();
      }
      return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
  }
}
