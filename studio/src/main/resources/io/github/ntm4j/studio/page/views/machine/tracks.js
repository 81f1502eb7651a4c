/**
 * What goes on along the sequence, on one time axis: input, target, output, error, and for each head what passes between it and the memory,
 * and where it looks.
 */
import { bitsInWords, errorsInWords, pathInWords, vectorsInWords } from "../../describe.js";
import { fill, h } from "../../dom.js";
import { differenceOr, Heatmap } from "../../heatmap.js";
import { rowAt } from "./rows.js";

/** @typedef {import("../../trace.js").Trace} Trace */

/**
 * @typedef {object} Track
 * @property {string} title
 * @property {string} name of the array
 * @property {"unit" | "signed"} scale
 * @property {number} channels
 * @property {"bits" | "vector" | "weighting" | "error"} kind
 * @property {string} [head]
 */

export class Tracks {
  /**
   * @param {object} hands
   * @param {(step: number) => void} hands.scrub
   * @param {(step: number, channel: number, drag: boolean) => void} hands.paint
   * @param {(head: string) => void} hands.choose
   * @param {(text: string) => void} hands.tell what lies under the pointer
   * @param {(map: Heatmap, title: string) => void} [hands.made] a track has got its picture
   */
  constructor(hands) {
    this.hands = hands;
    this.list = h("div", { class: "track-list" });
    this.line = h("div", { class: "now", "aria-hidden": "true" });
    this.axis = h("div", { class: "time-axis", "aria-hidden": "true" });
    this.root = h("div", { class: "tracks", role: "group", "aria-label": "Along the sequence" }, this.list, this.axis);
    /** @type {Map<string, Heatmap>} */
    this.maps = new Map();
    /** @type {Track[]} */
    this.tracks = [];
    this.layout = "";
    /** @type {Trace | null} */
    this.trace = null;
    /** @type {import("./rows.js").Window} */
    this.window = { from: 0, count: 0, rows: 1 };
    this.axis.addEventListener("pointerdown", event => this.drag(event, this.axis, step => this.hands.scrub(step)));
  }

  /**
   * @param {Trace} trace
   * @param {Trace | null} other the undisturbed run, when differences are wanted
   * @param {import("./rows.js").Window} window rows that are shown
   * @param {string} chosen the head under the microscope
   */
  draw(trace, other, window, chosen) {
    this.trace = trace;
    this.window = window;
    /** @type {Track[]} */
    const tracks = [{ title: "Input", name: "input", scale: signed(trace, "input") ? "signed" : "unit", channels: trace.inputs, kind: "bits" }];
    if (trace.has("target")) {
      tracks.push({ title: "Target", name: "target", scale: "unit", channels: trace.outputs, kind: "bits" });
    }
    tracks.push({ title: "Output", name: "output", scale: "unit", channels: trace.outputs, kind: "bits" });
    if (trace.has("target")) {
      tracks.push({ title: "Error", name: "output", scale: "signed", channels: trace.outputs, kind: "error" });
    }
    for (const head of [...trace.heads].sort((a, b) => b.kind.localeCompare(a.kind))) {
      const title = head.name[0].toUpperCase() + head.name.slice(1);
      tracks.push({
        title: head.kind === "write" ? `${title}: adds` : `${title}: reads`,
        name: `${head.name}/${head.kind === "write" ? "add" : "read"}`,
        scale: "signed",
        channels: trace.width,
        kind: "vector",
        head: head.name,
      });
      tracks.push({ title: `${title}: weighting`, name: `${head.name}/weighting`, scale: "unit", channels: window.count, kind: "weighting", head: head.name });
    }
    this.tracks = tracks;
    this.lay(tracks, chosen);
    for (const track of tracks) {
      this.drawTrack(trace, other, track, window);
    }
    this.drawAxis(trace.steps);
  }

  /** @param {Track[]} tracks @param {string} chosen */
  lay(tracks, chosen) {
    const layout = tracks.map(track => `${track.title}/${track.channels}`).join("|") + chosen;
    if (layout === this.layout) {
      return;
    }
    this.layout = layout;
    this.maps.clear();
    fill(this.list, ...tracks.map(track => {
      const map = new Heatmap(`${track.title}, over the steps of the sequence`);
      this.maps.set(track.title, map);
      this.listen(map, track);
      this.hands.made?.(map, track.title);
      const label = track.head
        ? h("button", {
          class: "track-label quiet",
          title: `Look at ${track.head} closely`,
          "aria-pressed": String(track.head === chosen),
          onclick: () => this.hands.choose(track.head ?? ""),
        }, track.title)
        : h("div", { class: "track-label", title: track.kind === "bits" && track.name === "input" ? "Click to change a bit" : undefined }, track.title);
      return h("div", { class: `track ${track.kind}`, "data-track": track.title, style: `--channels:${track.channels}` }, label, map.root);
    }), this.line);
  }

  /** @param {Heatmap} map @param {Track} track */
  listen(map, track) {
    const paints = track.name === "input";
    map.root.classList.toggle("paintable", paints);
    if (paints) {
      map.takeKeys((column, row) => this.hands.paint(column, row, false), (column, row) => this.tellCell(map, track, column, row));
    }
    map.canvas.addEventListener("pointermove", event => {
      const { column, row } = map.cellAt(event);
      this.tellCell(map, track, column, row);
    });
    map.canvas.addEventListener("pointerleave", () => this.hands.tell(""));
    map.canvas.addEventListener("pointerdown", event => {
      if (event.button !== 0) {
        return;
      }
      if (paints) {
        let last = "";
        let dragging = false;
        this.drag(event, map.canvas, (step, move) => {
          const { row } = map.cellAt(move);
          const cell = `${step}.${row}`;
          if (cell !== last) {
            this.hands.paint(step, row, dragging);
            last = cell;
            dragging = true;
          }
        });
      } else {
        if (track.head) {
          this.hands.choose(track.head);
        }
        this.drag(event, map.canvas, step => this.hands.scrub(step));
      }
    });
  }

  /** @param {Heatmap} map @param {Track} track @param {number} column @param {number} row */
  tellCell(map, track, column, row) {
    const value = map.cells?.value(column, row) ?? NaN;
    const what = track.kind === "weighting" ? `row ${rowAt(this.window, row)}` : `channel ${row}`;
    this.hands.tell(`${track.title}, step ${column}, ${what}: ${Number.isNaN(value) ? "does not count" : value.toFixed(3)}`);
  }

  /**
   * @param {PointerEvent} start
   * @param {HTMLElement} area
   * @param {(step: number, event: PointerEvent) => void} action
   */
  drag(start, area, action) {
    const steps = this.trace?.steps ?? 1;
    const move = (/** @type {PointerEvent} */ event) => {
      const box = area.getBoundingClientRect();
      const step = Math.floor(((event.clientX - box.left) / box.width) * steps);
      action(Math.min(steps - 1, Math.max(0, step)), event);
    };
    area.setPointerCapture(start.pointerId);
    area.addEventListener("pointermove", move);
    const end = () => {
      area.removeEventListener("pointermove", move);
      area.removeEventListener("pointerup", end);
      area.removeEventListener("pointercancel", end);
    };
    area.addEventListener("pointerup", end);
    area.addEventListener("pointercancel", end);
    move(start);
  }

  /**
   * @param {Trace} trace
   * @param {Trace | null} other
   * @param {Track} track
   * @param {import("./rows.js").Window} window
   */
  drawTrack(trace, other, track, window) {
    const map = this.maps.get(track.title);
    if (!map) {
      return;
    }
    const data = trace.array(track.name);
    const before = other?.has(track.name) && other.array(track.name).length === data.length ? other.array(track.name) : null;
    const width = trace.shape(track.name)[1];
    const target = trace.has("target") ? trace.array("target") : null;
    const ring = track.kind === "weighting";
    const answers = track.name === "output" || track.name === "target";
    const at = (/** @type {number} */ column, /** @type {number} */ row) => column * width + (ring ? rowAt(window, row) : row);
    const silent = (/** @type {number} */ column) => answers && !trace.counts(column);
    /** @type {import("../../heatmap.js").Cells} */
    const original = {
      columns: trace.steps,
      rows: track.channels,
      scale: track.scale,
      range: rangeOf(track, data),
      rowNumber: ring ? row => rowAt(window, row) : undefined,
      inWords: IN_WORDS[track.kind],
      value: (column, row) => (silent(column) ? NaN : track.kind === "error" && target ? data[at(column, row)] - target[at(column, row)] : data[at(column, row)]),
    };
    if (!before) {
      map.draw(original);
      return;
    }
    map.draw(differenceOr({
      ...original,
      scale: "signed",
      range: track.kind === "vector" ? rangeOf(track, data) : 1,
      inWords: cells => `the difference from the undisturbed run: ${vectorsInWords(cells)}`,
      value: (column, row) => (silent(column) ? NaN : data[at(column, row)] - before[at(column, row)]),
    }, original));
  }

  /** @param {number} steps */
  drawAxis(steps) {
    const every = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find(n => steps / n <= 14) ?? 10000;
    const ticks = [];
    for (let step = 0; step < steps; step += every) {
      ticks.push(h("span", { style: `left:${((step + 0.5) / steps) * 100}%` }, String(step)));
    }
    fill(this.axis, ...ticks);
  }

  /** Moves the line to a step. @param {number} step */
  mark(step) {
    const steps = this.trace?.steps ?? 1;
    this.root.style.setProperty("--now", String(step / steps));
    this.root.style.setProperty("--one", String(1 / steps));
  }

  redraw() {
    this.maps.forEach(map => map.redraw());
  }

  /** Shows nothing of what was there. */
  clear() {
    this.trace = null;
    this.layout = "";
    this.maps.clear();
    fill(this.list);
    fill(this.axis);
  }
}

/** @type {Record<Track["kind"], (cells: import("../../heatmap.js").Cells) => string>} */
const IN_WORDS = { bits: bitsInWords, error: errorsInWords, weighting: pathInWords, vector: vectorsInWords };

/** Vectors are compared over time and between heads, so their scale is fixed: what is beyond takes the last colour. */
const VECTOR_RANGE = 1;

/** @param {Track} track @param {Float32Array} data */
function rangeOf(track, data) {
  if (track.name === "input" && track.scale === "signed") {
    return data.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
  }
  return track.kind === "vector" ? VECTOR_RANGE : 1;
}

/** @param {Trace} trace @param {string} name */
function signed(trace, name) {
  return trace.array(name).some(x => x < 0);
}
