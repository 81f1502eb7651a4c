/** The film of learning: the same sequence at every snapshot of a run. */
import { get, Problem, trace } from "../api.js";
import { machineSelect, meantForField, outcome, partsOf, probe, sequenceOf, shortName } from "../choice.js";
import { eachFrame, fill, h } from "../dom.js";
import { givenUp, Obstacle, Waiting } from "../notice.js";
import { Panels, panelsOf } from "../panels.js";
import { Filmstrip } from "./film/strip.js";
import { union, windowsOf } from "./machine/rows.js";

/** @typedef {import("../trace.js").Trace} Trace */
/** @typedef {import("./film/strip.js").Snapshot} Snapshot */

const AT_A_TIME = 3;
const POLL = 2000;
/** Snapshots a second when playing. */
const PACE = 4;

/**
 * @param {HTMLElement} root
 * @param {import("../main.js").App} app
 * @returns {import("../main.js").View}
 */
export function open(root, app) {
  const { state } = app;
  /** @type {any[]} */
  let runs = [];
  /** @type {{run: string, snapshots: Snapshot[], sizes?: import("../choice.js").SizeRange[]} | null} */
  let film = null;
  /** @type {Map<string, Trace>} traces of the present sequence, by snapshot */
  let traces = new Map();
  /** @type {Set<string>} snapshots whose traces are there or under way */
  let asked = new Set();
  let sequence = "";
  let loading = new AbortController();
  let playing = 0;
  let closed = false;
  let listed = false;

  const run = () => state.get("run") || partsOf(state.get("model"))?.[1] || runs[0]?.id || "";
  const field = probe(app);
  const runField = h("span", { class: "row" });
  const tell = (/** @type {string} */ text) => app.tell(text);
  const strip = new Filmstrip(choose);
  const panels = new Panels("The chosen snapshot", { point: step => panels.mark(step), tell });
  const figures = h("span", { class: "number", role: "status", "data-figure": "snapshot" });
  const play = h("button", { title: "Play (space)", "aria-label": "Play", "data-action": "play", onclick: toggle }, "▶");
  const bar = h(
    "section",
    { class: "card row film-bar", "aria-label": "Run and sequence" },
    runField,
    field.root,
  );
  const stripCard = h(
    "section",
    { class: "card film-card result", "aria-label": "Film" },
    h(
      "header",
      {},
      h("h2", {}, "Film of learning"),
      h("button", { title: "One snapshot back (left arrow)", "aria-label": "One snapshot back", onclick: () => choose(index() - 1) }, "‹"),
      play,
      h("button", { title: "One snapshot on (right arrow)", "aria-label": "One snapshot on", onclick: () => choose(index() + 1) }, "›"),
    ),
    strip.root,
  );
  const pictureCard = h(
    "section",
    { class: "card film-picture result", "aria-label": "Snapshot" },
    h(
      "header",
      {},
      figures,
      h("span", { class: "gap" }),
      h("button", { "data-action": "machine", onclick: () => leave("machine") }, "Open in Machine"),
      h("button", { "data-action": "compare", onclick: () => leave("compare") }, "Compare with the last"),
    ),
    panels.root,
  );
  const obstacle = new Obstacle(root);
  const waiting = new Waiting(root);
  root.append(bar, stripCard, pictureCard, obstacle.root, waiting.root);

  /** The place of the chosen snapshot; the last one if none is. */
  function index() {
    const list = film?.snapshots ?? [];
    const wanted = state.get("frame");
    const found = list.findIndex(s => String(s.sequences) === wanted);
    return found >= 0 ? found : list.length - 1;
  }

  /** @param {number} wanted */
  function choose(wanted) {
    const list = film?.snapshots ?? [];
    const at = Math.min(list.length - 1, Math.max(0, wanted));
    if (at >= 0) {
      state.set({ frame: at === list.length - 1 ? null : list[at].sequences });
    }
  }

  function toggle() {
    if (playing) {
      clearInterval(playing);
      playing = 0;
    } else {
      if (index() === (film?.snapshots.length ?? 0) - 1) {
        choose(0);
      }
      playing = setInterval(() => {
        choose(index() + 1);
        if (index() >= (film?.snapshots.length ?? 0) - 1) {
          toggle();
        }
      }, 1000 / PACE);
    }
    play.textContent = playing ? "❚❚" : "▶";
    play.setAttribute("aria-label", playing ? "Pause" : "Play");
  }

  /** @param {"machine" | "compare"} view */
  function leave(view) {
    const list = film?.snapshots ?? [];
    const now = list[index()];
    if (now) {
      state.set({ view, model: now.id, other: view === "compare" ? list[list.length - 1].id : null, rows: null, do: null, step: null });
    }
  }

  /** Nothing of the last film stays where there is no film. */
  function nothing() {
    waiting.end();
    loading.abort();
    film = null;
    traces = new Map();
    asked = new Set();
    sequence = "";
    figures.textContent = "";
    root.dataset.loaded = "0";
    root.dataset.frame = "";
    const id = run();
    app.name(id ? shortName(id) : "");
  }

  /** @param {string} title @param {string} text @param {import("../notice.js").Way[]} ways */
  function refuse(title, text, ways) {
    nothing();
    obstacle.show(title, text, ways);
  }

  /** @param {unknown} problem @param {() => void} again */
  function lose(problem, again) {
    if (!givenUp(problem) && !closed) {
      nothing();
      const newest = runs.find(r => r.id !== run());
      obstacle.tell(problem, again, newest ? [[`Show ${shortName(newest.id)}`, () => state.set({ run: newest.id, frame: null })]] : []);
    }
  }

  const toRuns = /** @type {import("../notice.js").Way} */ (["Go to the runs", () => state.set({ view: "runs" })]);

  function drawRun() {
    const chosen = run();
    fill(runField, chosen || runs.length > 0
      ? machineSelect({
        label: "Run", field: "run", chosen, app: { ...app, models: [] }, runs,
        choose: id => state.set({ run: id, frame: null, at: null, paint: null, index: null }),
      })
      : null);
  }

  const draw = eachFrame(() => {
    if (!film) {
      return;
    }
    if (obstacle.shown) {
      return;
    }
    const list = film.snapshots;
    const known = list.map(s => traces.get(s.id));
    const there = known.filter(t => t !== undefined);
    const windows = there.length > 0 ? union(there.map(t => windowsOf(t, false))) : new Map();
    strip.draw(list, known, windows, index());
    root.dataset.loaded = String(there.length);
    const now = known[index()];
    const which = list[index()];
    if (now && which) {
      figures.textContent = `after ${which.sequences.toLocaleString("en")} sequences: ${outcome(now)}`;
      panels.draw(panelsOf(now, windows, false), now.steps);
    } else {
      figures.textContent = which ? `after ${which.sequences.toLocaleString("en")} sequences: …` : "";
    }
    root.dataset.frame = String(which?.sequences ?? "");
  });

  /** @param {string} id of a snapshot */
  async function gone(id) {
    const { snapshots } = await get(`/api/film?run=${encodeURIComponent(id.replace(/@.*/, ""))}`);
    return snapshots.every((/** @type {Snapshot} */ s) => s.id !== id);
  }

  /** Asks for what is missing, the chosen snapshot first. */
  async function load() {
    if (!film?.sizes) {
      return;
    }
    const spec = sequenceOf(state, film.sizes);
    const name = film.run + JSON.stringify(spec);
    if (name !== sequence) {
      sequence = name;
      traces = new Map();
      asked = new Set();
      loading.abort();
      loading = new AbortController();
    }
    field.draw(film.sizes, spec.at);
    draw();
    const { signal } = loading;
    const mine = traces;
    const begun = asked;
    async function worker() {
      for (;;) {
        const list = film?.snapshots ?? [];
        const next = [list[index()], list[list.length - 1], list[0], ...list].find(s => s && !begun.has(s.id));
        if (!next || signal.aborted) {
          return;
        }
        begun.add(next.id);
        try {
          mine.set(next.id, await trace({ model: next.id, sequence: spec, memory: false }, signal));
        } catch (problem) {
          // A training that goes on thins out its film; the next look at it shows what is left.
          if (!(problem instanceof Problem && problem.status === 400 && await gone(next.id))) {
            throw problem;
          }
        }
        if (mine === traces) {
          draw();
        }
      }
    }
    waiting.begin("The machines are at work…");
    try {
      await Promise.all(Array.from({ length: AT_A_TIME }, worker));
    } catch (problem) {
      if (mine === traces) {
        lose(problem, () => look(true));
      }
    }
    if (mine === traces) {
      waiting.end();
    }
  }

  /** The question that is under way. @type {AbortController | null} */
  let asking = null;

  /** Looks what there is of the film. @param {boolean} loud whether it is another one, and not the same that may have grown */
  async function look(loud) {
    const wanted = run();
    if (!wanted) {
      if (listed) {
        refuse("No run is here yet", "A training keeps a film of itself: start one, and watch it learn.", [toRuns]);
      }
      return;
    }
    if (asking && !loud) {
      return;
    }
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    if (loud) {
      waiting.begin("Reading the film…");
    }
    try {
      const found = await get(`/api/film?run=${encodeURIComponent(wanted)}`, mine.signal);
      if (asking === mine && !closed) {
        waiting.end();
        const before = film;
        if (found.snapshots.length === 0) {
          refuse("This run has no film", "A film is kept by trainings with training.snapshots above 0.", [toRuns]);
        } else if (loud || !before || JSON.stringify(before) !== JSON.stringify(found)) {
          obstacle.hide();
          film = found;
          app.name(shortName(wanted));
          load();
        }
      }
    } catch (problem) {
      if (asking === mine) {
        lose(problem, () => look(true));
      }
    }
    if (asking === mine) {
      asking = null;
    }
  }

  /** @param {Set<string>} changed */
  function update(changed) {
    if (changed.has("run") || changed.has("model")) {
      nothing();
      drawRun();
      look(true);
    } else if (["at", "seed", "index", "paint"].some(name => changed.has(name))) {
      load();
    } else {
      draw();
    }
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (meantForField(event) && target !== strip.slider) {
      return;
    }
    const button = target.tagName === "BUTTON" && !target.classList.contains("frame");
    /** @type {Record<string, () => void>} */
    const actions = {
      ArrowLeft: () => choose(index() - 1),
      ArrowRight: () => choose(index() + 1),
      Home: () => choose(0),
      End: () => choose(Infinity),
      n: field.another,
      ...(button ? {} : { " ": toggle }),
    };
    const action = actions[event.key];
    if (action) {
      action();
      event.preventDefault();
    }
  }

  const clock = setInterval(() => document.visibilityState === "visible" && !obstacle.shown && look(false), POLL);
  const resized = eachFrame(draw);
  addEventListener("keydown", key);
  addEventListener("resize", resized);
  function begin() {
    waiting.begin("Reading the runs…");
    app.listRuns(1000).then(list => {
      if (!closed) {
        waiting.end();
        obstacle.hide();
        listed = true;
        runs = list.filter(r => r.film !== null && r.film !== false);
        drawRun();
        look(true);
      }
    }, problem => lose(problem, begin));
  }
  begin();
  return {
    update,
    redraw() {
      strip.redraw();
      panels.redraw();
    },
    close() {
      closed = true;
      asking?.abort();
      waiting.end();
      obstacle.hide();
      loading.abort();
      clearInterval(clock);
      clearInterval(playing);
      strip.close();
      removeEventListener("keydown", key);
      removeEventListener("resize", resized);
    },
  };
}
