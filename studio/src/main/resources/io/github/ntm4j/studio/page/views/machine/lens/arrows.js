/** A store that relates rows to rows as arrows: from each row to those that come after it. */
import { fill, h, svg } from "../../../dom.js";
import { rowAt, windowFor } from "../rows.js";

/** @typedef {import("../../../trace.js").Trace} Trace */
/** @typedef {import("../../../trace.js").Signal} Signal */
/** @typedef {{from: number, to: number, weight: number}} Arrow */

/** Weaker arrows are not drawn. */
const LEAST = 0.05;
/** The strongest arrows that are drawn. */
const MOST = 200;
/** How many are said in words. */
const SAID = 5;
const WIDTH = 330;
const AXIS = WIDTH / 2;
/** Rows are as high as fits, within these limits, in units of the picture. */
const HEIGHT = 264;
const LOWEST_ROW = 9;
const HIGHEST_ROW = 18;
const HIGHEST = 600;
/** A way that a head could go on from where it is, or go back, is drawn in its colour if it is there with so much of its weight. */
const THERE = 0.5;

export class Arrows {
  /** @param {Signal} store @param {(text: string) => void} tell */
  constructor(store, tell) {
    this.store = store;
    this.tell = tell;
    this.picture = svg("svg", { class: "arrows", role: "img" });
    this.root = h("figure", { "data-arrows": store.at },
      h("figcaption", { class: "note" }, `${store.title}: an arrow leads from each row to the one that was written after it, on the right further down, on the left further up. The dot is where the head is, with the ways from there and to there in its colour.`),
      this.picture);
  }

  /**
   * @param {Trace} trace
   * @param {number} step
   * @param {Signal} head whose place is shown among the rows
   * @param {import("../rows.js").Windows} windows
   */
  draw(trace, step, head, windows) {
    const window = windowFor(windows, this.store) ?? { from: 0, count: 0, rows: 1 };
    const { count } = window;
    const numbers = trace.step(this.store.at, step);
    const looks = trace.step(head.at, step);
    const height = Math.min(Math.max(LOWEST_ROW, Math.min(HIGHEST_ROW, HEIGHT / count)), HIGHEST / count);
    const y = (/** @type {number} */ place) => (place + 0.5) * height;
    /** @type {Arrow[]} */
    const arrows = [];
    for (let to = 0; to < count; to++) {
      for (let from = 0; from < count; from++) {
        // Row i, column j: i was written after j.
        const weight = numbers[rowAt(window, to) * window.rows + rowAt(window, from)];
        if (weight >= LEAST) {
          arrows.push({ from, to, weight });
        }
      }
    }
    arrows.sort((a, b) => b.weight - a.weight).splice(MOST);
    const name = (/** @type {Arrow} */ { from, to, weight }) => `row ${rowAt(window, from)} to row ${rowAt(window, to)}: ${weight.toFixed(2)}`;
    const said = arrows.slice(0, SAID).map(name).join("; ");
    this.picture.setAttribute("viewBox", `0 0 ${WIDTH} ${Math.max(1, count * height)}`);
    this.picture.setAttribute("aria-label", `${this.store.title} after step ${step}: ${said || "no row is tied to another"}${arrows.length > SAID ? `; and ${arrows.length - SAID} more` : ""}`);
    const every = Math.max(1, Math.ceil(12 / height));
    const tip = Math.min(6, height * 0.6);
    const isWay = (/** @type {Arrow} */ { from, to }) => looks[rowAt(window, from)] >= THERE || looks[rowAt(window, to)] >= THERE;
    const tips = ["", " way"].map(way => svg(
      "marker", { id: `tip${way && "-way"}-${this.store.at}`, viewBox: "0 0 6 6", refX: 6, refY: 3, markerWidth: tip, markerHeight: tip, markerUnits: "userSpaceOnUse", orient: "auto" },
      svg("path", { d: "M0 0L6 3L0 6z", class: `tip${way}` })));
    const places = Array.from({ length: count }, (_, place) => place);
    fill(
      this.picture,
      svg("defs", {}, ...tips),
      ...arrows.reverse().sort((a, b) => Number(isWay(a)) - Number(isWay(b))).map(arrow => this.arc(arrow, y, name(arrow), isWay(arrow), tip)),
      ...places.map(place => svg("circle", { cx: AXIS, cy: y(place), r: 1.2, class: "row-mark" })),
      ...places.filter(place => looks[rowAt(window, place)] >= LEAST).map(place =>
        svg("circle", { cx: AXIS, cy: y(place), r: Math.max(1.2, height * 0.42 * Math.sqrt(looks[rowAt(window, place)])), class: "look" })),
      ...Array.from({ length: count }, (_, place) => (place % every === 0 ? svg("text", { x: 2, y: y(place) + 3.5 }, String(rowAt(window, place))) : svg("g"))),
    );
  }

  /** @param {Arrow} arrow @param {(place: number) => number} y @param {string} text @param {boolean} way @param {number} tip its length */
  arc({ from, to, weight }, y, text, way, tip) {
    const side = to > from ? 1 : -1;
    const begin = y(from);
    const end = y(to);
    const reach = Math.min(AXIS - 26, 12 + Math.abs(end - begin) * 0.7);
    const x = AXIS + side * 5;
    const path = svg("path", {
      d: `M${x} ${begin}C${x + side * reach} ${begin} ${x + side * reach} ${end} ${x + (side * tip) / 2} ${end}H${x}`,
      class: way ? "arc way" : "arc",
      opacity: (0.15 + 0.85 * Math.min(1, weight)).toFixed(2),
      "stroke-width": (0.6 + 0.9 * Math.min(1, weight)).toFixed(2),
      "marker-end": `url(#tip${way ? "-way" : ""}-${this.store.at})`,
    });
    path.addEventListener("pointermove", () => this.tell(`${this.store.title}, ${text}`));
    path.addEventListener("pointerleave", () => this.tell(""));
    return path;
  }
}
