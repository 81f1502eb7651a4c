/** What the page knows of the course of a run: points from the server, and those that come while it trains, in bounded room. */

/** Points of a series, at most; when there are more, each two neighbours become one. */
const MOST = 4000;

/** A number, or nothing where a measurement was not finite. @typedef {number | null} Figure */

/**
 * Sequences, bits, errors, learning rate, gradient norm, share of clipped updates, skipped updates; or sequences, bits, errors, optimum,
 * exact and evaluated sequences.
 * @typedef {Figure[]} Point
 */

/** The columns of a point of training. */
export const TRAIN = { bits: 1, errors: 2, rate: 3, norm: 4, clipped: 5, skipped: 6 };
/** The columns of an evaluation. */
export const EVALUATION = { bits: 1, errors: 2, optimum: 3 };

/** Columns of training of which the last value counts where points are merged. */
const LAST = new Set([0, TRAIN.rate, TRAIN.skipped]);

export class History {
  /** @param {string} id */
  constructor(id) {
    this.id = id;
    /** @type {Point[]} */
    this.train = [];
    /** @type {Point[]} */
    this.evaluation = [];
    /** @type {number | null} */
    this.solved = null;
    /** @type {number[]} */
    this.relapses = [];
    /** @type {[number, number | null][]} */
    this.plateaus = [];
    this.sequences = 0;
  }

  /** @param {any} metrics as the server tells them */
  replace(metrics) {
    this.train = metrics.train;
    this.evaluation = metrics.evaluation;
    this.solved = metrics.solved;
    this.relapses = metrics.relapses;
    this.plateaus = metrics.plateaus;
    this.sequences = metrics.sequences;
  }

  /**
   * Takes what a running training has come to.
   * @param {any} progress
   * @returns {boolean} whether it goes on from here; if not, it went back to a checkpoint, and all is to be asked for again
   */
  extend(progress) {
    if (progress.sequences < (this.train.at(-1)?.[0] ?? 0)) {
      return false;
    }
    this.sequences = progress.sequences;
    push(this.train, progress.train, LAST);
    push(this.evaluation, progress.evaluation, new Set([0]));
    this.solved = progress.solved;
    if (progress.relapse !== null && progress.relapse > (this.relapses.at(-1) ?? -1)) {
      this.relapses.push(progress.relapse);
      this.relapses.splice(0, this.relapses.length - 500);
    }
    if (progress.plateau !== null) {
      const known = this.plateaus.findIndex(band => band[0] === progress.plateau[0]);
      if (known >= 0) {
        this.plateaus[known] = progress.plateau;
      } else {
        this.plateaus.push(progress.plateau);
        this.plateaus.splice(0, this.plateaus.length - 500);
      }
    }
    return true;
  }
}

/** @param {Point[]} series @param {Point | null} point @param {Set<number>} last */
function push(series, point, last) {
  if (point === null || (point[0] ?? 0) <= (series.at(-1)?.[0] ?? -1)) {
    return;
  }
  series.push(point);
  if (series.length > MOST) {
    const half = series.length >> 1;
    for (let i = 0; i < half; i++) {
      series[i] = merged(series[2 * i], series[2 * i + 1], last);
    }
    series.splice(half, half);
  }
}

/** @param {Point} first @param {Point} second @param {Set<number>} last @returns {Point} */
function merged(first, second, last) {
  return second.map((value, i) => {
    const other = first[i];
    return last.has(i) || other === null ? value : value === null ? other : (value + other) / 2;
  });
}
