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

/** So many entries are laid at a time: more are laid when one comes to the end of them. */
const PORTION = 100;

export class RunListPanel {
  /**
   * @param {(ids: string[]) => void} choose
   * @param {string} wanted what is looked for
   * @param {(text: string) => void} look for something else
   */
  constructor(choose, wanted, look) {
    this.choose = choose;
    this.tree = h("div", {
      class: "run-list", role: "tree", "aria-multiselectable": "true", "aria-label": "Runs", onkeydown: (/** @type {KeyboardEvent} */ e) => this.key(e),
    });
    this.field = h("input", {
      type: "search", class: "run-search", placeholder: "Find runs", "aria-label": "Find runs by name, task, machine or state", "data-field": "find", value: wanted,
      oninput: () => look(this.field.value),
    });
    this.found = h("span", { class: "soft number", role: "status", "data-figure": "runs" });
    this.root = h("div", { class: "run-finder" }, h("div", { class: "row run-find" }, this.field, this.found), this.tree);
    this.more = h("div", { class: "run-more", "aria-hidden": "true" });
    this.observer = new IntersectionObserver(seen => seen.some(each => each.isIntersecting) && this.lay(this.laid + PORTION), { root: this.tree, rootMargin: "400px" });
    /** @type {Map<string, HTMLElement>} */
    this.rows = new Map();
    /** @type {Run[]} */
    this.runs = [];
    /** @type {Set<string>} */
    this.chosen = new Set();
    /** What the user has opened or closed. @type {Map<string, boolean>} */
    this.open = new Map();
    this.wanted = wanted;
    /** Groups in their order. @type {[string, Run[]][]} */
    this.groups = [];
    /** How many groups are on the page. */
    this.laid = 0;
  }

  close() {
    this.observer.disconnect();
  }

  /** @param {string} text */
  find(text) {
    this.wanted = text;
    if (this.field.value !== text) {
      this.field.value = text;
    }
    this.tree.scrollTop = 0;
    this.laid = 0;
    this.draw(this.runs, this.chosen);
  }

  /** @param {Run[]} runs @param {Set<string>} chosen */
  draw(runs, chosen) {
    const focused = this.tree.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.item : undefined;
    const { scrollTop } = this.tree;
    this.runs = runs;
    this.chosen = chosen;
    const words = this.wanted.toLowerCase().split(/\s+/).filter(word => word !== "");
    const found = words.length === 0 ? runs : runs.filter(run => {
      const text = `${run.id} ${run.group} ${run.task} ${run.machine} seed ${run.seed} ${stateText(run)}`.toLowerCase();
      return words.every(word => text.includes(word));
    });
    this.found.textContent = found.length === runs.length ? count(runs.length) : `${count(found.length)} of ${count(runs.length)}`;
    this.found.title = "runs";
    /** @type {Map<string, Run[]>} */
    const groups = new Map();
    for (const run of found) {
      const group = groups.get(run.group);
      if (group) {
        group.push(run);
      } else {
        groups.set(run.group, [run]);
      }
    }
    const newest = new Map([...groups].map(([name, group]) => [name, group.reduce((most, run) => Math.max(most, run.written), 0)]));
    this.groups = [...groups].sort(([a], [b]) => (newest.get(b) ?? 0) - (newest.get(a) ?? 0));
    this.few = found.length <= 40 || words.length > 0 && found.length <= PORTION;
    this.rows.clear();
    this.tree.replaceChildren();
    const before = this.laid;
    this.laid = 0;
    this.lay(Math.max(before, PORTION));
    // What is chosen can be seen, however far down it is.
    const last = this.groups.findLastIndex(([, group]) => group.some(run => chosen.has(run.id)));
    if (last >= this.laid && last < this.laid + 5 * PORTION) {
      this.lay(last + 1);
    }
    if (found.length === 0) {
      this.tree.append(h("div", { class: "note run-none" }, `No run is called or is like “${this.wanted}”.`));
    }
    this.tree.scrollTop = scrollTop;
    if (focused) {
      this.focus(focused);
    }
  }

  /** Lays groups until there are so many. @param {number} most */
  lay(most) {
    const end = Math.min(most, this.groups.length);
    this.observer.unobserve(this.more);
    this.more.remove();
    const part = document.createDocumentFragment();
    for (; this.laid < end; this.laid++) {
      const [name, group] = this.groups[this.laid];
      group.sort((a, b) => a.seed - b.seed || a.id.localeCompare(b.id));
      part.append(group.length === 1 ? this.row(group[0], false, this.laid + 1) : this.group(name, group, this.laid + 1));
    }
    this.tree.append(part);
    if (end < this.groups.length) {
      this.tree.append(this.more);
      this.observer.observe(this.more);
    }
    if (!this.tree.querySelector("[tabindex='0']")) {
      const first = this.tree.querySelector("[role=treeitem][aria-selected=true]") ?? this.tree.querySelector("[role=treeitem]");
      first?.setAttribute("tabindex", "0");
    }
  }

  /** @param {string} name @param {Run[]} group @param {number} place */
  group(name, group, place) {
    const solved = group.filter(run => run.solved_at !== null).length;
    const ids = group.map(run => run.id);
    const every = ids.every(id => this.chosen.has(id));
    const members = h("div", { class: "run-members", role: "group" });
    const toggle = (/** @type {boolean} */ open) => {
      item.setAttribute("aria-expanded", String(open));
      members.classList.toggle("hidden", !open);
      if (open && members.childElementCount === 0) {
        members.append(...group.map((run, i) => this.row(run, true, i + 1)));
      }
    };
    const turn = (/** @type {boolean} */ open) => {
      this.open.set(name, open);
      toggle(open);
    };
    const item = h(
      "div",
      {
        class: "run-group-head", role: "treeitem", tabIndex: -1, title: name, "data-item": `group ${name}`,
        "aria-level": "1", "aria-setsize": String(this.groups.length), "aria-posinset": String(place),
        "aria-selected": String(every), "aria-label": `${groupName(name)} ${solved}/${group.length}: ${group.length} runs, ${solved} solved`,
        onclick: () => turn(item.getAttribute("aria-expanded") !== "true"),
      },
      h("span", { class: "run-group-name" }, groupName(name)),
      " ",
      h("span", { class: "soft number", title: `${solved} of ${group.length} solved` }, `${solved}/${group.length} ✓`),
    );
    // For the pointer: the Enter key in the group does the same.
    const all = h("button", {
      class: "quiet", tabIndex: -1, "aria-hidden": "true", "aria-pressed": String(every), "data-group": name,
      title: "Show these runs together: median and spread over seeds", onclick: () => this.choose(every ? ids.slice(0, 1) : ids),
    }, "all");
    item.addEventListener("ntm4j-turn", event => turn(/** @type {CustomEvent} */ (event).detail));
    item.addEventListener("ntm4j-all", () => this.choose(every ? ids.slice(0, 1) : ids));
    toggle(this.open.get(name) ?? (this.few || ids.some(id => this.chosen.has(id))));
    return h("div", { class: "run-group", role: "none" }, h("div", { class: "run-group-row", role: "none" }, item, all), members);
  }

  /** @param {Run} run @param {boolean} inGroup @param {number} place */
  row(run, inGroup, place) {
    const selected = this.chosen.has(run.id);
    const name = shortName(run.id);
    const row = h("div", {
      class: "run-row", role: "treeitem", "aria-level": inGroup ? "2" : "1", "aria-posinset": String(place), "aria-selected": String(selected),
      "data-run": run.id, "data-item": run.id, tabIndex: -1, title: run.problem ?? run.id,
      onclick: (/** @type {MouseEvent} */ e) => this.select(run.id, e.ctrlKey || e.metaKey || e.shiftKey),
    });
    if (!inGroup) {
      row.setAttribute("aria-setsize", String(this.groups.length));
    }
    this.rows.set(run.id, row);
    fill(
      row,
      h("span", { class: "run-mark" }),
      " ",
      h("span", { class: "run-name" }, inGroup ? `seed ${run.seed}${/-seed\d+-(\d+)$/.exec(name)?.[0].replace(/-seed\d+/, " ") ?? ""}` : name),
      " ",
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
    figure.textContent = brief(run.state === "finished" ? (run.solved_at ?? run.sequences) : run.sequences);
    // What stands in the row comes first, as it stands there.
    row.setAttribute("aria-label", `${row.children[1].textContent} ${figure.textContent}: ${shortName(run.id)}, ${words}, ${count(run.sequences)} of ${count(run.budget)} sequences${run.solved_at ? `, solved at ${count(run.solved_at)}` : ""}`);
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

  /** @param {string} item a run, or a group */
  focus(item) {
    const found = [...this.tree.querySelectorAll("[data-item]")].find(each => /** @type {HTMLElement} */ (each).dataset.item === item);
    if (found) {
      this.tree.querySelectorAll("[tabindex='0']").forEach(other => other.setAttribute("tabindex", "-1"));
      found.setAttribute("tabindex", "0");
      /** @type {HTMLElement} */ (found).focus({ preventScroll: false });
    }
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const item = /** @type {HTMLElement} */ (event.target);
    const name = item.dataset.item;
    if (!name || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "End") {
      this.lay(this.groups.length);
    }
    const visible = /** @type {HTMLElement[]} */ ([...this.tree.querySelectorAll("[data-item]")]).filter(each => each.offsetParent !== null);
    const at = visible.indexOf(item);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: visible.length - 1 }[event.key];
    const run = item.dataset.run;
    if (to !== undefined) {
      const next = visible[Math.min(visible.length - 1, Math.max(0, to))];
      this.focus(next.dataset.item ?? "");
      if (event.shiftKey && next.dataset.run) {
        this.choose([...new Set([...this.chosen, next.dataset.run])]);
      }
    } else if (!run && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      item.dispatchEvent(new CustomEvent("ntm4j-turn", { detail: event.key === "ArrowRight" }));
    } else if (event.key === "ArrowLeft") {
      const head = item.closest(".run-group")?.querySelector(".run-group-head");
      this.focus(head instanceof HTMLElement ? head.dataset.item ?? name : name);
    } else if (event.key === "Enter" || event.key === " ") {
      if (run) {
        this.select(run, event.key === " ");
      } else {
        item.dispatchEvent(new CustomEvent("ntm4j-all"));
      }
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
