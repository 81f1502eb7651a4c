/**
 * A heat map: a canvas with one pixel a cell, enlarged by the browser without smoothing, so that drawing costs what the cells cost and
 * nothing more.
 */
import { h } from "./dom.js";
import { LEVELS, level, table } from "./colour.js";

/**
 * What a heat map shows.
 * @typedef {object} Cells
 * @property {number} columns
 * @property {number} rows
 * @property {(column: number, row: number) => number} value NaN where there is none
 * @property {import("./colour.js").Scale} scale
 * @property {number} range the value of the last colour
 * @property {(row: number) => number} [rowNumber] what a row is called, if not by its place
 * @property {(cells: Cells) => string} [inWords] the same for those who do not see it
 * @property {string} [note] is written over the cells, which are drawn faintly
 */

/** How long a picture has to stay as it is before it is put into words, in milliseconds. */
const SETTLED = 150;

/** A difference below this share of the range has the colour of none. */
const VISIBLE = 0.5 / LEVELS;

/**
 * What to draw of a difference: itself, or, where there is none that can be seen, the original with a word about it.
 * @param {Cells} difference
 * @param {Cells} original
 * @returns {Cells}
 */
export function differenceOr(difference, original) {
  let most = 0;
  for (let column = 0; column < difference.columns; column++) {
    for (let row = 0; row < difference.rows; row++) {
      const value = Math.abs(difference.value(column, row));
      most = value > most ? value : most;
    }
  }
  if (most > VISIBLE * difference.range) {
    return difference;
  }
  // Rounded up, so that it is true.
  const digit = 10 ** Math.floor(Math.log10(most));
  return { ...original, note: most === 0 ? "no difference" : `no difference above ${Number((Math.ceil(most / digit) * digit).toPrecision(1))}` };
}

export class Heatmap {
  /**
   * @param {string} label for those who do not see it
   * @param {string} [kind] further class names
   */
  constructor(label, kind = "") {
    this.label = label;
    this.canvas = h("canvas", { "aria-label": label, role: "img" });
    this.note = h("div", { class: "heat-note hidden" });
    this.telling = 0;
    this.root = h("div", { class: `heat ${kind}` }, this.canvas, this.note);
    /** @type {Cells | null} */
    this.cells = null;
    /** @type {ImageData | null} */
    this.image = null;
    /** The cell that the keyboard is at. */
    this.at = { column: 0, row: 0 };
    this.cursor = h("div", { class: "cell hidden", "aria-hidden": "true" });
  }

  /**
   * Lets the keyboard choose a cell: arrow keys move, Enter uses it.
   * @param {(column: number, row: number) => void} use
   * @param {(column: number, row: number) => void} [look] a cell was moved to
   */
  takeKeys(use, look) {
    this.root.append(this.cursor);
    this.canvas.tabIndex = 0;
    this.canvas.addEventListener("blur", () => this.cursor.classList.add("hidden"));
    this.canvas.addEventListener("keydown", event => {
      const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (event.ctrlKey || event.metaKey || event.altKey || (!move && event.key !== "Enter")) {
        return;
      }
      if (move) {
        this.moveTo(this.at.column + move[0], this.at.row + move[1]);
        look?.(this.at.column, this.at.row);
      } else {
        this.moveTo(this.at.column, this.at.row);
        use(this.at.column, this.at.row);
      }
      event.preventDefault();
      event.stopPropagation();
    });
  }

  /** Puts the keyboard's cell somewhere, and shows it. @param {number} column @param {number} row */
  moveTo(column, row) {
    const columns = this.cells?.columns ?? 1;
    const rows = this.cells?.rows ?? 1;
    this.at = { column: Math.min(columns - 1, Math.max(0, column)), row: Math.min(rows - 1, Math.max(0, row)) };
    const [width, height] = [100 / columns, 100 / rows];
    this.cursor.classList.remove("hidden");
    this.cursor.style.cssText = `left:${this.at.column * width}%;top:${this.at.row * height}%;width:${width}%;height:${height}%`;
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
    this.root.classList.toggle("faint", Boolean(cells.note));
    this.note.textContent = cells.note ?? "";
    this.note.classList.toggle("hidden", !cells.note);
    this.describe();
  }

  /** Says what is shown, once it stays. */
  describe() {
    clearTimeout(this.telling);
    if (this.cells?.inWords && this.canvas.getAttribute("aria-hidden") !== "true") {
      this.telling = setTimeout(() => {
        const { cells } = this;
        this.canvas.setAttribute("aria-label", `${this.label}: ${cells?.note ? `${cells.note}; ` : ""}${cells?.inWords?.(cells) ?? ""}`);
      }, SETTLED);
    }
  }

  /** Shows nothing. */
  clear() {
    clearTimeout(this.telling);
    this.cells = null;
    this.canvas.getContext("2d")?.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.canvas.setAttribute("aria-label", `${this.label}: nothing is shown`);
    this.note.classList.add("hidden");
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
