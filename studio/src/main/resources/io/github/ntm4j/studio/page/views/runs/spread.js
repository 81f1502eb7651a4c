/** Several runs as one curve: the median and the middle half of them. */

/** @typedef {import("./history.js").Point} Point */

/** Places on the axis at which runs are compared, at most. */
const PLACES = 200;

/**
 * The course of several runs, at the places where any of them has a point, or at even distances if those are many. A run has at a place
 * the mean of its points since the place before, or what it had before; before its first point it does not count, and one that has ended
 * keeps what it had at its end.
 * @param {Point[][]} runs a series for each
 * @param {number} column of the points
 * @param {number} end of the axis
 * @returns {{x: number[], low: (number | null)[], median: (number | null)[], high: (number | null)[]}}
 */
export function spread(runs, column, end) {
  const own = [...new Set(runs.flatMap(points => points.map(point => point[0] ?? 0)))].sort((a, b) => a - b);
  const x = own.length <= PLACES ? own : Array.from({ length: PLACES }, (_, i) => ((i + 1) * end) / PLACES);
  const courses = runs.map(points => course(points, column, x));
  const quantiles = (/** @type {number} */ share) => x.map((_, i) => quantile(courses.map(all => all[i]).filter(value => value !== null), share));
  return { x, low: quantiles(0.25), median: quantiles(0.5), high: quantiles(0.75) };
}

/** @param {Point[]} points @param {number} column @param {number[]} places @returns {(number | null)[]} */
function course(points, column, places) {
  let at = 0;
  let known = /** @type {number | null} */ (null);
  return places.map(place => {
    let sum = 0;
    let count = 0;
    for (; at < points.length && (points[at][0] ?? 0) <= place + 1e-9; at++) {
      const value = points[at][column];
      if (value !== null) {
        sum += value;
        count++;
      }
    }
    known = count > 0 ? sum / count : known;
    return known;
  });
}

/** @param {number[]} values @param {number} share @returns {number | null} */
function quantile(values, share) {
  if (values.length === 0) {
    return null;
  }
  const sorted = values.sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
