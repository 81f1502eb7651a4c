/** The curves of the chosen runs: small multiples over one axis of sequences, with one cursor. */
import { isDark } from "../../colour.js";
import { fill, h } from "../../dom.js";
import { offerPicture, svgOfElement } from "../../share.js";
import uPlot from "../../vendor/uplot/uPlot.esm.js";
import { figure, lines, PANELS } from "./panels.js";

/** @typedef {import("./panels.js").Panel} Panel */
/** @typedef {import("./panels.js").Line} Line */
/** @typedef {import("./panels.js").Group} Group */

/** Colours that are told apart with every kind of colour vision (after Okabe and Ito), darker on light and lighter on dark. */
const LIGHT = ["#0072b2", "#c14e00", "#00805c", "#b2508a", "#7a6200", "#3f3f8f"];
const DARK = ["#56b4e9", "#ff9f5a", "#3ecf9e", "#e59fc6", "#e8dc5a", "#a9a9ff"];

const SYNC = "ntm4j-runs";

/** @param {number} group */
export function colour(group) {
  const colours = isDark() ? DARK : LIGHT;
  return colours[group % colours.length];
}

/** @param {string} name of a CSS variable */
function css(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** @param {string} hex @param {number} alpha */
function faint(hex, alpha) {
  return hex + Math.round(255 * alpha).toString(16).padStart(2, "0");
}

/** @param {number} value */
function axisNumber(value) {
  return value >= 1e6 ? `${value / 1e6} M` : value >= 1000 ? `${value / 1000} k` : String(value);
}

export class Curves {
  constructor() {
    this.cells = PANELS.map(panel => {
      const readout = h("span", { class: "number readout" });
      const place = h("div", { class: "plot", role: "img", "aria-label": panel.title });
      const root = h("figure", { class: `curve curve-${panel.name}`, "data-panel": panel.name }, h("figcaption", {}, h("h3", {}, panel.title), readout), place);
      const title = () => `${panel.title}: ${this.groups.map(group => group.name).join(", ")}`;
      offerPicture(place, title, () => svgOfElement(title(), place));
      return { panel, readout, place, root, plot: /** @type {uPlot | null} */ (null), shape: "", lines: /** @type {Line[]} */ ([]) };
    });
    this.whole = h("button", { class: "quiet hidden", "data-action": "whole", title: "Show all sequences again (double click)", onclick: () => this.zoom(null) }, "Whole course");
    this.root = h("div", { class: "curves" }, ...this.cells.map(cell => cell.root));
    /** @type {Group[]} */
    this.groups = [];
    this.end = 1;
    /** @type {[number, number] | null} */
    this.range = null;
    this.observer = new ResizeObserver(() => this.resize());
    this.cells.forEach(cell => this.observer.observe(cell.place));
  }

  /** @param {Group[]} groups */
  draw(groups) {
    this.groups = groups;
    this.end = Math.max(1, ...groups.flatMap(group => group.runs.map(run => Math.max(run.sequences, run.train.at(-1)?.[0] ?? 0, run.evaluation.at(-1)?.[0] ?? 0))));
    for (const cell of this.cells) {
      cell.lines = lines(cell.panel, groups, this.end);
      const data = /** @type {uPlot.AlignedData} */ (joined(cell.lines));
      const shape = cell.lines.map(line => line.role + line.group).join(" ");
      if (cell.plot && shape === cell.shape) {
        cell.plot.setData(data, true);
      } else {
        cell.plot?.destroy();
        cell.shape = shape;
        cell.plot = new uPlot(this.options(cell), data, cell.place);
      }
      const spoken = this.latest(cell.lines, cell.panel);
      cell.place.setAttribute("aria-label", `${cell.panel.title} over sequences: ${spoken || "nothing yet"}${this.events(cell.panel)}`);
      cell.readout.textContent = spoken;
    }
  }

  /** The theme has changed. */
  redraw() {
    this.cells.forEach(cell => {
      cell.shape = "";
    });
    this.draw(this.groups);
  }

  close() {
    this.observer.disconnect();
    this.cells.forEach(cell => cell.plot?.destroy());
  }

  resize() {
    for (const { plot, place } of this.cells) {
      if (plot && place.clientWidth > 0 && (plot.width !== place.clientWidth || plot.height !== place.clientHeight)) {
        plot.setSize({ width: place.clientWidth, height: place.clientHeight });
      }
    }
  }

  /** @param {[number, number] | null} range */
  zoom(range) {
    this.range = range;
    this.whole.classList.toggle("hidden", range === null);
    for (const { plot } of this.cells) {
      plot?.setData(plot.data, true);
    }
  }

  /** What happened to a run alone, in words. @param {Panel} panel */
  events(panel) {
    const [group] = this.groups;
    if (panel.name !== "bits" || this.groups.length !== 1 || group.runs.length !== 1) {
      return "";
    }
    const [{ solved, relapses, plateaus }] = group.runs;
    return `${solved === null ? "" : `; solved at ${solved.toLocaleString("en")}`}${relapses.length > 0 ? `; ${relapses.length} relapses` : ""}${plateaus.length > 0 ? `; ${plateaus.length} plateaus` : ""}`;
  }

  /** The last values. @param {Line[]} all @param {Panel} panel */
  latest(all, panel) {
    return all.filter(line => line.role !== "single" && line.role !== "low" && line.role !== "high").flatMap(line => {
      const value = line.y.findLast(y => y !== null);
      return value === undefined || value === null ? [] : [this.named(line, all, figure(panel, value))];
    }).join(" · ");
  }

  /** @param {Line} line @param {Line[]} all @param {string} value */
  named(line, all, value) {
    const shown = all.filter(other => other.role === "train" || other.role === "evaluation" || other.role === "median");
    return shown.length === 1 ? value : `${this.groups.length > 1 ? `${letter(line.group)} ` : ""}${line.role === "median" || line.label === "" ? "" : `${line.label} `}${value}`;
  }

  /** @param {{panel: Panel, readout: HTMLElement, place: HTMLElement, lines: Line[]}} cell @returns {uPlot.Options} */
  options(cell) {
    const { panel, place } = cell;
    const soft = css("--ink-soft");
    const font = "11px system-ui, sans-serif";
    const axis = { stroke: soft, font, grid: { stroke: css("--line"), width: 1 }, ticks: { show: false } };
    const decades = (/** @type {uPlot} */ _, /** @type {number[]} */ splits) => splits.map(value => (value === 0 || Number.isInteger(round(Math.log10(value))) ? value : null));
    /** @type {[number, number][]} */
    const bands = [];
    cell.lines.forEach((line, i) => {
      if (line.role === "high") {
        bands.push([i + 1, i]);
      }
    });
    return {
      width: Math.max(120, place.clientWidth),
      height: Math.max(60, place.clientHeight),
      padding: [8, 16, 0, 0],
      legend: { show: false },
      scales: { x: { time: false, range: () => this.range ?? [0, 1.01 * this.end] }, y: scale(panel) },
      axes: [
        { ...axis, size: 22, gap: 3, values: (_, splits) => splits.map(axisNumber) },
        {
          ...axis,
          size: 46,
          gap: 4,
          grid: { ...axis.grid, ...(panel.scale === "log" || panel.scale === "symmetric" ? { filter: decades } : {}) },
          values: (_, splits) => splits.map(value => (value === null || value < 0 ? null : figure(panel, value))),
        },
      ],
      series: [{}, ...cell.lines.map(line => stroke(line, panel))],
      bands: bands.map(([high, low]) => ({ series: /** @type {[number, number]} */ ([high, low]), fill: faint(colour(cell.lines[high - 1].group), 0.2) })),
      cursor: {
        y: false,
        points: { show: false },
        drag: { x: true, y: false, setScale: false },
        sync: { key: SYNC, scales: ["x", null], filters: { pub: type => type === "mousemove" || type === "mouseleave" } },
        bind: { dblclick: () => () => (this.zoom(null), null) },
      },
      hooks: {
        drawAxes: [plot => this.below(plot)],
        draw: [plot => this.above(plot, cell)],
        setSelect: [plot => {
          if (plot.select.width > 4) {
            const range = /** @type {[number, number]} */ ([plot.posToVal(plot.select.left, "x"), plot.posToVal(plot.select.left + plot.select.width, "x")]);
            plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            this.zoom(range);
          }
        }],
        setCursor: [plot => {
          const left = plot.cursor.left ?? -1;
          cell.readout.textContent = left < 0 ? this.latest(cell.lines, panel) : this.readout(cell.lines, panel, plot.posToVal(left, "x"));
        }],
      },
    };
  }

  /** The values at a place. @param {Line[]} all @param {Panel} panel @param {number} x */
  readout(all, panel, x) {
    const values = all.filter(line => line.role === "train" || line.role === "evaluation" || line.role === "median").flatMap(line => {
      const value = nearest(line, x);
      return value === null ? [] : [this.named(line, all, figure(panel, value))];
    });
    return `at ${Math.max(0, Math.round(x)).toLocaleString("en")}: ${values.join(" · ")}`;
  }

  /** Where the training stood still. @param {uPlot} plot */
  below(plot) {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    this.groups.forEach((group, at) => {
      if (group.runs.length === 1) {
        for (const [from, to] of group.runs[0].plateaus) {
          const left = plot.valToPos(from, "x", true);
          ctx.fillStyle = faint(colour(at), 0.1);
          ctx.fillRect(left, bbox.top, plot.valToPos(to ?? this.end, "x", true) - left, bbox.height);
        }
      }
    });
    ctx.restore();
  }

  /** When tasks were solved, and lost again. @param {uPlot} plot @param {{panel: Panel, lines: Line[]}} cell */
  above(plot, cell) {
    const { ctx, bbox } = plot;
    const dot = devicePixelRatio;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    this.groups.forEach((group, at) => {
      const alone = group.runs.length === 1;
      ctx.strokeStyle = colour(at);
      ctx.fillStyle = colour(at);
      for (const run of group.runs) {
        if (run.solved !== null) {
          const x = plot.valToPos(run.solved, "x", true);
          ctx.lineWidth = dot;
          ctx.setLineDash([4 * dot, 3 * dot]);
          ctx.beginPath();
          ctx.moveTo(x, bbox.top);
          ctx.lineTo(x, alone ? bbox.top + bbox.height : bbox.top + 6 * dot);
          ctx.stroke();
          ctx.setLineDash([]);
          ctx.beginPath();
          ctx.moveTo(x - 4 * dot, bbox.top);
          ctx.lineTo(x + 4 * dot, bbox.top);
          ctx.lineTo(x, bbox.top + 6 * dot);
          ctx.fill();
          if (alone && cell.panel.name === "bits") {
            const right = x > bbox.left + 0.8 * bbox.width;
            ctx.font = `${11 * dot}px system-ui, sans-serif`;
            ctx.textAlign = right ? "right" : "left";
            ctx.textBaseline = "top";
            ctx.fillText(`solved at ${run.solved.toLocaleString("en")}`, x + (right ? -6 : 6) * dot, bbox.top + 1 * dot);
          }
        }
        const line = alone ? cell.lines.find(each => each.role === "evaluation" && each.group === at) : undefined;
        if (line) {
          ctx.strokeStyle = css("--warning");
          ctx.lineWidth = 1.5 * dot;
          for (const relapse of run.relapses) {
            const y = nearest(line, relapse);
            if (y !== null) {
              ctx.beginPath();
              ctx.arc(plot.valToPos(relapse, "x", true), plot.valToPos(y, "y", true), 4.5 * dot, 0, 2 * Math.PI);
              ctx.stroke();
            }
          }
          ctx.strokeStyle = colour(at);
        }
      }
    });
    ctx.restore();
  }
}

/** Whether the points of a line are so few that each can be seen. @param {ArrayLike<number | null | undefined>} values */
function few(values) {
  let there = 0;
  for (let i = 0; i < values.length && there < 60; i++) {
    there += values[i] === null || values[i] === undefined ? 0 : 1;
  }
  return there < 60;
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 1e6) / 1e6;
}

/** What a group is called in a readout. @param {number} group */
export function letter(group) {
  return String.fromCharCode(65 + (group % 26));
}

/** The value whose place is nearest. @param {Line} line @param {number} x */
function nearest(line, x) {
  let low = 0;
  let high = line.x.length - 1;
  if (high < 0) {
    return null;
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (line.x[middle] <= x) {
      low = middle;
    } else {
      high = middle;
    }
  }
  const at = Math.abs(line.x[low] - x) <= Math.abs(line.x[high] - x) ? low : high;
  return line.y[at];
}

/** All lines over one axis. @param {Line[]} all */
function joined(all) {
  return all.length === 0 ? [[]] : uPlot.join(all.map(line => [line.x, line.y]));
}

/** @param {Panel} panel @returns {uPlot.Scale} */
function scale(panel) {
  const most = (/** @type {number | null} */ max, /** @type {number} */ least) => Math.max(least, 1.08 * (max ?? 0));
  switch (panel.scale) {
    case "log":
      return { distr: 3, log: 10, range: (_, min, max) => (min === null || max === null ? [0.1, 10] : uPlot.rangeLog(min, max, 10, true)) };
    case "symmetric":
      return { distr: 4, asinh: 0.1, range: (_, _min, max) => [0, most(max, 1)] };
    case "share":
      return { range: () => [0, 1] };
    case "count":
      return { range: (_, _min, max) => [0, most(max, 4)] };
    default:
      return { range: (_, _min, max) => [0, most(max, 1e-6)] };
  }
}

/** @param {Line} line @param {Panel} panel @returns {uPlot.Series} */
function stroke(line, panel) {
  const own = colour(line.group);
  const steps = panel.scale === "count" || panel.name === "rate" ? { paths: uPlot.paths.stepped?.({ align: 1 }) } : {};
  const common = { spanGaps: true, points: { show: false }, label: line.label, ...steps };
  switch (line.role) {
    case "train":
      return { ...common, stroke: panel.evaluation === undefined ? own : faint(own, 0.55), width: 1.2 };
    case "evaluation":
      return { ...common, stroke: own, width: 2.2, points: { show: (plot, i) => few(plot.data[i]), size: 5, fill: own, stroke: own } };
    case "single":
      return { ...common, stroke: faint(own, 0.35), width: 1 };
    case "median":
      return { ...common, stroke: own, width: 2.4 };
    default:
      return { ...common, stroke: faint(own, 0), width: 0 };
  }
}

/** What the colours mean. @param {HTMLElement} place @param {Group[]} groups */
export function legend(place, groups) {
  fill(place, ...groups.map((group, at) => h(
    "span",
    { class: "runs-legend-item", title: group.runs.map(run => run.id).join("\n") },
    h("i", { style: `background:${colour(at)}` }),
    `${groups.length > 1 ? `${letter(at)}  ` : ""}${group.name}${group.runs.length > 1 ? `: median and middle half of ${group.runs.length} runs` : ""}`,
  )));
}
