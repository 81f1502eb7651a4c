/** The filmstrip: a small picture of every snapshot, and above it the curve of what each needs in bits. */
import { eachFrame, fill, h, svg } from "../../dom.js";
import { Heatmap } from "../../heatmap.js";
import { pooled, weightings } from "../../panels.js";
import { allTracks, cellsOf } from "../../signals.js";

/** @typedef {import("../../trace.js").Trace} Trace */
/** @typedef {import("../machine/rows.js").Windows} Windows */
/** @typedef {{id: string, sequences: number}} Snapshot */

const CURVE = 58;
const GUTTER = 46;
/** Less than this many bits is drawn as this many. */
const FLOOR = 0.01;

export class Filmstrip {
  /** @param {(index: number) => void} choose */
  constructor(choose) {
    this.choose = choose;
    this.curve = svg("svg", { class: "film-curve", role: "img", "aria-label": "Bits that each snapshot needs for the sequence" });
    this.frames = h("div", { class: "film-frames", role: "listbox", "aria-label": "Snapshots", tabIndex: 0 });
    this.slider = h("input", {
      type: "range", min: "0", value: "0", "aria-label": "Snapshot", "data-field": "frame", oninput: () => this.choose(Number(this.slider.value)),
    });
    this.root = h("div", { class: "film-strip" }, this.curve, this.frames, h("div", { class: "film-slider" }, this.slider));
    /** @type {Snapshot[]} */
    this.snapshots = [];
    /** @type {(Trace | undefined)[]} */
    this.traces = [];
    /** @type {{button: HTMLElement, write: Heatmap, read: Heatmap}[]} */
    this.pictures = [];
    /** @type {Windows} */
    this.windows = new Map();
    this.chosen = -1;
    /** Pictures that are on the page already, by what they show. @type {(string | undefined)[]} */
    this.drawn = [];
    this.observer = new ResizeObserver(eachFrame(() => {
      this.drawn = [];
      this.drawFrames();
      this.drawCurve();
    }));
    this.observer.observe(this.root);
  }

  close() {
    this.observer.disconnect();
  }

  /** @param {Snapshot[]} snapshots @param {(Trace | undefined)[]} traces @param {Windows} windows @param {number} chosen */
  draw(snapshots, traces, windows, chosen) {
    const same = snapshots.length === this.snapshots.length && snapshots.every((s, i) => s.id === this.snapshots[i].id);
    this.snapshots = snapshots;
    this.traces = traces;
    if (!same) {
      this.lay();
    }
    if (JSON.stringify([...windows]) !== JSON.stringify([...this.windows])) {
      this.drawn = [];
    }
    this.windows = windows;
    this.drawFrames();
    this.mark(chosen);
  }

  lay() {
    this.drawn = [];
    this.slider.max = String(Math.max(0, this.snapshots.length - 1));
    this.pictures = this.snapshots.map((snapshot, i) => {
      const write = new Heatmap("");
      const read = new Heatmap("");
      for (const map of [write, read]) {
        map.canvas.setAttribute("aria-hidden", "true");
      }
      const button = h(
        "button",
        {
          class: "frame", role: "option", tabIndex: -1, title: `${snapshot.sequences.toLocaleString("en")} sequences`,
          "aria-label": `${compact(snapshot.sequences)}: after ${snapshot.sequences.toLocaleString("en")} sequences`, onclick: () => this.choose(i),
        },
        write.root,
        read.root,
        h("span", {}, compact(snapshot.sequences)),
      );
      return { button, write, read };
    });
    fill(this.frames, ...this.pictures.map(p => p.button));
  }

  drawFrames() {
    this.pictures.forEach(({ write, read }, i) => {
      const trace = this.traces[i];
      const what = trace ? `${trace.header.task}${JSON.stringify(trace.header.at)}${i}` : undefined;
      if (!trace || this.drawn[i] === what && write.cells && this.traces[i] === trace && write.canvas.dataset.of === String(trace.header.bits)) {
        return;
      }
      this.drawn[i] = what;
      write.canvas.dataset.of = String(trace.header.bits);
      const looks = (/** @type {string} */ use) => weightings(trace, trace.heads.filter(head => head.use === use), this.windows);
      const said = (/** @type {string} */ title) => {
        const track = allTracks(trace, this.windows).find(each => each.title === title);
        return track ? cellsOf(trace, track) : null;
      };
      const fit = (/** @type {Heatmap} */ map, /** @type {import("../../heatmap.js").Cells | null} */ cells) =>
        cells && map.draw(pooled(cells, Math.max(16, map.root.clientWidth * devicePixelRatio), Math.max(16, map.root.clientHeight * devicePixelRatio)));
      fit(write, looks("write") ?? said("Target"));
      fit(read, looks("read") ?? said("Output"));
    });
  }

  drawCurve() {
    const width = this.root.clientWidth;
    const all = this.traces.map(trace => (trace ? Math.max(FLOOR, trace.header.bits) : NaN));
    const known = all.filter(x => !Number.isNaN(x));
    this.curve.setAttribute("viewBox", `0 0 ${Math.max(1, width)} ${CURVE}`);
    if (known.length === 0 || width === 0) {
      fill(this.curve);
      return;
    }
    const high = Math.ceil(Math.log10(Math.max(...known, 1)) + 0.05);
    const low = Math.min(Math.floor(Math.log10(Math.min(...known))), high - 1);
    const y = (/** @type {number} */ value) => 6 + ((high - Math.log10(value)) / (high - low)) * (CURVE - 14);
    const x = (/** @type {number} */ i) => {
      const box = this.pictures[i].button;
      return GUTTER + box.offsetLeft - this.frames.scrollLeft + box.offsetWidth / 2;
    };
    const list = [];
    for (let power = low; power <= high; power += Math.ceil((high - low) / 3)) {
      const at = y(10 ** power);
      list.push(svg("line", { x1: GUTTER, x2: width, y1: at, y2: at, class: "grid" }));
      list.push(svg("text", { x: GUTTER - 6, y: at + 4, "text-anchor": "end" }, power < 0 ? String(10 ** power) : (10 ** power).toLocaleString("en")));
    }
    // The slider's knob is 16 pixels wide: its middle goes from the middle of the first frame to that of the last.
    const [first, last] = [x(0), x(all.length - 1)];
    this.slider.style.marginLeft = `${first - 8}px`;
    this.slider.style.width = `${Math.max(60, last - first + 16)}px`;
    let path = "";
    all.forEach((value, i) => {
      if (!Number.isNaN(value)) {
        path += `${path === "" ? "M" : "L"}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
      }
    });
    list.push(svg("path", { d: path, class: "curve" }));
    all.forEach((value, i) => {
      if (!Number.isNaN(value)) {
        list.push(svg("circle", { cx: x(i), cy: y(value), r: i === this.chosen ? 5 : 2.5, class: i === this.chosen ? "chosen" : "" }));
      }
    });
    fill(this.curve, ...list);
    const end = all.findLastIndex(value => !Number.isNaN(value));
    this.curve.setAttribute("aria-label", `Bits that each snapshot needs for the sequence: ${known.length} of ${all.length} known, `
      + `from ${known[0].toPrecision(2)} to ${known[known.length - 1].toPrecision(2)} after ${(this.snapshots[end]?.sequences ?? 0).toLocaleString("en")} sequences`);
  }

  /** @param {number} index */
  mark(index) {
    this.chosen = index;
    this.slider.value = String(index);
    this.slider.setAttribute("aria-valuetext", `${this.snapshots[index]?.sequences ?? 0} sequences`);
    this.pictures.forEach(({ button }, i) => button.setAttribute("aria-selected", String(i === index)));
    const chosen = this.pictures[index]?.button;
    if (chosen) {
      const { frames } = this;
      const left = chosen.offsetLeft;
      if (left < frames.scrollLeft || left + chosen.offsetWidth > frames.scrollLeft + frames.clientWidth) {
        frames.scrollLeft = left - frames.clientWidth / 2;
      }
    }
    this.drawCurve();
  }

  redraw() {
    this.pictures.forEach(({ write, read }) => {
      write.redraw();
      read.redraw();
    });
  }
}

/** @param {number} n */
export function compact(n) {
  return n < 1000 ? String(n) : n < 1e6 ? `${round(n / 1000)}k` : `${round(n / 1e6)}M`;
}

/** @param {number} x */
function round(x) {
  return x < 10 ? String(Math.round(10 * x) / 10) : String(Math.round(x));
}
