/** What is drawn of a trace along its steps: what the machine saw and said, and the signals that it shows. Pictures of all views are of this list. */
import { bitsInWords, errorsInWords, pathInWords, vectorsInWords } from "./describe.js";
import { rowAt, windowFor } from "./views/machine/rows.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./trace.js").Signal} Signal */
/** @typedef {import("./views/machine/rows.js").Windows} Windows */

/**
 * @typedef {object} Track
 * @property {string} title
 * @property {string} name of the array
 * @property {"bits" | "error" | "weighting" | "vector" | "distribution" | "number"} kind
 * @property {"unit" | "signed"} scale
 * @property {number} range the value of the last colour
 * @property {number} channels
 * @property {import("./views/machine/rows.js").Window} [window] of what is over rows
 * @property {string[]} [labels] of the channels
 * @property {string} [group] what it belongs to
 */

/** The usual scale of numbers without a range of their own, so that pictures can be compared. */
const VECTOR_RANGE = 1;
/** So many of those that can be seen at all, as a share, may be beyond the scale and take its last colour. */
const BEYOND = 0.05;
const SEEN = 0.01;
/** Who may be set beyond this has no range of its own. */
export const UNLIMITED = 1e6;

/** @param {string} text */
export function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** @type {WeakMap<Trace, Map<string, number>>} */
const reaches = new WeakMap();

/**
 * How far the scale of an array goes: as usual, or to the first of 2, 5, 10, 20 and so on that nearly all its numbers stay below.
 * @param {Trace} trace
 * @param {string} name
 */
export function reachOf(trace, name) {
  const known = reaches.get(trace) ?? new Map();
  reaches.set(trace, known);
  let reach = known.get(name);
  if (reach === undefined) {
    const sizes = trace.array(name).map(Math.abs).filter(size => size > SEEN && size < Infinity).sort();
    const most = sizes[Math.ceil(sizes.length * (1 - BEYOND)) - 1] ?? 0;
    reach = VECTOR_RANGE;
    for (let i = 1; reach < most; i++) {
      reach = VECTOR_RANGE * [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3);
    }
    known.set(name, reach);
  }
  return reach;
}

/** From where to where a signal is drawn: its own range, or what a trace has of it. @param {Signal} signal @param {Trace} trace */
export function rangeOf(signal, trace) {
  const reach = trace.has(signal.at) ? reachOf(trace, signal.at) : VECTOR_RANGE;
  return {
    low: signal.low <= -UNLIMITED ? -reach : signal.low,
    high: signal.high >= UNLIMITED ? Math.max(reach, signal.low + 1) : signal.high,
  };
}

/** Whether a trace draws a signal along its steps. @param {Trace} trace @param {Signal} signal */
function isDrawn(trace, signal) {
  return !signal.detail && signal.kind !== "store" && trace.has(signal.at);
}

/**
 * What the machine saw, should have said and said.
 * @param {Trace} trace
 * @returns {Track[]}
 */
function data(trace) {
  const inputs = trace.array("input");
  const signed = inputs.some(x => x < 0);
  const range = signed ? inputs.reduce((most, x) => Math.max(most, Math.abs(x)), 1) : 1;
  /** @type {Track[]} */
  const tracks = [{ title: "Input", name: "input", kind: "bits", scale: signed ? "signed" : "unit", range, channels: trace.inputs }];
  if (trace.has("target")) {
    tracks.push({ title: "Target", name: "target", kind: "bits", scale: "unit", range: 1, channels: trace.outputs });
  }
  tracks.push({ title: "Output", name: "output", kind: "bits", scale: "unit", range: 1, channels: trace.outputs });
  if (trace.has("target")) {
    tracks.push({ title: "Error", name: "output", kind: "error", scale: "signed", range: 1, channels: trace.outputs });
  }
  return tracks;
}

/**
 * The track of a signal.
 * @param {Trace} trace
 * @param {Signal} signal
 * @param {Windows} windows
 * @returns {Track}
 */
function trackOf(trace, signal, windows) {
  const { low, high } = rangeOf(signal, trace);
  const window = signal.over ? windowFor(windows, signal) : undefined;
  const kind = signal.over ? "weighting" : /** @type {"vector" | "distribution" | "number"} */ (signal.kind);
  return {
    title: `${capital(signal.group)}: ${signal.title.toLowerCase()}`,
    name: signal.at,
    kind,
    scale: kind === "distribution" || (low >= 0 && high <= 1) ? "unit" : "signed",
    range: kind === "distribution" ? 1 : Math.max(Math.abs(low), Math.abs(high)),
    channels: window ? window.count : signal.size ?? 1,
    window,
    labels: signal.labels,
    group: signal.group,
  };
}

/** Those who write come first, as they do in time, then those who read, then what belongs to no head. @param {Trace} trace */
function groupsInTime(trace) {
  const heads = [...new Set(trace.heads.map(signal => signal.group))];
  return [...heads, ...trace.groups.filter(group => !heads.includes(group))];
}

/**
 * All that is drawn along the steps; of a group, what passes before where it looks.
 * @param {Trace} trace
 * @param {Windows} windows
 * @returns {Track[]}
 */
export function allTracks(trace, windows) {
  const tracks = data(trace);
  for (const group of groupsInTime(trace)) {
    const drawn = trace.of(group).filter(signal => isDrawn(trace, signal));
    for (const signal of [...drawn.filter(each => !each.over), ...drawn.filter(each => each.over)]) {
      tracks.push(trackOf(trace, signal, windows));
    }
  }
  return tracks;
}

/**
 * What shows best what a machine has learned: what it said, and what is over rows; where nothing is, the rest. A head is called by its name.
 * @param {Trace} trace
 * @param {Windows} windows
 * @param {boolean} withInput
 * @returns {Track[]}
 */
export function gist(trace, windows, withInput) {
  const all = allTracks(trace, windows);
  const shown = all.filter(track => track.group);
  const over = shown.filter(track => track.kind === "weighting");
  const chosen = over.length > 0 ? over : shown;
  const isHead = (/** @type {Track} */ track) => trace.head(track.group ?? "") !== undefined;
  return [
    ...all.filter(track => !track.group && (withInput || track.name !== "input")),
    ...chosen.map(track => (isHead(track) && chosen.filter(other => other.group === track.group).length === 1 ? { ...track, title: capital(track.group ?? "") } : track)),
  ];
}

/**
 * The number of a track at a step and a channel; none where the answer does not count.
 * @param {Trace} trace
 * @param {Track} track
 * @returns {(column: number, row: number) => number}
 */
export function valueOf(trace, track) {
  const numbers = trace.array(track.name);
  const width = trace.shape(track.name)[1] ?? 1;
  const { window } = track;
  const at = (/** @type {number} */ column, /** @type {number} */ row) => column * width + (window ? rowAt(window, row) : row);
  const answers = track.name === "output" || track.name === "target";
  const target = track.kind === "error" ? trace.array("target") : null;
  return (column, row) => {
    if (answers && !trace.counts(column)) {
      return NaN;
    }
    return target ? numbers[at(column, row)] - target[at(column, row)] : numbers[at(column, row)];
  };
}

/** What a channel of a track stands for. @param {Track} track @param {number} row */
export function placeOf(track, row) {
  return track.window ? `row ${rowAt(track.window, row)}` : track.labels?.[row] ?? `channel ${row}`;
}

/**
 * A track as a picture.
 * @param {Trace} trace
 * @param {Track} track
 * @returns {import("./heatmap.js").Cells}
 */
export function cellsOf(trace, track) {
  const { window } = track;
  return {
    columns: trace.steps,
    rows: track.channels,
    scale: track.scale,
    range: track.range,
    rowNumber: window ? row => rowAt(window, row) : undefined,
    inWords: IN_WORDS[track.kind],
    value: valueOf(trace, track),
  };
}

/** @type {Record<Track["kind"], (cells: import("./heatmap.js").Cells) => string>} */
const IN_WORDS = {
  bits: bitsInWords, error: errorsInWords, weighting: pathInWords, vector: vectorsInWords, distribution: vectorsInWords, number: vectorsInWords,
};
