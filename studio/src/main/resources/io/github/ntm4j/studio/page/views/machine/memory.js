/** A store after a step, how it differs from the step before, and what one can do to it. */
import { valuesInWords } from "../../describe.js";
import { h } from "../../dom.js";
import { differenceOr, Heatmap } from "../../heatmap.js";
import { reachOf } from "../../signals.js";
import { rowAt } from "./rows.js";

/** @typedef {import("../../trace.js").Trace} Trace */
/** @typedef {import("./question.js").Intervention} Intervention */

/** A tool is what a click on the memory does. @typedef {"look" | "paint" | "erase" | "swap"} Tool */

export class MemoryPanel {
  /**
   * @param {object} hands
   * @param {(added: Intervention) => void} hands.intervene
   * @param {(text: string) => void} hands.tell
   * @param {import("../../trace.js").Signal} store
   * @param {boolean} [changeable] whether one can do more than look
   */
  constructor(hands, store, changeable = true) {
    this.hands = hands;
    this.store = store;
    this.title = store.title;
    /** @type {Tool} */
    this.tool = "look";
    this.value = 1;
    /** @type {number | null} the first of two rows to be swapped */
    this.picked = null;
    this.step = 0;
    /** @type {import("./rows.js").Window} */
    this.window = { from: 0, count: 0, rows: 1 };
    /** @type {Trace | null} */
    this.trace = null;
    this.now = new Heatmap(`${this.title} after this step, a line for each row`, "memory-now");
    this.change = new Heatmap(`Change of ${this.title.toLowerCase()} by this step`, "memory-change");
    this.labels = h("div", { class: "row-labels", "aria-hidden": "true" });
    this.tools = h("div", { class: "row", role: "toolbar", "aria-label": `What a click on ${this.title.toLowerCase()} does` });
    this.nowTitle = h("div", { class: "note" }, "after this step");
    this.root = h(
      "section",
      { class: "card memory-card", "aria-label": this.title, "data-store": store.at },
      h("header", {}, h("h2", {}, this.title), this.tools),
      h(
        "div",
        { class: "memory-pair" },
        h("div", {}),
        this.nowTitle,
        h("div", { class: "note" }, "change by this step"),
        this.labels,
        this.now.root,
        this.change.root,
      ),
    );
    if (changeable) {
      this.drawTools();
    }
    this.listen();
  }

  drawTools() {
    /** @type {[Tool, string, string][]} */
    const tools = [
      ["look", "Look", "A click only looks"],
      ["paint", "Paint", "A click sets a cell to a value"],
      ["erase", "Erase", "A click erases a row"],
      ["swap", "Swap", "Two clicks exchange two rows"],
    ];
    this.tools.replaceChildren(
      ...tools.map(([tool, text, title]) => h("button", {
        class: "quiet",
        title,
        "data-tool": tool,
        "aria-pressed": String(this.tool === tool),
        onclick: () => {
          this.tool = tool;
          this.picked = null;
          this.drawTools();
        },
      }, text)),
      h("button", {
        class: "quiet",
        title: "Add a random number to every cell before this step",
        "data-tool": "noise",
        onclick: () => this.alter({ kind: "noise", step: this.step, amount: this.value, seed: 1 }),
      }, "Noise"),
      h("input", {
        type: "number",
        step: "0.1",
        value: String(this.value),
        title: "Value to paint, or amount of noise",
        "aria-label": "Value to paint, or amount of noise",
        oninput: (/** @type {Event} */ event) => {
          const value = Number(/** @type {HTMLInputElement} */ (event.target).value);
          this.value = Number.isFinite(value) ? value : 0;
        },
      }),
    );
  }

  listen() {
    for (const map of [this.now, this.change]) {
      map.canvas.addEventListener("pointermove", event => {
        const { column, row } = map.cellAt(event);
        this.tellCell(map, column, row);
      });
      map.canvas.addEventListener("pointerleave", () => this.hands.tell(""));
    }
    this.now.canvas.addEventListener("click", event => {
      const { column, row } = this.now.cellAt(event);
      this.now.moveTo(column, row);
      this.use(column, row);
    });
    this.now.takeKeys((column, row) => this.use(column, row), (column, row) => this.tellCell(this.now, column, row));
  }

  /** Does something to this store; the one that heads look at needs no name. @param {Intervention} added */
  alter(added) {
    this.hands.intervene(this.store.at === this.trace?.memory ? added : { ...added, store: this.store.at });
  }

  /** Whether it relates rows to rows, so that its columns are rows, too. */
  get square() {
    return this.store.over !== undefined;
  }

  /** The column of the store at a column of the picture. @param {number} column */
  columnAt(column) {
    return this.square ? rowAt(this.window, column) : column;
  }

  /** @param {Heatmap} map @param {number} column @param {number} row */
  tellCell(map, column, row) {
    const value = map.cells?.value(column, row) ?? 0;
    this.hands.tell(`${this.title}, row ${rowAt(this.window, row)}, ${this.square ? "row" : "column"} ${this.columnAt(column)}: ${value.toFixed(3)}`);
  }

  /**
   * Does with a cell what the tool says. The change comes before the step that is shown.
   * @param {number} at a column of the picture
   * @param {number} place a row of it
   */
  use(at, place) {
    const column = this.columnAt(at);
    const row = rowAt(this.window, place);
    switch (this.tool) {
      case "paint":
        this.alter({ kind: "cell", step: this.step, row, column, value: this.value });
        break;
      case "erase":
        this.alter({ kind: "erase-row", step: this.step, row });
        break;
      case "swap":
        if (this.picked === null) {
          this.picked = row;
          this.hands.tell(`Row ${row} picked: click the row to swap it with`);
        } else {
          this.alter({ kind: "swap-rows", step: this.step, row: this.picked, other: row });
          this.picked = null;
        }
        break;
      default:
    }
  }

  /**
   * @param {Trace} trace
   * @param {Trace | null} other the undisturbed run, when differences are wanted
   * @param {number} step
   * @param {import("./rows.js").Window} window
   * @param {import("../../trace.js").Signal | undefined} head whose weighting stands beside the rows
   */
  draw(trace, other, step, window, head) {
    this.trace = trace;
    this.step = step;
    this.window = window;
    const there = trace.has(this.store.at);
    this.root.classList.toggle("hidden", !there);
    if (!there) {
      return;
    }
    const name = this.store.at;
    const [, , width] = trace.shape(name);
    const cells = trace.step(name, step);
    const before = step > 0 ? trace.step(name, step - 1) : trace.has(`initial_${name}`) ? trace.array(`initial_${name}`) : cells;
    const range = reachOf(trace, name);
    const undisturbed = other?.has(name) && other.shape(name)[1] === trace.shape(name)[1] ? other.step(name, step) : null;
    const at = (/** @type {number} */ column, /** @type {number} */ row) => rowAt(window, row) * width + this.columnAt(column);
    const rowNumber = (/** @type {number} */ row) => rowAt(window, row);
    /** @type {import("../../heatmap.js").Cells} */
    const original = { rowNumber, columns: this.square ? window.count : width, rows: window.count, scale: "signed", range, inWords: valuesInWords, value: (c, r) => cells[at(c, r)] };
    this.now.draw(undisturbed ? differenceOr({ ...original, value: (c, r) => cells[at(c, r)] - undisturbed[at(c, r)] }, original) : original);
    this.now.label = `${this.title} after step ${step}${undisturbed ? ", less the undisturbed one" : ""}`;
    const scale = range === 1 ? "" : `, scale \u00b1${range}`;
    this.nowTitle.textContent = (undisturbed ? "less the undisturbed one" : "after this step") + scale;
    this.change.label = `Change of ${this.title.toLowerCase()} by step ${step}`;
    this.change.draw({ ...original, value: (c, r) => cells[at(c, r)] - before[at(c, r)] });
    const weights = head && head.over === (this.store.over ?? name) ? trace.step(head.at, step) : null;
    const every = Math.max(1, Math.ceil(window.count / 16));
    const labels = [];
    for (let row = 0; row < window.count; row++) {
      const weight = weights ? weights[rowAt(window, row)] : 0;
      const text = row % every === 0 ? String(rowAt(window, row)) : "";
      labels.push(`<i style="--w:${weight.toFixed(3)}">${text}</i>`);
    }
    this.labels.innerHTML = labels.join("");
  }

  /** Shows nothing of what was there. */
  clear() {
    this.trace = null;
    this.now.clear();
    this.change.clear();
    this.labels.replaceChildren();
  }

  redraw() {
    this.now.redraw();
    this.change.redraw();
  }
}
