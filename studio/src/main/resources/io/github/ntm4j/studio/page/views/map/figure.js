/**
 * The picture of a generalisation map: with two axes a heat map, with one axis a bar for each value and below it a cell for each sequence.
 * The cells are a canvas; axes, marks and the range of training lie above it.
 */
import { css } from "../../colour.js";
import { fill, h, svg } from "../../dom.js";
import { Heatmap } from "../../heatmap.js";
import { offerPicture, svgOfElement } from "../../share.js";
import { excess, LEAST, MOST, ROWS, share, tone, trained, values } from "./plan.js";

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {import("./plan.js").Cell} Cell */
/** @typedef {import("../../choice.js").Machine} Machine */
/** @typedef {{left: number, top: number, width: number, height: number}} Box */

const LEFT = 62;
const RIGHT = 14;
const TOP = 12;
const BOTTOM = 42;
const GAP = 10;
/** A cell is not drawn longer than this against its breadth. */
const LONGEST = 1.7;
const LARGEST = 64;
const DOT_FROM = 7;
const MOST_STRIPS = 40;
export const TICKS = [0.001, 0.01, 0.1, 0.5];

/**
 * What is drawn.
 * @typedef {object} Picture
 * @property {Plan} plan
 * @property {Machine} machine
 * @property {Map<string, Cell>} cells by "column.row"
 * @property {boolean} cost whether the cost is shown and not the wrong bits
 */

export class MapFigure {
  /**
   * @param {object} hands
   * @param {(column: number, row: number) => void} hands.move to a cell
   * @param {(column: number, row: number, sequence: number | null) => void} hands.open
   */
  constructor(hands) {
    this.hands = hands;
    this.heat = new Heatmap("cells");
    this.heat.canvas.setAttribute("aria-hidden", "true");
    this.marks = svg("svg", { "aria-hidden": "true" });
    this.root = h("div", {
      class: "map-figure",
      tabIndex: 0,
      role: "application",
      "aria-roledescription": "map",
      "aria-label": "Generalisation map",
      "data-figure": "map",
    }, this.heat.root, this.marks);
    this.telling = 0;
    /** @type {Picture | null} */
    this.picture = null;
    /** @type {Box} where the cells lie */
    this.box = { left: 0, top: 0, width: 1, height: 1 };
    /** @type {Box | null} where the bars lie */
    this.bars = null;
    this.cursor = { column: -1, row: -1 };
    this.columns = 1;
    this.rows = 1;
    this.root.addEventListener("pointermove", event => {
      const at = this.at(event);
      if (at) {
        this.hands.move(at.column, at.row);
      }
      this.root.classList.toggle("over", at !== null);
    });
    this.root.addEventListener("click", event => {
      const at = this.at(event);
      if (at) {
        this.hands.open(at.column, at.row, at.sequence);
      }
    });
    offerPicture(this.root, () => this.title(), () => (this.picture ? svgOfElement(this.title(), this.root) : ""));
    this.observer = new ResizeObserver(() => this.redraw());
    this.observer.observe(this.root);
  }

  title() {
    const name = String(this.picture?.machine.id ?? "").replace(/^models\//, "");
    return `${name}: ${this.picture?.cost ? "cost" : "wrong bits"}`;
  }

  /** @param {Picture} picture */
  draw(picture) {
    this.picture = picture;
    this.columns = values(picture.plan.x).length;
    this.rows = picture.plan.y ? values(picture.plan.y).length : 1;
    this.redraw();
  }

  redraw() {
    const { picture } = this;
    if (!picture || this.root.clientWidth === 0) {
      return;
    }
    this.place(picture);
    this.drawCells(picture);
    this.drawMarks(picture);
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.root.setAttribute("aria-label",
      `Generalisation map: ${this.inWords(picture)}. Arrow keys move from cell to cell, Enter opens a failing example`), 150);
  }

  /** Whether cells are still to come. @param {boolean} on */
  busy(on) {
    this.root.setAttribute("aria-busy", String(on));
  }

  /** How far it is right, and where it is worst. @param {Picture} picture */
  inWords({ plan, cells, cost }) {
    const across = `${words(plan.x.name)} ${plan.x.from} to ${plan.x.to}`;
    const over = plan.y ? `${across} by ${words(plan.y.name)} ${plan.y.from} to ${plan.y.to}` : across;
    const known = [...cells.values()];
    if (known.length === 0) {
      return `${over}, no cell is computed yet`;
    }
    const measure = cost ? excess : share;
    const worst = known.reduce((a, b) => (measure(b) > measure(a) ? b : a));
    const at = Object.entries(worst.at).filter(([name]) => name === plan.x.name || name === plan.y?.name).map(([name, value]) => `${words(name)} ${value}`).join(", ");
    const exact = known.filter(cell => cell.exact === cell.sequences).length;
    return cost
      ? `${over}, ${known.length} cells; the worst is ${excess(worst).toFixed(3)} bits above the optimum for each bit, at ${at}`
      : `${over}, ${exact} of ${known.length} cells without a wrong bit; the worst has ${(100 * share(worst)).toPrecision(2)} % wrong bits, at ${at}`;
  }

  /** @param {number} column @param {number} row */
  point(column, row) {
    this.cursor = { column, row };
    const old = this.marks.querySelector(".map-cursor");
    old?.remove();
    const mark = this.cursorMark();
    if (mark) {
      this.marks.append(mark);
    }
  }

  close() {
    this.observer.disconnect();
  }

  /** How many sequences have a cell of their own: of a single axis, where right and wrong matters. @param {Picture} picture */
  strips({ plan, cost }) {
    return plan.y || cost ? 0 : Math.min(MOST_STRIPS, plan.sequences);
  }

  /** @param {Picture} picture */
  place(picture) {
    const { plan } = picture;
    const width = this.root.clientWidth - LEFT - RIGHT;
    const height = this.root.clientHeight - TOP - BOTTOM;
    let cellWidth = Math.min(LARGEST, whole(width / this.columns));
    if (plan.y) {
      let cellHeight = Math.min(LARGEST, whole(height / this.rows));
      cellWidth = whole(Math.min(cellWidth, LONGEST * cellHeight));
      cellHeight = whole(Math.min(cellHeight, LONGEST * cellWidth));
      const inner = { width: cellWidth * this.columns, height: cellHeight * this.rows };
      this.box = { left: LEFT + Math.floor((width - inner.width) / 2), top: TOP, ...inner };
      this.bars = null;
    } else {
      const strips = this.strips(picture);
      const strip = strips > 0 ? whole(Math.min(18, Math.max(3, (height * 0.45) / strips))) : 0;
      const inner = { width: cellWidth * this.columns, height: strip * strips };
      const left = LEFT + Math.floor((width - inner.width) / 2);
      const gap = strips > 0 ? GAP : 0;
      this.bars = { left, top: TOP, width: inner.width, height: height - inner.height - gap };
      this.box = { left, top: TOP + this.bars.height + gap, ...inner };
    }
    this.heat.root.classList.toggle("hidden", this.box.height === 0);
    const { style } = this.heat.root;
    style.left = `${this.box.left}px`;
    style.top = `${this.box.top}px`;
    style.width = `${this.box.width}px`;
    style.height = `${this.box.height}px`;
    this.marks.setAttribute("viewBox", `0 0 ${this.root.clientWidth} ${this.root.clientHeight}`);
  }

  /** @param {Picture} picture */
  drawCells(picture) {
    const { plan, cells, cost } = picture;
    const measure = cost ? excess : share;
    this.heat.draw({
      columns: this.columns,
      rows: plan.y ? this.rows : this.strips(picture),
      scale: "unit",
      range: 1,
      value: (column, row) => {
        const cell = cells.get(`${column}.${plan.y ? this.rows - 1 - row : 0}`);
        if (!cell) {
          return NaN;
        }
        return plan.y ? tone(measure(cell)) : tone(cell.wrong[row] / Math.max(1, cell.counted_bits));
      },
    });
  }

  /** @param {Picture} picture */
  drawMarks(picture) {
    const list = [
      ...this.axes(picture),
      ...(this.bars ? this.barMarks(picture, this.bars) : []),
      this.exactMarks(picture),
      ...this.training(picture),
    ];
    const cursor = this.cursorMark();
    if (cursor) {
      list.push(cursor);
    }
    fill(this.marks, ...list);
  }

  /** @param {number} i */
  x(i) {
    return this.box.left + (i * this.box.width) / this.columns;
  }

  /** @param {number} i from the bottom */
  y(i) {
    return this.box.top + this.box.height - (i * this.box.height) / this.rows;
  }

  /** @param {Picture} picture */
  axes(picture) {
    const { plan } = picture;
    const bottom = this.box.top + this.box.height;
    const list = [];
    const across = values(plan.x);
    for (const i of ticks(across, this.box.width / 30)) {
      const x = this.x(i + 0.5);
      list.push(svg("line", { x1: x, x2: x, y1: bottom + 1, y2: bottom + 5 }));
      list.push(svg("text", { x, y: bottom + 16, "text-anchor": "middle" }, String(across[i])));
    }
    list.push(svg("text", { x: this.box.left + this.box.width / 2, y: bottom + 33, "text-anchor": "middle", class: "axis-name" }, words(plan.x.name)));
    const turned = (/** @type {string} */ text, /** @type {number} */ y) => {
      const x = this.box.left - 46;
      return svg("text", { x, y, "text-anchor": "middle", transform: `rotate(-90 ${x} ${y})`, class: "axis-name" }, text);
    };
    if (plan.y) {
      const down = values(plan.y);
      for (const i of ticks(down, this.box.height / 18)) {
        const y = this.y(i + 0.5);
        list.push(svg("line", { x1: this.box.left - 5, x2: this.box.left - 1, y1: y, y2: y }));
        list.push(svg("text", { x: this.box.left - 9, y: y + 4, "text-anchor": "end" }, String(down[i])));
      }
      list.push(turned(words(plan.y.name), this.box.top + this.box.height / 2));
    } else {
      const strips = this.strips(picture);
      const half = this.box.height / strips / 2;
      const place = (/** @type {number} */ y, /** @type {number} */ sequence) =>
        svg("text", { x: this.box.left - 9, y: y + 4, "text-anchor": "end" }, String(sequence));
      if (strips > 1) {
        list.push(place(this.box.top + half, 0), place(bottom - half, strips - 1));
      }
      if (this.box.height > 90) {
        list.push(turned("sequences", this.box.top + this.box.height / 2));
      }
    }
    return list;
  }

  /** @param {Picture} picture @param {Box} box */
  barMarks({ cells, cost }, box) {
    const measure = cost ? excess : share;
    const bottom = box.top + box.height;
    const list = [];
    for (const tick of TICKS) {
      const y = bottom - tone(tick) * box.height;
      list.push(svg("line", { x1: box.left, x2: box.left + box.width, y1: y, y2: y, class: "grid" }));
      list.push(svg("text", { x: box.left - 9, y: y + 4, "text-anchor": "end" }, label(tick, cost)));
    }
    list.push(svg("line", { x1: box.left, x2: box.left + box.width, y1: bottom, y2: bottom }));
    list.push(svg("text", { x: box.left - 9, y: bottom + 3, "text-anchor": "end" }, cost ? "0" : "none"));
    const wide = box.width / this.columns;
    const inset = wide > 6 ? 1 : 0;
    for (let column = 0; column < this.columns; column++) {
      const cell = cells.get(`${column}.0`);
      if (cell) {
        const value = tone(measure(cell));
        const height = value * box.height;
        list.push(svg("rect", {
          x: this.x(column) + inset, width: Math.max(1, wide - 2 * inset), y: bottom - height, height, fill: css("unit", Math.max(0.35, value), 1),
        }));
      }
    }
    return list;
  }

  /** A dot in each cell that is exact, so that right and nearly right are never mistaken. @param {Picture} picture */
  exactMarks(picture) {
    const { plan, cells, cost } = picture;
    let dots = "";
    const width = this.box.width / this.columns;
    const strips = this.strips(picture);
    const height = this.box.height / (plan.y ? this.rows : strips);
    if (!cost && Math.min(width, height) >= DOT_FROM) {
      const dot = (/** @type {number} */ column, /** @type {number} */ fromTop) => {
        dots += `M${this.x(column + 0.5).toFixed(1)} ${(this.box.top + (fromTop + 0.5) * height).toFixed(1)}h0.01`;
      };
      for (const cell of cells.values()) {
        if (!plan.y) {
          cell.wrong.slice(0, strips).forEach((wrong, i) => wrong === 0 && dot(cell.column, i));
        } else if (cell.exact === cell.sequences) {
          dot(cell.column, this.rows - 1 - cell.row);
        }
      }
    }
    return svg("path", { d: dots || "M0 0", class: "exact", "stroke-width": Math.min(5, Math.max(2, Math.min(width, height) / 5)) });
  }

  /** @param {Picture} picture */
  training({ plan, machine }) {
    const across = trained(machine, plan.x);
    const down = plan.y ? trained(machine, plan.y) : /** @type {[number, number]} */ ([0, this.rows - 1]);
    if (!across || !down) {
      return [];
    }
    const top = this.bars ? this.bars.top : this.y(down[1] + 1);
    const bottom = this.y(down[0]);
    const left = this.x(across[0]);
    const right = this.x(across[1] + 1);
    return [
      svg("rect", { x: left, y: top, width: right - left, height: bottom - top, class: "trained" }),
      svg("text", {
        x: this.bars ? left + 6 : right - 6, y: top + 15, "text-anchor": this.bars ? "start" : "end", class: "trained-name",
      }, right - left > 70 ? "trained" : ""),
    ];
  }

  cursorMark() {
    const { column, row } = this.cursor;
    if (!this.picture || column < 0 || column >= this.columns || row < 0 || row >= this.rows) {
      return null;
    }
    const top = this.bars ? this.bars.top : this.y(row + 1);
    return svg("rect", {
      class: "map-cursor", x: this.x(column), y: top, width: this.box.width / this.columns, height: this.y(row) - top,
    });
  }

  /**
   * The cell under the pointer.
   * @param {MouseEvent} event
   * @returns {{column: number, row: number, sequence: number | null} | null}
   */
  at(event) {
    const frame = this.root.getBoundingClientRect();
    const x = event.clientX - frame.left - this.box.left;
    const y = event.clientY - frame.top - this.box.top;
    const above = this.bars ? this.bars.top - this.box.top : 0;
    if (!this.picture || x < 0 || x >= this.box.width || y < above || y >= this.box.height) {
      return null;
    }
    const column = Math.floor((x / this.box.width) * this.columns);
    if (this.bars) {
      const sequence = y < 0 ? null : Math.floor((y / this.box.height) * this.strips(this.picture));
      return { column, row: 0, sequence };
    }
    return { column, row: this.rows - 1 - Math.floor((y / this.box.height) * this.rows), sequence: null };
  }
}

/** What the colours mean. @param {boolean} cost */
export function legend(cost) {
  const stops = [];
  for (let i = 0; i <= 16; i++) {
    const x = LEAST * (MOST / LEAST) ** (i / 16);
    stops.push(`${css("unit", tone(x), 1)} ${(100 * i) / 16}%`);
  }
  const place = (/** @type {number} */ x) => (100 * Math.log(x / LEAST)) / Math.log(MOST / LEAST);
  return h(
    "div",
    { class: "map-legend" },
    cost ? h("span", {}, "bits above the optimum, for each bit") : h("span", { class: "row" }, h("i", { class: "exact-swatch" }), "no bit wrong"),
    cost ? null : h("span", {}, "share of wrong bits"),
    h(
      "span",
      { class: "ramp" },
      h("i", { style: `background:linear-gradient(to right, ${stops.join(",")})` }),
      ...TICKS.map(tick => h("b", { style: `left:${place(tick)}%` }, label(tick, cost))),
    ),
    cost ? null : h("span", { class: "soft" }, "50 % is guessing"),
    h("span", { class: "row" }, h("i", { class: "trained-swatch" }), "trained"),
  );
}

/** An axis by its name. @param {string} name */
export function words(name) {
  return name === ROWS ? "memory rows" : name;
}

/** @param {number} tick @param {boolean} cost */
function label(tick, cost) {
  return cost ? String(tick) : `${Number((100 * tick).toPrecision(3))} %`;
}

/** Whole pixels where there are some. @param {number} x */
function whole(x) {
  return x >= 3 ? Math.floor(x) : x;
}

/**
 * Which values get a label: multiples of a round number, where there are enough of them.
 * @param {number[]} list
 * @param {number} most
 */
function ticks(list, most) {
  const every = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000].find(n => list.filter(v => v % n === 0).length <= most);
  const places = list.map((_, i) => i).filter(i => !every || list[i] % every === 0);
  return places.length > 1 || list.length === 1 ? places : [0, list.length - 1];
}
