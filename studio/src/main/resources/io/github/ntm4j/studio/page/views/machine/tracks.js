/** What goes on along the sequence, on one time axis: input, target, output, error, and the signals that the machine shows, such as where heads look. */
import { vectorsInWords } from "../../describe.js";
import { fill, h } from "../../dom.js";
import { differenceOr, Heatmap } from "../../heatmap.js";
import { allTracks, cellsOf, placeOf, valueOf } from "../../signals.js";

/** @typedef {import("../../trace.js").Trace} Trace */

/** @typedef {import("../../signals.js").Track} Track */
/** @typedef {import("./rows.js").Windows} Windows */

export class Tracks {
  /**
   * @param {object} hands
   * @param {(step: number) => void} hands.scrub
   * @param {(step: number, channel: number, drag: boolean) => void} hands.paint
   * @param {(group: string) => void} hands.choose
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
    this.axis.addEventListener("pointerdown", event => this.drag(event, this.axis, step => this.hands.scrub(step)));
  }

  /**
   * @param {Trace} trace
   * @param {Trace | null} other the undisturbed run, when differences are wanted
   * @param {Windows} windows rows that are shown
   * @param {string} chosen the group that is looked at closely
   */
  draw(trace, other, windows, chosen) {
    this.trace = trace;
    const tracks = allTracks(trace, windows);
    this.tracks = tracks;
    this.lay(tracks, chosen);
    for (const track of tracks) {
      this.drawTrack(trace, other, track);
    }
    this.drawAxis(trace.steps);
  }

  /** @param {Track[]} tracks @param {string} chosen */
  lay(tracks, chosen) {
    const layout = tracks.map(track => `${track.title}/${track.channels}/${track.range}`).join("|") + chosen;
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
      const title = [track.title, track.range === 1 ? null : h("span", { class: "scale" }, ` \u00b1${track.range}`)];
      const label = track.group
        ? h("button", {
          class: "track-label quiet",
          title: `Look at ${track.group} closely`,
          "aria-pressed": String(track.group === chosen),
          onclick: () => this.hands.choose(track.group ?? ""),
        }, ...title)
        : h("div", { class: "track-label", title: track.kind === "bits" && track.name === "input" ? "Click to change a bit" : undefined }, ...title);
      return h("div", { class: `track ${track.kind === "number" ? "single" : track.kind}`, "data-track": track.title, style: `--channels:${track.channels}` }, label, map.root);
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
        if (track.group) {
          this.hands.choose(track.group);
        }
        this.drag(event, map.canvas, step => this.hands.scrub(step));
      }
    });
  }

  /** @param {Heatmap} map @param {Track} track @param {number} column @param {number} row */
  tellCell(map, track, column, row) {
    const value = map.cells?.value(column, row) ?? NaN;
    this.hands.tell(`${track.title}, step ${column}, ${placeOf(track, row)}: ${Number.isNaN(value) ? "does not count" : value.toFixed(3)}`);
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
   */
  drawTrack(trace, other, track) {
    const map = this.maps.get(track.title);
    if (!map) {
      return;
    }
    const original = cellsOf(trace, track);
    const alike = other?.has(track.name) && other.array(track.name).length === trace.array(track.name).length;
    if (!other || !alike) {
      map.draw(original);
      return;
    }
    const value = valueOf(trace, { ...track, kind: "bits" });
    const before = valueOf(other, { ...track, kind: "bits" });
    map.draw(differenceOr({
      ...original,
      scale: "signed",
      range: track.kind === "bits" || track.kind === "error" ? 1 : track.range,
      inWords: cells => `the difference from the undisturbed run: ${vectorsInWords(cells)}`,
      value: (column, row) => value(column, row) - before(column, row),
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
