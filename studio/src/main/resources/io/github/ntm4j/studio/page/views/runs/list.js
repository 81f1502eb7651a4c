/** The list of all runs, in groups of the same settings. */
import { fill, h, svg } from "../../dom.js";

/**
 * A run as the server lists it.
 * @typedef {object} Run
 * @property {string} id
 * @property {string} group
 * @property {string} task
 * @property {string} machine
 * @property {number} seed
 * @property {number} learning_rate
 * @property {number} budget
 * @property {"training" | "paused" | "stopping" | "elsewhere" | "finished" | "interrupted"} state
 * @property {string | null} outcome
 * @property {number} sequences
 * @property {number} seconds
 * @property {number | null} solved_at
 * @property {number} written
 * @property {boolean} controllable
 * @property {boolean} resumable
 * @property {boolean} best
 * @property {boolean} last
 * @property {boolean} film
 * @property {[number, number | null][]} sketch
 * @property {string} [problem]
 */

/** A sign for each state, told apart by its form as well as its colour. @type {Record<string, [string, string, string]>} */
const MARKS = {
  training: ["●", "training here", "live"],
  paused: ["❚❚", "paused", "notice"],
  stopping: ["◍", "stopping", "notice"],
  elsewhere: ["◆", "trained by another process", "live"],
  interrupted: ["◌", "interrupted", "notice"],
  solved: ["✓", "solved", "good"],
  budget: ["□", "budget used up", "soft"],
  patience: ["□", "no better for a long time", "soft"],
  stopped: ["■", "stopped", "soft"],
  diverged: ["✕", "diverged", "warning"],
  finished: ["□", "finished", "soft"],
};

/** @param {Run} run */
function mark(run) {
  return MARKS[run.state === "finished" ? (run.outcome ?? "finished") : run.state] ?? MARKS.finished;
}

/** @param {Run} run */
export function stateText(run) {
  return mark(run)[1];
}

/** @param {string} id */
export function shortName(id) {
  return id.split("/").at(-1) ?? id;
}

/** A sweep keeps its runs in a folder of that name, which says nothing. @param {string} group */
export function groupName(group) {
  return group.replace(/^runs\//, "").replaceAll("/runs/", " · ");
}

/** @param {number} value */
export function count(value) {
  return value.toLocaleString("en");
}

export class RunListPanel {
  /**
   * @param {(ids: string[]) => void} choose
   */
  constructor(choose) {
    this.choose = choose;
    this.root = h("div", { class: "run-list", role: "listbox", "aria-multiselectable": "true", "aria-label": "Runs", onkeydown: (/** @type {KeyboardEvent} */ e) => this.key(e) });
    /** @type {Map<string, HTMLElement>} */
    this.rows = new Map();
    /** @type {Run[]} */
    this.runs = [];
    /** @type {Set<string>} */
    this.chosen = new Set();
    /** What the user has opened or closed. @type {Map<string, boolean>} */
    this.open = new Map();
  }

  /** @param {Run[]} runs @param {Set<string>} chosen */
  draw(runs, chosen) {
    const focused = this.root.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.run : undefined;
    this.runs = runs;
    this.chosen = chosen;
    this.rows.clear();
    /** @type {Map<string, Run[]>} */
    const groups = new Map();
    for (const run of runs) {
      const group = groups.get(run.group) ?? [];
      group.push(run);
      groups.set(run.group, group);
    }
    const newest = (/** @type {Run[]} */ group) => Math.max(...group.map(run => run.written));
    const sorted = [...groups].sort(([, a], [, b]) => newest(b) - newest(a));
    fill(this.root, ...sorted.map(([name, group]) => this.group(name, group.sort((a, b) => a.seed - b.seed || a.id.localeCompare(b.id)), runs.length)));
    const first = [...this.rows.values()].find(row => row.getAttribute("aria-selected") === "true") ?? this.rows.values().next().value;
    first?.setAttribute("tabindex", "0");
    if (focused) {
      this.focus(focused);
    }
  }

  /** @param {string} name @param {Run[]} group @param {number} all */
  group(name, group, all) {
    if (group.length === 1) {
      return this.row(group[0], false);
    }
    const solved = group.filter(run => run.solved_at !== null).length;
    const ids = group.map(run => run.id);
    const every = ids.every(id => this.chosen.has(id));
    const details = h(
      "details",
      { class: "run-group", open: this.open.get(name) ?? (all <= 40 || ids.some(id => this.chosen.has(id))) },
      h(
        "summary",
        { title: name, onclick: () => this.open.set(name, !details.open) },
        h("span", { class: "run-group-name" }, groupName(name)),
        h("span", { class: "soft number", title: `${solved} of ${group.length} solved` }, `${solved}/${group.length} ✓`),
        h("button", {
          class: "quiet", "aria-pressed": String(every), "data-group": name, title: "Show these runs together: median and spread over seeds",
          onclick: (/** @type {Event} */ e) => {
            e.preventDefault();
            e.stopPropagation();
            this.choose(every ? ids.slice(0, 1) : ids);
          },
        }, "all"),
      ),
      ...group.map(run => this.row(run, true)),
    );
    return details;
  }

  /** @param {Run} run @param {boolean} inGroup */
  row(run, inGroup) {
    const selected = this.chosen.has(run.id);
    const name = shortName(run.id);
    const row = h("div", {
      class: "run-row", role: "option", "aria-selected": String(selected), "data-run": run.id, tabIndex: -1, title: run.problem ?? run.id,
      onclick: (/** @type {MouseEvent} */ e) => this.select(run.id, e.ctrlKey || e.metaKey || e.shiftKey),
    });
    this.rows.set(run.id, row);
    fill(
      row,
      h("span", { class: "run-mark" }),
      h("span", { class: "run-name" }, inGroup ? `seed ${run.seed}${/-seed\d+-(\d+)$/.exec(name)?.[0].replace(/-seed\d+/, " ") ?? ""}` : name),
      sparkline(run.sketch),
      h("span", { class: "run-count number" }),
      h("span", { class: "run-bar" }, h("i", {})),
    );
    this.refresh(run);
    return row;
  }

  /** Shows how far a run has come. @param {Run} run */
  refresh(run) {
    const row = this.rows.get(run.id);
    if (!row) {
      return;
    }
    const [sign, words, kind] = mark(run);
    const [place, , , figure, bar] = /** @type {HTMLElement[]} */ ([...row.children]);
    place.textContent = run.problem ? "!" : sign;
    place.className = `run-mark ${run.problem ? "warning" : kind}`;
    place.setAttribute("aria-hidden", "true");
    row.setAttribute("aria-label", `${shortName(run.id)}, ${words}, ${count(run.sequences)} of ${count(run.budget)} sequences${run.solved_at ? `, solved at ${count(run.solved_at)}` : ""}`);
    figure.textContent = brief(run.state === "finished" ? (run.solved_at ?? run.sequences) : run.sequences);
    figure.title = run.solved_at === null ? "sequences" : `solved at ${count(run.solved_at)} sequences`;
    const share = run.budget > 0 ? Math.min(1, run.sequences / run.budget) : 0;
    /** @type {HTMLElement} */ (bar.firstChild).style.width = `${100 * share}%`;
    bar.title = `${count(run.sequences)} of ${count(run.budget)} sequences`;
  }

  /** @param {string} id @param {boolean} more */
  select(id, more) {
    const ids = more ? (this.chosen.has(id) ? [...this.chosen].filter(other => other !== id) : [...this.chosen, id]) : [id];
    this.choose(ids.length > 0 ? ids : [id]);
    this.focus(id);
  }

  /** @param {string} id */
  focus(id) {
    const row = this.rows.get(id);
    this.rows.forEach(other => other.setAttribute("tabindex", other === row ? "0" : "-1"));
    row?.focus({ preventScroll: false });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const id = /** @type {HTMLElement} */ (event.target).dataset.run;
    if (!id) {
      return;
    }
    const visible = [...this.rows].filter(([, row]) => row.offsetParent !== null).map(([name]) => name);
    const at = visible.indexOf(id);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: visible.length - 1 }[event.key];
    if (to !== undefined) {
      const next = visible[Math.min(visible.length - 1, Math.max(0, to))];
      if (event.shiftKey) {
        this.choose([...new Set([...this.chosen, next])]);
      }
      this.focus(next);
    } else if (event.key === "Enter" || event.key === " ") {
      this.select(id, event.key === " ");
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

/** @param {number} value */
function brief(value) {
  return value >= 1e6 ? `${(value / 1e6).toFixed(1)} M` : value >= 10_000 ? `${Math.round(value / 1000)} k` : count(value);
}

/** A small learning curve: bits on a logarithmic scale. @param {[number, number | null][]} points */
function sparkline(points) {
  const width = 52;
  const height = 16;
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "sparkline", "aria-hidden": "true" });
  const known = points.filter(([, bits]) => bits !== null);
  if (known.length > 1) {
    const end = known[known.length - 1][0];
    const place = (/** @type {number} */ bits) => height - 1 - (height - 2) * Math.min(1, Math.max(0, (Math.log10(Math.max(bits, 0.01)) + 2) / 4.3));
    picture.append(svg("polyline", {
      points: known.map(([x, bits]) => `${((width * x) / end).toFixed(1)},${place(/** @type {number} */ (bits)).toFixed(1)}`).join(" "),
      fill: "none", stroke: "currentColor", "stroke-width": 1.2,
    }));
  }
  return picture;
}
