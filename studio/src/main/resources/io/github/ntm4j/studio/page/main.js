/** The frame of the page: what it knows of the server, and which view is shown. */
import { enter, get, Problem } from "./api.js";
import { fill, h } from "./dom.js";
import { listen as listenForDrops } from "./drop.js";
import { hash, State } from "./state.js";
import * as compare from "./views/compare.js";
import * as film from "./views/film.js";
import * as machine from "./views/machine.js";
import * as map from "./views/map.js";
import * as runs from "./views/runs.js";

/**
 * What views share.
 * @typedef {object} App
 * @property {State} state
 * @property {any} info of the server
 * @property {any[]} models that are there without training
 * @property {import("./views/runs/list.js").Run[]} runs as they were listed last
 * @property {(age?: number) => Promise<import("./views/runs/list.js").Run[]>} listRuns asks for the list of runs, unless it
 *   was asked for within so many milliseconds
 * @property {(text: string, problem?: boolean) => void} say shows a line in the bar
 * @property {(problem: unknown) => void} fail shows what went wrong
 * @property {() => Promise<void>} reload asks for the list of machines again
 */

/**
 * A view on the page.
 * @typedef {object} View
 * @property {(changed: Set<string>) => void} update the state has changed
 * @property {() => void} [redraw] the theme has changed
 * @property {() => void} close
 */

/** @type {{name: string, title: string, open: (root: HTMLElement, app: App) => View}[]} */
const VIEWS = [
  { name: "runs", title: "Runs", open: runs.open },
  { name: "machine", title: "Machine", open: machine.open },
  { name: "map", title: "Map", open: map.open },
  { name: "film", title: "Film", open: film.open },
  { name: "compare", title: "Compare", open: compare.open },
];

const tabs = /** @type {HTMLElement} */ (document.querySelector(".tabs"));
const status = /** @type {HTMLElement} */ (document.querySelector(".status"));
const root = /** @type {HTMLElement} */ (document.querySelector("main"));
const tools = /** @type {HTMLElement} */ (document.querySelector(".tools"));

/** @param {string} text @param {boolean} [problem] */
function say(text, problem = false) {
  status.textContent = text;
  status.classList.toggle("problem", problem);
}

/** @param {unknown} problem */
function fail(problem) {
  if (problem instanceof Problem && problem.status === 401) {
    say("This browser is not let in. A link opens once: open the file that `ntm studio` names below it, or start `ntm studio` again", true);
  } else if (problem instanceof TypeError) {
    say(`The studio does not answer (${problem.message})`, true);
  } else if (!(problem instanceof DOMException && problem.name === "AbortError")) {
    say(problem instanceof Error ? problem.message : String(problem), true);
  }
}

/** @param {string | null} wanted */
function setTheme(wanted) {
  const theme = wanted ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  document.documentElement.dataset.theme = theme;
}

async function begin() {
  setTheme(localStorage.getItem("ntm4j-theme"));
  await enter();
  const state = new State();
  const [info, models] = await Promise.all([get("/api/info"), get("/api/models")]);
  /** @type {Promise<import("./views/runs/list.js").Run[]> | null} */
  let listing = null;
  let listedAt = 0;
  /** @type {App} */
  const app = {
    state,
    info,
    models: models.models,
    runs: [],
    listRuns(age = 0) {
      if (!listing || performance.now() - listedAt >= age) {
        listedAt = performance.now();
        listing = get("/api/runs").then(answer => {
          app.runs = answer.runs;
          return app.runs;
        });
      }
      return listing;
    },
    say,
    fail,
    async reload() {
      app.models = (await get("/api/models")).models;
    },
  };
  if (!state.get("view")) {
    state.set({ view: "machine" });
  }
  /** @type {View | null} */
  let view = null;
  let shown = "";
  function show(/** @type {Set<string>} */ changed) {
    const chosen = VIEWS.find(v => v.name === state.get("view")) ?? VIEWS.find(v => v.name === "machine") ?? VIEWS[0];
    fill(tabs, ...VIEWS.map(v => h("a", {
      href: hash({ ...state.values, view: v.name }),
      "aria-current": v === chosen ? "page" : undefined,
    }, v.title)));
    if (view && shown === chosen.name) {
      view.update(changed);
      return;
    }
    view?.close();
    root.replaceChildren();
    root.className = `view-${chosen.name}`;
    shown = chosen.name;
    say("");
    view = chosen.open(root, app);
  }
  const theme = h("button", {
    class: "quiet",
    title: "Light or dark",
    "aria-label": "Light or dark",
    onclick() {
      const dark = document.documentElement.dataset.theme !== "dark";
      localStorage.setItem("ntm4j-theme", dark ? "dark" : "light");
      setTheme(dark ? "dark" : "light");
      view?.redraw?.();
    },
  }, "◐");
  tools.append(theme);
  listenForDrops(app);
  state.listen(show);
  show(new Set());
  document.documentElement.dataset.ready = "true";
}

// A link that is pasted into this tab loads nothing by itself.
addEventListener("hashchange", () => {
  if (/[#&]code=/.test(location.hash)) {
    location.reload();
  }
});
begin().catch(fail);
