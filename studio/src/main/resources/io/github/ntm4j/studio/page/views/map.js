/** The generalisation map: how well a machine does at sizes that it was trained on, and beyond. */
import { lines } from "../api.js";
import { describe, firstModel, machineSelect, meantForField } from "../choice.js";
import { eachFrame, fill, h } from "../dom.js";
import { givenUp, Obstacle, Waiting } from "../notice.js";
import { legend, MapFigure, words } from "./map/figure.js";
import { axisText, excess, names, percent, plan, question, ROWS, share, usual, values } from "./map/plan.js";
import { sizeText } from "./machine/question.js";

/** @typedef {import("./map/plan.js").Plan} Plan */
/** @typedef {import("./map/plan.js").Cell} Cell */
/** @typedef {import("./map/plan.js").Axis} Axis */
/** @typedef {import("../choice.js").Machine} Machine */

/** What concerns this view. */
const OWN = ["model", "x", "y", "n", "seed", "rows", "at"];
const KEPT = 20;

/** Maps that have been computed, so that coming back costs nothing. @type {Map<string, {cells: Map<string, Cell>, seconds: number}>} */
const computed = new Map();

/**
 * @param {HTMLElement} root
 * @param {import("../main.js").App} app
 * @returns {import("../main.js").View}
 */
export function open(root, app) {
  const { state } = app;
  /** @type {Machine | null} */
  let machine = null;
  /** @type {Plan | null} */
  let chosen = null;
  /** @type {any[]} */
  let runs = [];
  /** @type {Map<string, Cell>} */
  let cells = new Map();
  /** @type {AbortController | null} */
  let under = null;
  let soonest = 0;
  let cursor = { column: -1, row: -1 };
  let closed = false;

  const model = () => state.get("model") || firstModel(app);
  const figure = new MapFigure({ move, open: openCell });
  const obstacle = new Obstacle(root);
  const waiting = new Waiting(root);
  const machineFields = h("div", { class: "column" });
  const axisFields = h("div", { class: "column" });
  const progress = h("span", { class: "number soft", role: "status", "data-figure": "progress" });
  const bar = h("div", { class: "map-progress", "aria-hidden": "true" }, h("i"));
  const again = h("button", { "data-action": "compute", onclick: () => (under ? stop("stopped") : compute(true)) }, "Stop");
  const key = h("div", {});
  const detail = h("div", { class: "column", "aria-live": "polite", "data-figure": "cell" });
  root.append(
    h(
      "div",
      { class: "column side" },
      h("section", { class: "card", "aria-label": "Machine" }, h("header", {}, h("h2", {}, "Machine")), machineFields),
      h("section", { class: "card", "aria-label": "Sizes" }, h("header", {}, h("h2", {}, "Sizes")), axisFields),
    ),
    h(
      "section",
      { class: "card map-card result", "aria-label": "Generalisation map" },
      h("header", {}, h("h2", {}, "Generalisation"), progress, again),
      bar,
      figure.root,
      key,
    ),
    h(
      "div",
      { class: "column map-side result" },
      h("section", { class: "card", "aria-label": "Cell" }, h("header", {}, h("h2", {}, "Cell")), detail),
      h("section", { class: "card note" }, "Each cell is measured on fresh sequences, the same for every machine. Arrow keys move, Enter or a click opens a failing example."),
    ),
    obstacle.root,
    waiting.root,
  );

  const cost = () => (state.get("show") || (machine?.task === "dynamic-ngrams" ? "cost" : "wrong")) === "cost";
  const draw = eachFrame(() => {
    if (machine && chosen) {
      figure.draw({ plan: chosen, machine, cells, cost: cost() });
      drawProgress();
      drawCell();
    }
  });

  function total() {
    return chosen ? values(chosen.x).length * (chosen.y ? values(chosen.y).length : 1) : 0;
  }

  let began = 0;
  let took = 0;

  function drawProgress() {
    const all = total();
    const seconds = under ? (performance.now() - began) / 1000 : took;
    progress.textContent = cells.size < all || under
      ? `${cells.size} of ${all} cells, ${seconds.toFixed(1)} s`
      : `${all} cells in ${seconds.toFixed(1)} s`;
    /** @type {HTMLElement} */ (bar.firstElementChild).style.width = `${(100 * cells.size) / Math.max(1, all)}%`;
    bar.classList.toggle("done", !under);
    again.textContent = under ? "Stop" : cells.size < all ? "Compute" : "Compute again";
    root.dataset.cells = String(cells.size);
    root.dataset.done = String(!under && cells.size === all);
  }

  function drawControls() {
    const plain = { x: null, y: null, at: null, rows: null, paint: null, do: null, step: null, head: null, task: null, index: null };
    fill(
      machineFields,
      machineSelect({ label: "Machine", field: "model", chosen: model(), app, runs, choose: id => state.set({ model: id, ...plain }) }),
      machine ? h("div", { class: "note" }, trainedOn(machine)) : null,
    );
    if (!machine || !chosen) {
      fill(axisFields);
      return;
    }
    const { x, y } = chosen;
    const fixed = Object.entries(chosen.at);
    fill(
      axisFields,
      axisControl("x", "Across", x, names(machine).filter(name => name !== y?.name)),
      axisControl("y", "Upwards", y, names(machine).filter(name => name !== x.name)),
      h(
        "div",
        { class: "fields" },
        ...fixed.flatMap(([name, value]) => number(name, `map-${name}`, value, 1, machine?.sizes.find(r => r.name === name)?.limit ?? 1e6,
          wanted => state.set({ at: sizeText({ ...chosen?.at, [name]: wanted }) }))),
        ...(machine.rows && x.name !== ROWS && y?.name !== ROWS
          ? number("memory rows", "map-rows", chosen.rows ?? machine.rows, 1, 65536, wanted => state.set({ rows: wanted === machine?.rows ? null : wanted }))
          : []),
        ...number("sequences", "map-n", chosen.sequences, 1, 1000, wanted => state.set({ n: wanted })),
        ...number("seed", "map-seed", chosen.seed, 0, 1e15, wanted => state.set({ seed: wanted })),
        h("label", { for: "map-show" }, "show"),
        h("select", {
          id: "map-show", "data-field": "show", onchange: (/** @type {any} */ event) => state.set({ show: event.target.value }),
        }, h("option", { value: "wrong", selected: !cost() }, "wrong bits"), h("option", { value: "cost", selected: cost() }, "cost in bits")),
      ),
    );
    fill(key, legend(cost()));
  }

  /**
   * @param {string} label @param {string} id @param {number} value @param {number} min @param {number} max
   * @param {(value: number) => void} set
   */
  function number(label, id, value, min, max, set) {
    return [
      h("label", { for: id }, label),
      h("input", {
        id, type: "number", value: String(value), min: String(min), max: String(max), "data-field": id,
        onchange: (/** @type {any} */ event) => {
          const wanted = Math.round(Number(event.target.value));
          set(Math.min(max, Math.max(min, Number.isFinite(wanted) ? wanted : min)));
        },
      }),
    ];
  }

  /** @param {"x" | "y"} field @param {string} title @param {Axis | null} axis @param {string[]} offered */
  function axisControl(field, title, axis, offered) {
    const known = /** @type {Machine} */ (machine);
    const select = h(
      "select",
      {
        "aria-label": title, "data-field": field,
        onchange: () => state.set({ [field]: axisText(select.value === "none" ? null : usual(known, select.value)) }),
      },
      field === "y" ? h("option", { value: "none", selected: axis === null }, "none") : null,
      ...offered.map(name => h("option", { value: name, selected: name === axis?.name }, words(name))),
    );
    const limit = axis?.name === ROWS ? 65536 : known.sizes.find(r => r.name === axis?.name)?.limit ?? 1e6;
    const part = (/** @type {"from" | "to" | "step"} */ name, /** @type {string} */ words) => h("input", {
      type: "number", min: "1", max: String(limit), value: String(axis?.[name] ?? 1), "aria-label": `${title}: ${words}`, title: words, "data-field": `${field}-${name}`,
      onchange: (/** @type {any} */ event) => {
        if (axis) {
          const wanted = { ...axis, [name]: Math.min(limit, Math.max(1, Math.round(Number(event.target.value) || 1))) };
          state.set({ [field]: axisText({ ...wanted, to: Math.max(wanted.from, wanted.to) }) });
        }
      },
    });
    return h(
      "div",
      { class: "axis-field" },
      h("label", { class: "row" }, h("span", {}, title), select),
      axis ? h("div", { class: "row" }, part("from", "from"), "to", part("to", "to"), "by", part("step", "in steps of")) : null,
    );
  }

  function drawCell() {
    const cell = cells.get(`${cursor.column}.${cursor.row}`);
    figure.point(cursor.column, cursor.row);
    if (!cell || !chosen) {
      fill(detail, h("div", { class: "note" }, cursor.column < 0 ? "Point at a cell." : "Not computed yet."));
      return;
    }
    const line = (/** @type {string} */ name, /** @type {string} */ value) => [h("span", { class: "soft" }, name), h("span", { class: "number", "data-value": name }, value)];
    const found = cell;
    const inside = Object.entries(cell.at).filter(([name]) => name !== ROWS || isAxis(ROWS));
    fill(
      detail,
      h("div", { class: "cell-name" }, inside.map(([name, value]) => `${words(name)} ${value}`).join(", ")),
      h(
        "div",
        { class: "figures" },
        ...line("Wrong bits", percent(share(cell))),
        ...line("a sequence", `${trim(cell.bit_errors)} of ${trim(cell.counted_bits)}`),
        ...line("Exact", `${cell.exact} of ${cell.sequences}`),
        ...line("Cost", `${cell.bits.toFixed(cell.bits < 10 ? 3 : 1)} bits`),
        ...(cell.optimum_bits > 0 ? [...line("Optimum", `${cell.optimum_bits.toFixed(1)} bits`), ...line("above it, a bit", excess(cell).toFixed(4))] : []),
      ),
      h("div", { class: "sequence-dots", role: "group", "aria-label": "Sequences of this cell" }, ...cell.wrong.slice(0, 100).map((wrong, i) => h("button", {
        class: wrong === 0 ? "right" : "", title: `sequence ${i}: ${wrong === 0 ? "exact" : `${wrong} wrong bits`}`,
        "aria-label": `Open sequence ${i}, ${wrong} wrong bits`, onclick: () => openCell(found.column, found.row, i),
      }))),
      h("button", { class: "primary", "data-action": "open", onclick: () => openCell(found.column, found.row, null) },
        cell.failing === null ? "Open an example" : "Open a failing example"),
    );
  }

  /** @param {string} name */
  function isAxis(name) {
    return chosen?.x.name === name || chosen?.y?.name === name;
  }

  /** @param {number} column @param {number} row */
  function move(column, row) {
    if (column !== cursor.column || row !== cursor.row) {
      cursor = { column, row };
      drawCell();
    }
  }

  /** @param {number} column @param {number} row @param {number | null} sequence */
  function openCell(column, row, sequence) {
    const cell = cells.get(`${column}.${row}`);
    if (!cell || !chosen || !machine) {
      return;
    }
    const { rows, ...at } = cell.at;
    state.set({
      view: "machine",
      model: machine.id,
      at: sizeText(at),
      seed: chosen.seed,
      index: sequence ?? cell.failing ?? 0,
      rows: rows && rows !== machine.rows ? rows : null,
      paint: null, do: null, step: null, task: null,
    });
  }

  /** @param {boolean} afresh */
  async function compute(afresh) {
    if (!chosen) {
      return;
    }
    stop("");
    const asked = question(chosen);
    const name = JSON.stringify(asked);
    const known = computed.get(name);
    if (known && !afresh) {
      ({ cells } = known);
      obstacle.hide();
      took = known.seconds;
      draw();
      return;
    }
    const mine = new AbortController();
    const fresh = new Map();
    under = mine;
    cells = fresh;
    began = performance.now();
    figure.busy(true);
    draw();
    try {
      for await (const cell of lines("/api/map", asked, mine.signal)) {
        if (cell.error) {
          throw new Error(cell.error);
        }
        fresh.set(`${cell.column}.${cell.row}`, cell);
        if (under === mine) {
          obstacle.hide();
        }
        draw();
      }
      if (under === mine) {
        took = (performance.now() - began) / 1000;
        computed.set(name, { cells: fresh, seconds: took });
        if (computed.size > KEPT) {
          computed.delete(/** @type {string} */ (computed.keys().next().value));
        }
      }
    } catch (problem) {
      if (under === mine) {
        took = (performance.now() - began) / 1000;
        refuse(problem, () => compute(true));
      }
    }
    if (under === mine) {
      under = null;
      figure.busy(false);
      draw();
    }
  }

  /** Nothing of the last map stays where there is no map. @param {unknown} problem @param {() => void} again */
  function refuse(problem, again) {
    waiting.end();
    if (givenUp(problem)) {
      return;
    }
    /** @type {import("../notice.js").Way[]} */
    const ways = state.get("x") || state.get("y") || state.get("n") || state.get("rows") || state.get("at")
      ? [["The usual sizes", () => state.set({ x: null, y: null, n: null, rows: null, at: null })]]
      : [["Show copy-ntm-lstm", () => state.set({ model: null, x: null, y: null, n: null, rows: null, at: null })]];
    cells = new Map();
    cursor = { column: -1, row: -1 };
    obstacle.tell(problem, again, ways);
    root.dataset.done = "false";
  }

  /** @param {string} why */
  function stop(why) {
    if (under) {
      const mine = under;
      under = null;
      took = (performance.now() - began) / 1000;
      mine.abort();
      if (why) {
        figure.busy(false);
        draw();
      }
    }
  }

  /** @param {boolean} soon */
  async function begin(soon) {
    const id = model();
    clearTimeout(soonest);
    stop("");
    waiting.begin("Asking what the machine is like…");
    try {
      const found = await describe(app, id);
      if (id !== model() || closed) {
        return;
      }
      waiting.end();
      machine = found;
      chosen = plan(state, machine);
      app.name(id.replace(/^\w+\//, ""));
      // What was computed for another question is no answer to this one.
      cells = new Map();
      took = 0;
      draw();
      drawControls();
      clearTimeout(soonest);
      soonest = setTimeout(() => compute(false), soon ? 0 : 250);
    } catch (problem) {
      if (id === model() && !closed) {
        machine = null;
        chosen = null;
        drawControls();
        refuse(problem, () => begin(true));
      }
    }
  }

  /** @param {Set<string>} changed */
  function update(changed) {
    if (OWN.some(name => changed.has(name))) {
      if (changed.has("model") || changed.has("x") || changed.has("y")) {
        cursor = { column: -1, row: -1 };
      }
      begin(false);
    } else if (changed.has("show")) {
      drawControls();
      draw();
    }
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (meantForField(event) || !chosen) {
      return;
    }
    const columns = values(chosen.x).length;
    const rows = chosen.y ? values(chosen.y).length : 1;
    const to = (/** @type {number} */ column, /** @type {number} */ row) =>
      move(Math.min(columns - 1, Math.max(0, column)), Math.min(rows - 1, Math.max(0, row)));
    const by = event.shiftKey ? 5 : 1;
    const { column, row } = cursor;
    /** @type {Record<string, () => void>} */
    const actions = {
      ArrowLeft: () => to(column - by, row),
      ArrowRight: () => to(column + by, row),
      ArrowUp: () => to(column, row + by),
      ArrowDown: () => to(column, row - by),
      Home: () => to(0, row),
      End: () => to(columns - 1, row),
      ...(/^(BUTTON|A)$/.test(/** @type {HTMLElement} */ (event.target).tagName) ? {} : { Enter: () => openCell(column, row, null) }),
    };
    const action = actions[event.key];
    if (action) {
      action();
      event.preventDefault();
    }
  }

  const clock = setInterval(() => under && drawProgress(), 200);
  addEventListener("keydown", pressed);
  begin(true);
  app.listRuns(1000).then(list => {
    runs = list;
    drawControls();
  }, () => {});
  return {
    update,
    redraw() {
      drawControls();
      figure.redraw();
    },
    close() {
      closed = true;
      stop("");
      waiting.end();
      obstacle.hide();
      clearTimeout(soonest);
      clearInterval(clock);
      figure.close();
      removeEventListener("keydown", pressed);
    },
  };
}

/** @param {Machine} machine */
function trainedOn(machine) {
  const ranges = machine.sizes.map(r => `${r.name} ${r.min === r.max ? r.min : `${r.min} to ${r.max}`}`).join(", ");
  return `${machine.machine}, trained on ${machine.task ?? "an unknown task"}: ${ranges}${machine.rows ? `; ${machine.rows} memory rows` : ""}`;
}

/** @param {number} x */
function trim(x) {
  return Number.isInteger(x) ? String(x) : x.toFixed(1);
}
