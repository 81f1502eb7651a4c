/**
 * A heat map: a canvas with one pixel a cell, enlarged by the browser without smoothing, so that drawing costs what the cells cost and
 * nothing more.
 */
import { h } from "./dom.js";
import { level, table } from "./colour.js";

/**
 * What a heat map shows.
 * @typedef {object} Cells
 * @property {number} columns
 * @property {number} rows
 * @property {(column: number, row: number) => number} value NaN where there is none
 * @property {import("./colour.js").Scale} scale
 * @property {number} range the value of the last colour
 * @property {(row: number) => number} [rowNumber] what a row is called, if not by its place
 */

export class Heatmap {
  /**
   * @param {string} label for those who do not see it
   * @param {string} [kind] further class names
   */
  constructor(label, kind = "") {
    this.canvas = h("canvas", { "aria-label": label, role: "img" });
    this.root = h("div", { class: `heat ${kind}` }, this.canvas);
    /** @type {Cells | null} */
    this.cells = null;
    /** @type {ImageData | null} */
    this.image = null;
  }

  /** @param {Cells} cells */
  draw(cells) {
    this.cells = cells;
    const { columns, rows, scale, range } = cells;
    const { canvas } = this;
    if (canvas.width !== columns || canvas.height !== rows || !this.image) {
      canvas.width = Math.max(1, columns);
      canvas.height = Math.max(1, rows);
      this.image = new ImageData(canvas.width, canvas.height);
    }
    const pixels = this.image.data;
    const colours = table(scale);
    let at = 0;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++, at += 4) {
        const value = cells.value(column, row);
        if (Number.isNaN(value)) {
          pixels[at] = pixels[at + 1] = pixels[at + 2] = 128;
          pixels[at + 3] = 40;
          continue;
        }
        const from = 4 * level(scale, value, range);
        pixels[at] = colours[from];
        pixels[at + 1] = colours[from + 1];
        pixels[at + 2] = colours[from + 2];
        pixels[at + 3] = 255;
      }
    }
    const context = canvas.getContext("2d");
    context?.putImageData(this.image, 0, 0);
  }

  /** Draws again, in the colours of the present theme. */
  redraw() {
    if (this.cells) {
      this.draw(this.cells);
    }
  }

  /**
   * The cell under the pointer.
   * @param {MouseEvent} event
   * @returns {{column: number, row: number}}
   */
  cellAt(event) {
    const box = this.canvas.getBoundingClientRect();
    const columns = this.cells?.columns ?? 1;
    const rows = this.cells?.rows ?? 1;
    const clamp = (/** @type {number} */ x, /** @type {number} */ n) => Math.min(n - 1, Math.max(0, Math.floor(x)));
    return {
      column: clamp(((event.clientX - box.left) / box.width) * columns, columns),
      row: clamp(((event.clientY - box.top) / box.height) * rows, rows),
    };
  }
}
