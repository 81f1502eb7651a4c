/** Which machine works on which sequence: the controls at the left of the machine view. */
import { fill, h } from "../../dom.js";
import { capital } from "../../signals.js";
import { interventions, interventionsText, painted, size, sizeText, words } from "./question.js";

/**
 * @param {import("../../main.js").App} app
 * @param {() => string} model the machine that is shown
 * @param {() => import("../../trace.js").Trace | null} trace what it does
 */
export function controls(app, model, trace) {
  const { state } = app;
  const machine = h("div", { class: "column" });
  const sequence = h("div", { class: "fields" });
  const figures = h("div", { class: "figures", "aria-live": "polite", "aria-atomic": "true" });
  const changes = h("div", { class: "changes" });
  const root = h(
    "div",
    { class: "column side" },
    h("section", { class: "card", "aria-label": "Machine" }, h("header", {}, h("h2", {}, "Machine")), machine),
    h(
      "section",
      { class: "card", "aria-label": "Sequence" },
      h("header", {}, h("h2", {}, "Sequence"), h("button", {
        title: "Another random sequence (key N)",
        "data-action": "new",
        onclick: () => anotherSequence(app),
      }, "New")),
      sequence,
    ),
    h("section", { class: "card", "aria-label": "Result" }, h("header", {}, h("h2", {}, "Result")), figures),
    h("section", { class: "card", "aria-label": "Interventions" }, h("header", {}, h("h2", {}, "Interventions")), changes),
  );

  function drawMachine() {
    const chosen = model();
    const known = app.models.find(m => m.id === chosen);
    const select = h(
      "select",
      {
        "aria-label": "Machine",
        "data-field": "model",
        onchange: () => state.set({ model: select.value, at: null, rows: null, paint: null, do: null, step: null, head: null, task: null, index: null }),
      },
      ...app.models.map(m => h("option", { value: m.id, selected: m.id === chosen, disabled: Boolean(m.problem) }, m.id.replace(/^models\//, ""))),
      known ? null : h("option", { value: chosen, selected: true }, chosen),
    );
    offerRuns(select, chosen);
    fill(machine, select, known ? h("div", { class: "note" }, about(known)) : null);
  }

  /** Adds the runs that can be looked at, when the list has come. @param {HTMLSelectElement} select @param {string} chosen */
  async function offerRuns(select, chosen) {
    try {
      const runs = (await app.listRuns(10_000)).filter(run => run.id.startsWith("runs/") && (run.best || run.last) && run.id !== chosen);
      if (runs.length > 0) {
        const options = runs.map(run => h("option", { value: run.best ? run.id : `${run.id}@last` }, run.id.replace(/^runs\//, "")));
        select.append(h("optgroup", { label: "Runs" }, ...options));
      }
    } catch {
      // The machines that come with ntm4j are there.
    }
  }

  /** @param {any[]} sizes of the task @param {Record<string, number>} shown the size that is shown @param {number} rowCount of the memory, 0 without one */
  function drawSequence(sizes, shown, rowCount) {
    const at = { ...shown, ...size(state) };
    const fields = sizes.flatMap(range => {
      const most = Math.min(range.limit, Math.max(6 * range.max, 20));
      const set = (/** @type {string} */ text) => {
        const value = Math.round(Number(text));
        if (value >= range.least && value <= range.limit) {
          state.set({ at: sizeText({ ...at, [range.name]: value }), paint: null, index: null });
        }
      };
      return [
        h("label", { for: `size-${range.name}` }, range.name[0].toUpperCase() + range.name.slice(1)),
        h(
          "div",
          { class: "slider" },
          h("input", {
            type: "range", min: String(range.least), max: String(most), value: String(at[range.name]), "aria-label": range.name,
            title: `trained on ${range.min} to ${range.max}`, oninput: (/** @type {any} */ e) => set(e.target.value),
          }),
          h("input", {
            id: `size-${range.name}`, type: "number", min: String(range.least), max: String(range.limit), value: String(at[range.name]),
            "data-field": range.name, onchange: (/** @type {any} */ e) => set(e.target.value),
          }),
        ),
      ];
    });
    const rows = rowCount > 0
      ? [
        h("label", { for: "rows" }, "Rows"),
        h("div", { class: "row" }, h("input", {
          id: "rows", type: "number", min: "4", max: "65536", value: String(rowCount), "data-field": "rows",
          title: "A trained machine runs with any number of memory rows",
          onchange: (/** @type {any} */ e) => state.set({ rows: e.target.value, do: null }),
        })),
      ]
      : [];
    fill(
      sequence,
      ...fields,
      ...rows,
      h("label", { for: "seed" }, "Seed"),
      h("div", { class: "row" }, h("input", {
        id: "seed", type: "number", min: "0", value: String(state.number("seed", 1)), "data-field": "seed",
        onchange: (/** @type {any} */ e) => state.set({ seed: e.target.value, paint: null, index: null }),
      })),
      painted(state).length > 0
        ? h("div", { class: "row wide" }, h("span", { class: "chip" }, `${painted(state).length} bits changed`), h("button", {
          class: "quiet", "data-action": "unpaint", onclick: () => state.set({ paint: null }),
        }, "Undo all"))
        : h("div", { class: "note wide" }, "Click the input to change its bits."),
    );
  }

  /** @param {import("../../trace.js").Trace} trace @param {import("../../trace.js").Trace | null} undisturbed @param {number} milliseconds */
  function drawFigures(trace, undisturbed, milliseconds) {
    const { header } = trace;
    const line = (/** @type {string} */ name, /** @type {string} */ value, /** @type {string} */ title = "") =>
      [h("span", { class: "soft", title }, name), h("span", { class: "number", "data-figure": name }, value)];
    fill(
      figures,
      verdictOf(app, trace),
      ...(header.answerable
        ? [
          ...line("Wrong bits", `${header.bit_errors} of ${header.counted_bits}`),
          ...line("Cost", `${header.bits.toFixed(header.bits < 10 ? 3 : 1)} bits`, "cross-entropy of the whole answer"),
          ...(header.optimum_bits > 0 ? line("Optimum", `${header.optimum_bits.toFixed(1)} bits`, "what the best predictor needs on this sequence") : []),
          ...(undisturbed ? line("Undisturbed", `${undisturbed.header.bit_errors} wrong`) : []),
        ]
        : [h("span", { class: "note wide" }, "There is no right answer to this input.")]),
      ...line("Steps", String(trace.steps)),
      h("span", { class: "note wide", "data-time": milliseconds.toFixed(1) }, `computed and drawn in ${milliseconds.toFixed(0)} ms`),
    );
  }

  /** What one can do to the machine. @param {import("../../trace.js").Trace | null} now */
  function possible(now) {
    const ways = [
      now?.signals.some(signal => signal.settable) ? "move a handle at the right" : "",
      now?.stores.some(store => now?.has(store.at)) ? `paint, erase and swap in the ${now.stores[0].title.toLowerCase()}` : "",
    ].filter(way => way);
    return !now ? "" : ways.length > 0 ? `None. ${capital(ways.join(", or "))}.` : "None. This machine shows nothing that could be changed but its input.";
  }

  function drawChanges() {
    const list = interventions(state);
    fill(
      changes,
      ...(list.length === 0
        ? [h("div", { class: "note" }, possible(trace()))]
        : list.map((it, i) => h("div", { class: "row spread change" }, h("span", {}, words(it, trace())), h("button", {
          class: "quiet", "aria-label": `Undo: ${words(it, trace())}`, "data-action": "undo",
          onclick: () => state.set({ do: interventionsText(list.filter((_, j) => j !== i)) }),
        }, "✕")))),
      list.length > 1 ? h("button", { class: "quiet", "data-action": "undo-all", onclick: () => state.set({ do: null, difference: null }) }, "Undo all") : null,
      list.length > 0
        ? h("label", { class: "row" }, h("input", {
          type: "checkbox", checked: state.get("difference") === "1", "data-field": "difference",
          onchange: (/** @type {any} */ e) => state.set({ difference: e.target.checked ? "1" : null }),
        }), "Show the difference from the undisturbed run")
        : null,
    );
  }

  /** There is no result; the fields say what was asked for. @param {any[]} sizes of the task, as far as they are known */
  function clear(sizes) {
    const known = app.models.find(m => m.id === model());
    fill(figures, h("span", { class: "note wide" }, "None."));
    drawSequence(sizes, Object.fromEntries(sizes.map(range => [range.name, range.max])), Number(state.get("rows")) || (known?.rows ?? 0));
  }

  return { root, drawMachine, drawSequence, drawFigures, drawChanges, clear };
}

/** Words, health and result in a sentence, and the button that does what it advises. @param {import("../../main.js").App} app @param {import("../../trace.js").Trace} trace */
export function verdictOf(app, trace) {
  const { assessment: verdict } = trace.header;
  return verdict
    ? h(
      "div",
      { class: `verdict wide ${verdict.sound ? "sound" : "unsound"}` },
      h("p", { "data-figure": "verdict" }, verdict.words),
      verdict.rows ? h("button", { class: "primary", "data-action": "give-rows", onclick: () => app.state.set({ rows: verdict.rows, do: null }) },
        `Give it ${verdict.rows.toLocaleString("en")} rows`) : null,
    )
    : null;
}

/** @param {import("../../main.js").App} app */
export function anotherSequence(app) {
  app.state.set({ seed: 1 + Math.floor(Math.random() * 999_999), index: null, paint: null, do: null });
}

/** @param {any} m */
function about(m) {
  const memory = m.rows ? `, memory ${m.rows} × ${m.width}, ${m.read_heads} read and ${m.write_heads} write head${m.write_heads > 1 ? "s" : ""}` : "";
  const trained = m.sequences ? `; trained on ${m.sequences.toLocaleString("en")} sequences` : "";
  return `${m.machine}${memory}; ${m.parameters.toLocaleString("en")} parameters; task ${m.task ?? "unknown"}${trained}`;
}
