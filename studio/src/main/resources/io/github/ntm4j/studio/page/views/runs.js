/** All runs: a list, the curves of the chosen ones, and what can be done with them. Those that are trained are followed as they go. */
import { Events, get } from "../api.js";
import { eachFrame, fill, h } from "../dom.js";
import { givenUp, Obstacle, Waiting } from "../notice.js";
import { Controls } from "./runs/controls.js";
import { Curves, legend } from "./runs/curves.js";
import { History } from "./runs/history.js";
import { groupName, RunListPanel } from "./runs/list.js";
import { openStart } from "./runs/start.js";

/** @typedef {import("./runs/list.js").Run} Run */

/** More at a time would be a thicket. */
const MOST = 40;
/** Names of runs are joined in the address; in a name, what joins them is written otherwise. */
const BETWEEN = ";";
/** A connection that is lost for less than this is no news, in milliseconds. */
const PATIENCE = 1000;

/** @param {string[]} ids */
function joined(ids) {
  return ids.map(id => id.replace(/[%;]/g, encodeURIComponent)).join(BETWEEN);
}

/** @param {string} text @returns {string[]} */
function parted(text) {
  return text.split(BETWEEN).filter(part => part !== "").map(part => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
}

/**
 * @param {HTMLElement} root
 * @param {import("../main.js").App} app
 * @returns {import("../main.js").View}
 */
export function open(root, app) {
  const { state } = app;
  /** @type {Run[]} */
  let runs = app.runs;
  /** @type {Map<string, History>} */
  const histories = new Map();
  let closed = false;
  let known = runs.length > 0;

  const list = new RunListPanel(ids => state.set({ runs: joined(ids.slice(0, MOST)) }), state.get("find"), text => state.set({ find: text }));
  const controls = new Controls(app, reload);
  const curves = new Curves();
  const meaning = h("div", { class: "runs-legend" });
  const start = h("button", { class: "primary", "data-action": "new-run", title: "Start a training (key N)", onclick: begin }, "New training");
  const left = h("section", { class: "card runs-side result", "aria-label": "Runs" }, h("header", {}, h("h2", {}, "Runs"), start), list.root);
  const missingArea = h("div", { class: "runs-course" });
  const missing = new Obstacle(missingArea);
  const right = h(
    "section",
    { class: "card runs-main result", "aria-label": "Course of the chosen runs", tabIndex: 0 },
    missingArea,
  );
  controls.root.classList.add("result");
  const course = h("div", { class: "runs-course-of result" }, h("div", { class: "row spread" }, meaning, curves.whole), curves.root);
  missingArea.append(controls.root, course, missing.root);
  const empty = h("section", { class: "card empty runs-empty result" }, `Reading the runs in ${app.info.runs}…`);
  const obstacle = new Obstacle(root);
  const waiting = new Waiting(root);
  root.append(left, right, empty, obstacle.root, waiting.root);

  /** @returns {string[]} */
  function chosenIds() {
    const known = new Set(runs.map(run => run.id));
    const wanted = parted(state.get("runs"));
    const there = wanted.filter(id => known.has(id));
    if (wanted.length > 0) {
      return there.slice(0, MOST);
    }
    const newest = [...runs].sort((a, b) => b.written - a.written)[0];
    return newest ? [newest.id] : [];
  }

  function chosenRuns() {
    const ids = new Set(chosenIds());
    return runs.filter(run => ids.has(run.id));
  }

  function begin() {
    openStart(app, async id => {
      await reload();
      state.set({ runs: joined([id]) });
      app.say(`${id} has begun`);
    });
  }

  /** Of several questions for the list, the answer to the last counts. */
  let asked = 0;

  /** The list again. */
  async function reload() {
    const mine = ++asked;
    waiting.begin("Reading the runs…");
    try {
      const answer = await app.listRuns();
      if (closed || mine !== asked) {
        return;
      }
      runs = answer;
      known = true;
      waiting.end();
      obstacle.hide();
      draw();
    } catch (problem) {
      if (!closed && mine === asked) {
        lose(problem);
      }
    }
  }

  /** Nothing of what was known stays as if it were so now. @param {unknown} problem */
  function lose(problem) {
    waiting.end();
    if (!givenUp(problem)) {
      histories.clear();
      obstacle.tell(problem, reload);
    }
  }

  /** @param {string} id */
  async function fetchHistory(id) {
    try {
      const metrics = await get(`/api/metrics?run=${encodeURIComponent(id)}`);
      const history = new History(id);
      history.replace(metrics);
      if (!closed && histories.has(id)) {
        histories.set(id, history);
        drawCurves();
      }
    } catch (problem) {
      if (!closed && histories.has(id)) {
        histories.clear();
        missing.tell(problem, () => {
          missing.hide();
          fetchChosen();
          drawCurves();
        });
      }
    }
  }

  /** Fetches what is chosen and not there, and forgets what is no longer chosen. */
  function fetchChosen() {
    const ids = new Set(chosenIds());
    for (const id of histories.keys()) {
      if (!ids.has(id)) {
        histories.delete(id);
      }
    }
    for (const id of ids) {
      if (!histories.has(id)) {
        histories.set(id, new History(id));
        fetchHistory(id);
      }
    }
  }

  const drawCurves = eachFrame(() => {
    if (closed) {
      return;
    }
    /** @type {Map<string, History[]>} */
    const groups = new Map();
    for (const run of chosenRuns()) {
      const history = histories.get(run.id);
      if (history) {
        groups.set(run.group, [...(groups.get(run.group) ?? []), history]);
      }
    }
    const shown = [...groups].map(([name, members]) => ({ name: members.length > 1 ? groupName(name) : members[0].id.replace(/^runs\//, ""), runs: members }));
    legend(meaning, shown);
    curves.draw(shown);
    document.documentElement.dataset.curves = String(Number(document.documentElement.dataset.curves ?? 0) + 1);
  });

  function draw() {
    const none = runs.length === 0;
    root.classList.toggle("no-runs", none);
    left.classList.toggle("hidden", none);
    right.classList.toggle("hidden", none);
    empty.classList.toggle("hidden", !none);
    if (none) {
      if (known) {
        fill(
          empty,
          h("h2", {}, "No runs yet"),
          h("p", {}, `Nothing has been trained in ${app.info.runs}. A copy machine learns its task in less than a minute.`),
          h("button", { class: "primary", "data-action": "first-run", onclick: begin }, "Start a first training"),
        );
      }
      return;
    }
    const chosen = chosenRuns();
    list.draw(runs, new Set(chosenIds()));
    app.name(chosen.length === 1 ? chosen[0].id.replace(/^runs\//, "") : chosen.length > 1 ? `${chosen.length} runs` : "");
    const gone = parted(state.get("runs")).filter(id => !runs.some(run => run.id === id));
    if (chosen.length === 0 && known && gone.length > 0) {
      histories.clear();
      missing.show(
        gone.length === 1 ? "This run is not here" : "These runs are not here",
        `${gone.slice(0, 5).join(", ")}${gone.length > 5 ? ` and ${gone.length - 5} more` : ""}: not found in ${app.info.runs}.`,
        [["Show the newest run", () => state.set({ runs: null })]],
      );
      return;
    }
    missing.hide();
    controls.draw(chosen);
    fetchChosen();
    drawCurves();
  }

  /** @param {any} progress */
  function follow(progress) {
    const run = runs.find(each => each.id === progress.run);
    if (!run) {
      return;
    }
    Object.assign(run, { state: progress.state, sequences: progress.sequences, seconds: progress.seconds, solved_at: progress.solved });
    list.refresh(run);
    const chosen = chosenRuns();
    if (!chosen.includes(run)) {
      return;
    }
    if (chosen.length === 1 && controls.run && controls.run.state !== run.state) {
      controls.draw(chosen);
    } else {
      controls.refresh(chosen);
    }
    const history = histories.get(run.id);
    if (history && !history.extend(progress)) {
      fetchHistory(run.id);
    } else if (document.visibilityState === "visible") {
      drawCurves();
    }
  }

  const events = new Events("/api/events");
  let connected = true;
  events.addEventListener("progress", event => follow(JSON.parse(/** @type {MessageEvent} */ (event).data)));
  events.addEventListener("runs", async () => {
    const before = new Map(runs.map(run => [run.id, run.state]));
    await reload();
    // What has ended has points that no event told.
    for (const run of runs) {
      if (before.get(run.id) !== run.state && histories.has(run.id)) {
        fetchHistory(run.id);
      }
    }
  });
  let patience = 0;
  events.addEventListener("open", () => {
    clearTimeout(patience);
    if (!connected) {
      connected = true;
      histories.clear();
      reload();
    }
  });
  events.addEventListener("error", () => {
    connected = false;
    clearTimeout(patience);
    if (closed) {
      return;
    }
    if (events.closed) {
      app.say("This page shows no progress: too many pages listen, or it is not let in", true);
      reload();
    } else {
      // The list tells whether the studio is lost; asking for it again brings all back.
      patience = setTimeout(reload, PATIENCE);
    }
  });

  /** @param {KeyboardEvent} event */
  function key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) || document.querySelector("dialog[open]")) {
      return;
    }
    if (event.key === "n") {
      begin();
    } else if (event.key === "Escape") {
      curves.zoom(null);
    } else if (!controls.key(event)) {
      return;
    }
    event.preventDefault();
  }
  addEventListener("keydown", key);
  fill(meaning);
  draw();
  reload();
  return {
    update(changed) {
      if (changed.has("find")) {
        list.find(state.get("find"));
      }
      if (changed.has("runs")) {
        curves.zoom(null);
        draw();
      }
    },
    redraw() {
      curves.redraw();
      drawCurves();
    },
    close() {
      closed = true;
      list.close();
      clearTimeout(patience);
      waiting.end();
      obstacle.hide();
      missing.hide();
      events.close();
      curves.close();
      removeEventListener("keydown", key);
    },
  };
}
