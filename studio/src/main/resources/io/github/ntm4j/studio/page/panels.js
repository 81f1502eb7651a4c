/** Pictures of one trace above each other, with one time axis and a line at a step. */
import { pathInWords } from "./describe.js";
import { fill, h } from "./dom.js";
import { Heatmap } from "./heatmap.js";
import { offerPicture, svgOf } from "./share.js";
import { cellsOf, gist, placeOf } from "./signals.js";
import { rowAt, windowFor } from "./views/machine/rows.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./heatmap.js").Cells} Cells */
/** @typedef {import("./views/machine/rows.js").Windows} Windows */

/**
 * @typedef {object} Panel
 * @property {string} title
 * @property {"bits" | "weighting" | "vector" | "distribution" | "number"} kind
 * @property {Cells} cells a column for each step
 * @property {(row: number) => string} place what a row stands for
 */

export class Panels {
  /**
   * @param {string} label for those who do not see it
   * @param {object} hands
   * @param {(step: number | null) => void} hands.point the pointer is at a step, or gone
   * @param {(text: string) => void} hands.tell what lies under it
   */
  constructor(label, hands) {
    this.hands = hands;
    this.label = label;
    this.list = h("div", { class: "panel-list" });
    this.line = h("div", { class: "panel-now hidden", "aria-hidden": "true" });
    this.axis = h("div", { class: "time-axis", "aria-hidden": "true" });
    this.root = h("div", { class: "panels", role: "group", "aria-label": label, tabIndex: 0 }, this.list, this.axis);
    /** @type {Map<string, Heatmap>} */
    this.maps = new Map();
    /** @type {Panel[]} */
    this.panels = [];
    this.steps = 1;
    this.layout = "";
  }

  /** @param {Panel[]} panels @param {number} steps */
  draw(panels, steps) {
    this.panels = panels;
    const layout = panels.map(p => `${p.title}/${p.kind}/${p.cells.rows}`).join("|");
    if (layout !== this.layout) {
      this.layout = layout;
      this.lay();
    }
    if (steps !== this.steps || this.axis.childElementCount === 0) {
      this.steps = steps;
      fill(this.axis, ...stepTicks(steps));
    }
    this.redraw();
  }

  lay() {
    this.maps.clear();
    fill(this.list, ...this.panels.map(panel => {
      const map = new Heatmap(`${panel.title}, over the steps of the sequence`);
      this.maps.set(panel.title, map);
      const { title } = panel;
      offerPicture(map.canvas, () => `${this.label}: ${title}`, () => {
        const shown = this.panels.find(each => each.title === title);
        return shown ? svgOf(`${this.label}: ${title}`, shown.cells) : "";
      });
      map.canvas.addEventListener("pointermove", event => this.under(panel.title, map, event));
      map.canvas.addEventListener("pointerleave", () => {
        this.hands.point(null);
        this.hands.tell("");
      });
      return h(
        "div",
        { class: `panel ${panel.kind === "number" ? "single" : panel.kind}`, "data-panel": panel.title, style: `--channels:${panel.cells.rows}` },
        h("div", { class: "track-label" }, panel.title),
        map.root,
      );
    }), this.line);
  }

  /** @param {string} title @param {Heatmap} map @param {PointerEvent} event */
  under(title, map, event) {
    const panel = this.panels.find(p => p.title === title);
    if (panel) {
      const box = map.canvas.getBoundingClientRect();
      const { columns, rows } = panel.cells;
      const column = Math.min(columns - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * columns)));
      const row = Math.min(rows - 1, Math.max(0, Math.floor(((event.clientY - box.top) / box.height) * rows)));
      const value = panel.cells.value(column, row);
      this.hands.point(column);
      this.hands.tell(`${panel.title}, step ${column}, ${panel.place(row)}: ${Number.isNaN(value) ? "does not count" : value.toFixed(3)}`);
    }
  }

  /** @param {number | null} step */
  mark(step) {
    this.line.classList.toggle("hidden", step === null || step >= this.steps);
    if (step !== null) {
      this.root.style.setProperty("--now", String(step / this.steps));
      this.root.style.setProperty("--one", String(1 / this.steps));
    }
  }

  redraw() {
    for (const panel of this.panels) {
      const map = this.maps.get(panel.title);
      if (map) {
        const { clientWidth, clientHeight } = map.root;
        const { cells } = panel;
        const drawn = pooled(cells, Math.max(60, clientWidth), Math.max(20, clientHeight));
        // It is told as it is, and not as it has room.
        map.draw({ ...drawn, inWords: () => cells.inWords?.(cells) ?? "" });
      }
    }
  }
}

/** @param {number} steps */
function stepTicks(steps) {
  const every = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find(n => steps / n <= 12) ?? 10000;
  const ticks = [];
  for (let step = 0; step < steps; step += every) {
    ticks.push(h("span", { style: `left:${((step + 0.5) / steps) * 100}%` }, String(step)));
  }
  return ticks;
}

/**
 * The same in fewer cells where there are more than pixels: of those that fall together the one farthest from zero is kept, so that a
 * single bright cell does not get lost.
 * @param {Cells} cells
 * @param {number} most columns
 * @param {number} mostRows
 * @returns {Cells}
 */
export function pooled(cells, most, mostRows) {
  const columns = Math.min(cells.columns, Math.floor(most));
  const rows = Math.min(cells.rows, Math.floor(mostRows));
  if (columns === cells.columns && rows === cells.rows) {
    return cells;
  }
  return {
    ...cells,
    columns,
    rows,
    value(column, row) {
      let far = NaN;
      const lastColumn = Math.max(Math.floor((column * cells.columns) / columns) + 1, Math.floor(((column + 1) * cells.columns) / columns));
      const lastRow = Math.max(Math.floor((row * cells.rows) / rows) + 1, Math.floor(((row + 1) * cells.rows) / rows));
      for (let c = Math.floor((column * cells.columns) / columns); c < lastColumn; c++) {
        for (let r = Math.floor((row * cells.rows) / rows); r < lastRow; r++) {
          const value = cells.value(c, r);
          if (Number.isNaN(far) || Math.abs(value) > Math.abs(far)) {
            far = value;
          }
        }
      }
      return far;
    },
  };
}

/**
 * Where heads look that do the same; of several heads the one that looks most.
 * @param {Trace} trace
 * @param {import("./trace.js").Signal[]} heads over one store
 * @param {Windows} windows
 * @returns {Cells | null} nothing where there is no such head
 */
export function weightings(trace, heads, windows) {
  const window = heads.length > 0 ? windowFor(windows, heads[0]) : undefined;
  if (!window) {
    return null;
  }
  const all = heads.filter(head => head.over === heads[0].over).map(head => trace.array(head.at));
  return {
    columns: trace.steps,
    rows: window.count,
    scale: "unit",
    range: 1,
    rowNumber: row => rowAt(window, row),
    inWords: pathInWords,
    value(column, row) {
      const at = column * window.rows + rowAt(window, row);
      let most = 0;
      for (const weights of all) {
        most = Math.max(most, weights[at]);
      }
      return most;
    },
  };
}

/**
 * The pictures of a trace, as far as it has them.
 * @param {Trace} trace
 * @param {Windows} windows rows of the stores
 * @param {boolean} withInput
 * @returns {Panel[]}
 */
export function panelsOf(trace, windows, withInput) {
  return gist(trace, windows, withInput).map(track => ({
    title: track.title,
    kind: track.kind === "error" ? "bits" : track.kind,
    cells: cellsOf(trace, track),
    place: row => placeOf(track, row),
  }));
}
