/** Pictures in words, for those who do not see them: what is drawn, from the same numbers. */

/** @typedef {import("./heatmap.js").Cells} Cells */

/** More stretches than this are too many to be listened to. */
const STRETCHES = 5;
/** A weight from which on a head is said to be on a row. */
const FOCUSED = 0.4;
/** A cell is said to hold something from this share of the range on. */
const HOLDS = 0.25;

/** @param {number} n @param {string} one @param {string} [many] */
export function counted(n, one, many = `${one}s`) {
  return `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}

/** Numbers in order as stretches: 3 to 7, 9. @param {number[]} list */
export function stretches(list) {
  /** @type {[number, number][]} */
  const parts = [];
  for (const n of list) {
    const last = parts.at(-1);
    if (last && last[1] === n - 1) {
      last[1] = n;
    } else {
      parts.push([n, n]);
    }
  }
  const said = parts.slice(0, STRETCHES).map(([from, to]) => (from === to ? String(from) : `${from} to ${to}`)).join(", ");
  return parts.length > STRETCHES ? `${said} and ${parts.length - STRETCHES} more stretches` : said;
}

/**
 * How many cells are on. Cells without a value do not count.
 * @param {Cells} cells
 */
export function bitsInWords({ columns, rows, value }) {
  let on = 0;
  let all = 0;
  let steps = 0;
  for (let column = 0; column < columns; column++) {
    let there = false;
    for (let row = 0; row < rows; row++) {
      const v = value(column, row);
      if (!Number.isNaN(v)) {
        there = true;
        all++;
        on += v >= 0.5 ? 1 : 0;
      }
    }
    steps += there ? 1 : 0;
  }
  return all === 0 ? "nothing counts" : `${on} of ${counted(all, "bit")} are 1, in ${counted(steps, "step")} of ${columns}`;
}

/** Which bits are wrong. @param {Cells} cells of output minus target */
export function errorsInWords({ columns, rows, value }) {
  let wrong = 0;
  let all = 0;
  const where = [];
  for (let column = 0; column < columns; column++) {
    let here = 0;
    for (let row = 0; row < rows; row++) {
      const v = value(column, row);
      if (!Number.isNaN(v)) {
        all++;
        here += Math.abs(v) >= 0.5 ? 1 : 0;
      }
    }
    wrong += here;
    if (here > 0) {
      where.push(column);
    }
  }
  if (all === 0) {
    return "nothing counts";
  }
  return wrong === 0 ? `none of ${counted(all, "bit")} is wrong` : `${wrong} of ${counted(all, "bit")} are wrong, at ${where.length === 1 ? "step" : "steps"} ${stretches(where)}`;
}

/** Where a head is. @param {Cells} cells a weighting for each column */
export function pathInWords(cells) {
  const { columns, rows, value } = cells;
  const name = (/** @type {number} */ row) => cells.rowNumber?.(row) ?? row;
  /** @type {{from: number, to: number, first: number, last: number, stride: number | null, row: number}[]} */
  const parts = [];
  for (let column = 0; column < columns; column++) {
    let row = -1;
    let most = FOCUSED;
    for (let i = 0; i < rows; i++) {
      const v = value(column, i);
      if (v >= most) {
        most = v;
        row = i;
      }
    }
    const last = parts.at(-1);
    const stride = last && last.row >= 0 && row >= 0 ? row - last.row : null;
    const goes = last !== undefined && (row < 0 ? last.row < 0 : stride !== null && Math.abs(stride) <= 1 && (last.stride === null || last.stride === stride));
    if (last && goes) {
      Object.assign(last, { to: column, last: row, stride, row });
    } else {
      parts.push({ from: column, to: column, first: row, last: row, stride: null, row });
    }
  }
  const steps = (/** @type {number} */ from, /** @type {number} */ to) => (from === to ? `step ${from}` : `steps ${from} to ${to}`);
  const said = parts.slice(0, STRETCHES).map(part => part.row < 0
    ? `${steps(part.from, part.to)}: on no row in particular`
    : `${steps(part.from, part.to)}: ${part.first === part.last ? `row ${name(part.first)}` : `row ${name(part.first)} to row ${name(part.last)}`}`).join("; ");
  return parts.length > STRETCHES ? `${said}; and ${parts.length - STRETCHES} more moves` : said;
}

/** Which rows hold something, and the extremes. @param {Cells} cells */
export function valuesInWords(cells) {
  const { columns, rows, value, range } = cells;
  let low = Infinity;
  let high = -Infinity;
  const full = [];
  for (let row = 0; row < rows; row++) {
    let most = 0;
    for (let column = 0; column < columns; column++) {
      const v = value(column, row);
      if (!Number.isNaN(v)) {
        low = Math.min(low, v);
        high = Math.max(high, v);
        most = Math.max(most, Math.abs(v));
      }
    }
    if (most >= HOLDS * range) {
      full.push(cells.rowNumber?.(row) ?? row);
    }
  }
  if (low > high) {
    return "no values";
  }
  const extremes = low === high ? `all ${figure(low)}` : `from ${figure(low)} to ${figure(high)}`;
  return full.length === 0
    ? `about nothing in ${counted(rows, "row")}, ${extremes}`
    : `something in ${full.length} of ${counted(rows, "row")}: ${stretches(full)}; ${extremes}`;
}

/** What passes along the steps: where it is strongest. @param {Cells} cells */
export function vectorsInWords({ columns, rows, value }) {
  let strongest = 0;
  let at = 0;
  for (let column = 0; column < columns; column++) {
    let squares = 0;
    for (let row = 0; row < rows; row++) {
      const v = value(column, row);
      squares += Number.isNaN(v) ? 0 : v * v;
    }
    if (squares > strongest) {
      strongest = squares;
      at = column;
    }
  }
  return strongest === 0 ? "nothing in any step" : `a vector of ${rows} for each of ${counted(columns, "step")}, the longest at step ${at}: ${figure(Math.sqrt(strongest))}`;
}

/** Bars: how many, their extremes and the greatest. @param {ArrayLike<number>} values @param {(index: number) => number | string} number */
export function barsInWords(values, number) {
  if (values.length === 0) {
    return "nothing";
  }
  let low = 0;
  let high = 0;
  for (let i = 1; i < values.length; i++) {
    low = values[i] < values[low] ? i : low;
    high = values[i] > values[high] ? i : high;
  }
  return `${counted(values.length, "value")}, the greatest ${figure(values[high])} at ${number(high)}, the least ${figure(values[low])} at ${number(low)}`;
}

/** @param {number} x */
function figure(x) {
  return String(Math.round(x * 100) / 100).replace("-", "−");
}
