/** Pictures of one trace above each other, with one time axis and a line at a step. */
import { bitsInWords, errorsInWords, pathInWords } from "./describe.js";
import { fill, h } from "./dom.js";
import { Heatmap } from "./heatmap.js";
import { offerPicture, svgOf } from "./share.js";
import { ring, rowAt } from "./views/machine/rows.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./heatmap.js").Cells} Cells */
/** @typedef {import("./views/machine/rows.js").Window} Window */

/**
 * @typedef {object} Panel
 * @property {string} title
 * @property {"bits" | "weighting"} kind
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
        { class: `panel ${panel.kind}`, "data-panel": panel.title, style: `--channels:${panel.cells.rows}` },
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
 * Bits over time: input, target or output.
 * @param {Trace} trace
 * @param {"input" | "target" | "output"} name
 * @returns {Cells}
 */
export function bits(trace, name) {
  const data = trace.array(name);
  const channels = trace.shape(name)[1];
  const most = data.reduce((a, x) => Math.max(a, Math.abs(x)), 0);
  return {
    columns: trace.steps,
    rows: channels,
    scale: data.some(x => x < 0) ? "signed" : "unit",
    range: Math.max(1, most),
    inWords: bitsInWords,
    value: (column, row) => (name === "input" || trace.counts(column) ? data[column * channels + row] : NaN),
  };
}

/**
 * Output minus target.
 * @param {Trace} trace
 * @returns {Cells}
 */
export function errors(trace) {
  const output = trace.array("output");
  const target = trace.array("target");
  return {
    columns: trace.steps,
    rows: trace.outputs,
    scale: "signed",
    range: 1,
    inWords: errorsInWords,
    value(column, row) {
      const at = column * trace.outputs + row;
      return trace.counts(column) ? output[at] - target[at] : NaN;
    },
  };
}

/**
 * Where heads look; of several heads the one that looks most.
 * @param {Trace} trace
 * @param {string[]} heads
 * @param {Window} window
 * @returns {Cells}
 */
export function weighting(trace, heads, window) {
  const all = heads.map(name => trace.array(`${name}/weighting`));
  return {
    columns: trace.steps,
    rows: window.count,
    scale: "unit",
    range: 1,
    rowNumber: row => rowAt(window, row),
    inWords: pathInWords,
    value(column, row) {
      const at = column * trace.rows + rowAt(window, row);
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
 * @param {Window} window rows of the memory
 * @param {boolean} withInput
 * @returns {Panel[]}
 */
export function panelsOf(trace, window, withInput) {
  const channel = (/** @type {number} */ row) => `channel ${row}`;
  /** @type {Panel[]} */
  const panels = [];
  if (withInput) {
    panels.push({ title: "Input", kind: "bits", cells: bits(trace, "input"), place: channel });
  }
  if (trace.has("target")) {
    panels.push({ title: "Target", kind: "bits", cells: bits(trace, "target"), place: channel });
  }
  panels.push({ title: "Output", kind: "bits", cells: bits(trace, "output"), place: channel });
  if (trace.has("target")) {
    panels.push({ title: "Error", kind: "bits", cells: errors(trace), place: channel });
  }
  for (const head of [...trace.heads].sort((a, b) => b.kind.localeCompare(a.kind))) {
    const title = head.name[0].toUpperCase() + head.name.slice(1);
    panels.push({ title, kind: "weighting", cells: weighting(trace, [head.name], window), place: row => `row ${rowAt(window, row)}` });
  }
  return panels;
}

/**
 * Rows that are enough for several traces of memories of the same size.
 * @param {Window[]} windows
 * @returns {Window}
 */
export function union(windows) {
  const { rows } = windows[0];
  const seen = new Uint8Array(rows);
  for (const window of windows) {
    for (let i = 0; i < window.count; i++) {
      seen[rowAt(window, i)] = 1;
    }
  }
  return ring(seen);
}
