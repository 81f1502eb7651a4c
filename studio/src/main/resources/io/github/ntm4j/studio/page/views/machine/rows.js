/** Which rows of the memory are shown, and where. The memory is a ring: the last row lies before the first. */

/** @typedef {import("../../trace.js").Trace} Trace */

/**
 * Some rows of the ring, one after the other.
 * @typedef {object} Window
 * @property {number} from the first row
 * @property {number} count how many
 * @property {number} rows how many there are in all
 */

/** A head looks at a row if it gives it this much of its weight. */
const SEEN = 0.1;
const LEAST = 12;
/** Rows before and after them that are shown, too. */
const AROUND = 2;

/** The rows that are shown of each store, by its name. @typedef {Map<string, Window>} Windows */

/**
 * The rows that are shown of each store.
 * @param {Trace} trace
 * @param {boolean} all
 * @returns {Windows}
 */
export function windowsOf(trace, all) {
  return new Map(trace.stores.map(store => [store.at, rowWindow(trace, all, store.at, store.rows ?? 0)]));
}

/**
 * The window that a signal is seen through, if it is over rows.
 * @param {Windows} windows
 * @param {import("../../trace.js").Signal} signal
 */
export function windowFor(windows, signal) {
  return windows.get(signal.over ?? signal.at);
}

/**
 * The rows that the heads look at, and two around them: all but the longest stretch of the ring that no head looks at. Beyond the first and
 * the last row there is more only for heads that went there.
 * @param {Trace} trace
 * @param {boolean} all
 * @param {string} store
 * @param {number} rows of the store
 * @returns {Window}
 */
function rowWindow(trace, all, store, rows) {
  const whole = { from: 0, count: rows, rows };
  if (all || rows <= LEAST) {
    return whole;
  }
  const seen = new Uint8Array(rows);
  for (const head of trace.heads.filter(each => each.over === store)) {
    const weights = trace.array(head.at);
    for (let i = 0; i < weights.length; i++) {
      if (weights[i] > SEEN) {
        seen[i % rows] = 1;
      }
    }
  }
  const used = ring(seen);
  if (used.count === 0 || Math.max(LEAST, used.count + 2 * AROUND) >= rows) {
    return whole;
  }
  if (used.from + used.count > rows) {
    return { from: (used.from - AROUND + rows) % rows, count: Math.max(LEAST, used.count + 2 * AROUND), rows };
  }
  const from = Math.max(0, used.from - AROUND);
  const count = Math.max(LEAST, Math.min(rows, used.from + used.count + AROUND) - from);
  return { from: Math.min(from, rows - count), count, rows };
}

/**
 * Rows that are enough for several traces of stores of the same size.
 * @param {Windows[]} all
 * @returns {Windows}
 */
export function union(all) {
  /** @type {Windows} */
  const joint = new Map(all[0]);
  for (const [store, { rows }] of joint) {
    const seen = new Uint8Array(rows);
    for (const windows of all) {
      const window = windows.get(store);
      for (let i = 0; window && i < window.count; i++) {
        seen[rowAt(window, i)] = 1;
      }
    }
    joint.set(store, ring(seen));
  }
  return joint;
}

/**
 * All rows of a ring but the longest stretch of it that nobody has seen.
 * @param {Uint8Array} seen 1 for each row that somebody has
 * @returns {Window} of no rows if nobody has seen any
 */
export function ring(seen) {
  const rows = seen.length;
  let longest = 0;
  let after = 0;
  let run = 0;
  for (let i = 0; i < 2 * rows; i++) {
    run = seen[i % rows] ? 0 : run + 1;
    if (run > longest && run <= rows) {
      longest = run;
      after = (i + 1) % rows;
    }
  }
  return { from: longest === 0 ? 0 : after, count: rows - longest, rows };
}

/** The row at a place in the window. @param {Window} window @param {number} place */
export function rowAt(window, place) {
  return (window.from + place) % window.rows;
}

/**
 * What belongs to the rows in the window.
 * @param {ArrayLike<number>} values one for each row of the memory
 * @param {Window} window
 */
export function shown(values, window) {
  const part = new Float32Array(window.count);
  for (let i = 0; i < window.count; i++) {
    part[i] = values[rowAt(window, i)];
  }
  return part;
}
