/** Two machines, or two moments of one, on the same sequence. */
import { get, latest, trace } from "../api.js";
import { describe, firstModel, machineSelect, meantForField, outcome, partsOf, probe, sequenceOf, shortName } from "../choice.js";
import { eachFrame, fill, h } from "../dom.js";
import { differenceOr } from "../heatmap.js";
import { givenUp, Obstacle, Waiting } from "../notice.js";
import { Panels, panelsOf } from "../panels.js";
import { compact } from "./film/strip.js";
import { union, windowsOf } from "./machine/rows.js";

/** @typedef {import("../trace.js").Trace} Trace */
/** @typedef {import("../choice.js").Machine} Machine */
/** @typedef {import("../panels.js").Panel} Panel */

/**
 * @param {HTMLElement} root
 * @param {import("../main.js").App} app
 * @returns {import("../main.js").View}
 */
export function open(root, app) {
  const { state } = app;
  /** @type {any[]} */
  let runs = [];
  /** @type {[Trace, Trace] | null} */
  let pair = null;
  let closed = false;

  const first = () => state.get("model") || firstModel(app);
  const second = () => state.get("other") || partner(app, first());
  const tell = (/** @type {string} */ text) => app.tell(text);
  const field = probe(app);
  const sides = [side("A", "model", first), side("B", "other", second)];
  const differences = new Panels("Where they differ", { point, tell });
  const counts = h("span", { class: "number", role: "status", "data-figure": "differs" });
  const same = h("span", { class: "note", role: "status", "data-figure": "same" });
  const bar = h("section", { class: "card row film-bar", "aria-label": "Sequence" }, field.root, h("span", { class: "gap" }), h("button", {
    "data-action": "swap", title: "A becomes B", onclick: () => state.set({ model: second(), other: first() }),
  }, "⇄ Swap"));
  const below = h("section", { class: "card differ result", "aria-label": "Where they differ" }, h("header", {}, h("h2", {}, "Where they differ"), h("span", { class: "soft" }, "wrong bits:"), counts, same), differences.root);
  const obstacle = new Obstacle(root);
  const waiting = new Waiting(root);
  root.append(bar, ...sides.map(s => s.root), obstacle.root, below, waiting.root);

  /**
   * @param {"A" | "B"} letter
   * @param {"model" | "other"} name in the state
   * @param {() => string} chosen
   */
  function side(letter, name, chosen) {
    const choice = h("span", { class: "row choice" });
    const figures = h("span", { class: "number", role: "status", "data-figure": letter });
    const panels = new Panels(`Machine ${letter}`, { point, tell });
    const panelRoot = panels.root;
    panelRoot.classList.add("result");
    figures.classList.add("result");
    const view = h(
      "section",
      { class: `card compared ${letter.toLowerCase()}`, "aria-label": `Machine ${letter}` },
      h("header", {}, h("b", { class: "letter" }, letter), choice, h("button", {
        class: "quiet", "data-action": `open-${letter}`, title: "Open in the machine view",
        onclick: () => state.set({ view: "machine", model: chosen(), do: null, step: null, head: null }),
      }, "Open")),
      figures,
      panelRoot,
    );
    return { root: view, choice, figures, panels, panelRoot, name, letter, chosen };
  }

  /** @param {ReturnType<typeof side>} of */
  function drawChoice(of) {
    const id = of.chosen();
    const run = partsOf(id);
    const set = (/** @type {string} */ chosen) => state.set({ [of.name]: chosen, other: of.name === "other" ? chosen : second(), rows: null });
    const checkpoint = h("select", { "aria-label": `Checkpoint of ${of.letter}`, "data-field": `checkpoint-${of.letter}`, class: run ? "" : "hidden", onchange: () => set(`${run?.[1]}@${checkpoint.value}`) });
    fill(
      of.choice,
      machineSelect({ label: `Machine ${of.letter}`, field: of.letter, chosen: run ? run[1] : id, app, runs, choose: set }),
      checkpoint,
    );
    if (run) {
      const now = run[2] ?? "best";
      const option = (/** @type {string} */ value, /** @type {string} */ text) => h("option", { value, selected: value === now }, text);
      fill(checkpoint, option(now, now), ...["best", "last"].filter(w => w !== now).map(w => option(w, w)));
      get(`/api/film?run=${encodeURIComponent(run[1])}`).then(film => {
        const words = (/** @type {string} */ which) => (/^\d+$/.test(which) ? `after ${compact(Number(which))}` : which);
        const all = ["best", "last", ...film.snapshots.map((/** @type {any} */ s) => String(s.sequences))];
        fill(checkpoint, ...(all.includes(now) ? all : [now, ...all]).map(which => option(which, words(which))));
      }, () => {});
    }
  }

  /** @param {number | null} step */
  function point(step) {
    const at = step ?? (state.get("step") ? state.number("step", 0) : null);
    sides.forEach(s => s.panels.mark(at));
    differences.mark(at);
  }

  /** There is nothing to compare, or nothing is known of it: what was shown before goes. */
  function nothing() {
    waiting.end();
    pair = null;
    sides.forEach(s => fill(s.figures));
    fill(counts);
    root.dataset.compared = "false";
    app.name(`${shortName(first())} and ${shortName(second())}`);
  }

  /** @param {string} text @param {import("../notice.js").Way[]} ways */
  function refuse(text, ways) {
    nothing();
    obstacle.show("There is nothing to compare", text, ways);
  }

  /** @type {import("../notice.js").Way} */
  const usual = ["Compare the copy machines", () => state.set({ model: null, other: null, at: null, rows: null, paint: null })];

  const draw = eachFrame(() => {
    if (!pair || closed || obstacle.shown) {
      return;
    }
    const [a, b] = pair;
    const windows = pair.map(t => windowsOf(t, false));
    const shared = storesOf(a) === storesOf(b) ? union(windows) : null;
    sides.forEach((s, i) => {
      const answer = i === 0 ? a : b;
      s.figures.textContent = outcome(answer) + (answer.rows > 0 ? `, ${answer.rows} memory rows` : ", no memory");
      s.panels.draw(panelsOf(answer, shared ?? windows[i], true), answer.steps);
    });
    const { panels, only } = differing(a, b);
    counts.textContent = a.header.answerable
      ? `${only.a} in A only, ${only.b} in B only, ${only.both} in both`
      : "there is no right answer to this input";
    same.textContent = first() === second()
      ? "A and B are the same machine: choose another to compare it with."
      : only.a + only.b === 0 && a.header.answerable ? (only.both === 0 ? "Both answer without a wrong bit." : "Both get the same bits wrong.") : "";
    differences.draw(panels, a.steps);
    point(null);
  });

  const ask = latest(
    async (/** @type {[string, string]} */ [a, b], signal) => {
      const machines = await Promise.all([describe(app, a), describe(app, b)]);
      const clash = mismatch(machines);
      if (clash) {
        return { clash, machines, traces: null };
      }
      const sequence = sequenceOf(state, machines[0].sizes);
      const rows = state.number("rows", 0);
      const traces = await Promise.all(machines.map(m => trace({
        model: m.id, sequence: { task: machines[0].task, ...sequence }, rows: rows > 0 && m.rows ? rows : undefined, memory: false,
      }, signal)));
      return { clash: sameInput(traces[0], traces[1]) ? "" : "The tasks of A and B draw different sequences: their settings differ.", machines, traces };
    },
    ({ clash, machines, traces }) => {
      field.draw(machines[0].sizes, sequenceOf(state, machines[0].sizes).at);
      if (clash || !traces) {
        const other = app.models.find(m => m.id !== first() && m.task === machines[0].task && !m.problem);
        refuse(clash, [...(other ? [/** @type {import("../notice.js").Way} */ ([`Compare A with ${shortName(other.id)}`, () => state.set({ other: other.id })])] : []), usual]);
        return;
      }
      waiting.end();
      obstacle.hide();
      pair = [traces[0], traces[1]];
      root.dataset.compared = "true";
      app.name(`${shortName(first())} and ${shortName(second())}`);
      draw();
    },
    problem => {
      if (!givenUp(problem)) {
        nothing();
        obstacle.tell(problem, () => ask([first(), second()]), [usual]);
      }
    },
    () => waiting.begin("The machines are at work…"),
  );

  /** @param {Set<string>} changed */
  function update(changed) {
    if (changed.size === 1 && changed.has("step")) {
      point(null);
      return;
    }
    if (changed.has("model") || changed.has("other")) {
      sides.forEach(drawChoice);
    }
    ask([first(), second()]);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (meantForField(event)) {
      return;
    }
    const steps = pair?.[0].steps ?? 1;
    const to = (/** @type {number} */ step) => state.set({ step: Math.min(steps - 1, Math.max(0, step)) });
    const by = event.shiftKey ? 10 : 1;
    /** @type {Record<string, () => void>} */
    const actions = {
      ArrowLeft: () => to(state.number("step", 0) - by),
      ArrowRight: () => to(state.number("step", -1) + by),
      Home: () => to(0),
      End: () => to(steps - 1),
      n: field.another,
    };
    const action = actions[event.key];
    if (action) {
      action();
      event.preventDefault();
    }
  }

  const resized = eachFrame(draw);
  addEventListener("keydown", key);
  addEventListener("resize", resized);
  sides.forEach(drawChoice);
  update(new Set(["at"]));
  app.listRuns(1000).then(list => {
    runs = list;
    sides.forEach(drawChoice);
  }, () => {});
  return {
    update,
    redraw() {
      [...sides.map(s => s.panels), differences].forEach(p => p.redraw());
    },
    close() {
      closed = true;
      ask.cancel();
      waiting.end();
      obstacle.hide();
      removeEventListener("keydown", key);
      removeEventListener("resize", resized);
    },
  };
}

const PALE = 0.3;

/** Another machine of the same task, to begin with. @param {import("../main.js").App} app @param {string} id */
function partner(app, id) {
  const run = partsOf(id);
  if (run) {
    return `${run[1]}@last`;
  }
  const task = app.models.find(m => m.id === id)?.task;
  const others = app.models.filter(m => m.id !== id && m.task === task && !m.problem);
  // Of machines that both do their task perfectly there is little to see: one with a memory and one without come first.
  const rows = app.models.find(m => m.id === id)?.rows;
  return (others.find(m => !m.rows !== !rows) ?? others[0] ?? app.models.find(m => m.id === id) ?? app.models[0])?.id ?? id;
}

/** Why two machines cannot be compared; nothing if they can. @param {Machine[]} machines */
function mismatch([a, b]) {
  const name = (/** @type {Machine} */ m) => `${shortName(m.id)} is for ${m.task ?? "an unknown task"} (${m.inputs} inputs, ${m.outputs} outputs)`;
  return a.task === b.task && a.inputs === b.inputs && a.outputs === b.outputs ? "" : `A and B have no sequence in common: ${name(a)}, ${name(b)}.`;
}

/** What stores a machine has, and how many rows. @param {Trace} trace */
function storesOf(trace) {
  return JSON.stringify(trace.stores.map(store => [store.at, store.rows]));
}

/** @param {Trace} a @param {Trace} b */
function sameInput(a, b) {
  const [x, y] = [a.array("input"), b.array("input")];
  return x.length === y.length && x.every((value, i) => value === y[i]);
}

/**
 * Bits that are wrong in one, and how the outputs differ.
 * @param {Trace} a
 * @param {Trace} b
 * @returns {{panels: Panel[], only: {a: number, b: number, both: number}}}
 */
function differing(a, b) {
  const [x, y] = [a.array("output"), b.array("output")];
  const channels = a.outputs;
  const place = (/** @type {number} */ row) => `channel ${row}`;
  const only = { a: 0, b: 0, both: 0 };
  /** @type {Panel[]} */
  const panels = [];
  if (a.has("target")) {
    const target = a.array("target");
    const wrong = (/** @type {Float32Array} */ output, /** @type {number} */ i) => !(target[i] >= 0.5 ? output[i] >= 0.5 : output[i] < 0.5);
    const state = (/** @type {number} */ column, /** @type {number} */ row) => {
      const i = column * channels + row;
      return a.counts(column) ? (wrong(x, i) ? 1 : 0) + (wrong(y, i) ? 2 : 0) : 0;
    };
    for (let column = 0; column < a.steps; column++) {
      for (let row = 0; row < channels; row++) {
        const now = state(column, row);
        only.a += now === 1 ? 1 : 0;
        only.b += now === 2 ? 1 : 0;
        only.both += now === 3 ? 1 : 0;
      }
    }
    const noted = (/** @type {import("../heatmap.js").Cells} */ of, /** @type {number} */ wrong) => (wrong === 0 ? { ...of, note: "no wrong bit" } : of);
    // Dark where only this one is wrong, pale where both are.
    const cells = (/** @type {number[]} */ values) => ({
      columns: a.steps,
      rows: channels,
      scale: /** @type {const} */ ("signed"),
      range: 1,
      value: (/** @type {number} */ column, /** @type {number} */ row) => (a.counts(column) ? values[state(column, row)] : NaN),
    });
    const told = (/** @type {number} */ alone) => () => `${alone + only.both} bits, ${alone} of them in it alone`;
    panels.push({ title: "A is wrong", kind: "bits", place, cells: noted({ ...cells([0, -1, 0, -PALE]), inWords: told(only.a) }, only.a + only.both) });
    panels.push({ title: "B is wrong", kind: "bits", place, cells: noted({ ...cells([0, 0, 1, PALE]), inWords: told(only.b) }, only.b + only.both) });
  }
  /** @type {import("../heatmap.js").Cells} */
  const original = { columns: a.steps, rows: channels, scale: "unit", range: 1, value: (column, row) => (a.counts(column) ? x[column * channels + row] : NaN) };
  panels.push({
    title: "Output B − A", kind: "bits", place,
    cells: differenceOr({
      ...original,
      scale: "signed",
      inWords: () => `${only.a + only.b} bits are answered differently`,
      value: (column, row) => (a.counts(column) ? y[column * channels + row] - x[column * channels + row] : NaN),
    }, original),
  });
  return { panels, only };
}
