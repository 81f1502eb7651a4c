/** The frame of the page: what it knows of the server, and which view is shown. */
import { enter, get } from "./api.js";
import { fill, h } from "./dom.js";
import { listen as listenForDrops } from "./drop.js";
import { explained, givenUp, Messages, Obstacle, Waiting } from "./notice.js";
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
 * @property {(text: string) => void} tell shows in the bar what lies under the pointer, or at the keyboard's cell
 * @property {(text: string, problem?: boolean) => void} say shows a message
 * @property {(problem: unknown) => void} fail shows in a message what went wrong
 * @property {(subject: string) => void} name says what the view shows, in the title of the page
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

const heading = /** @type {HTMLElement} */ (document.querySelector("h1"));
const messages = new Messages();
document.body.append(messages.root);

/** @param {string} text */
function tell(text) {
  status.textContent = text;
}

/** @param {string} text @param {boolean} [problem] */
function say(text, problem = false) {
  messages.say(text, problem);
}

/** @param {unknown} problem */
function fail(problem) {
  if (!givenUp(problem)) {
    const { title, text, kind } = explained(problem);
    say(kind === "refused" ? text : `${title}. ${text}`, true);
  }
}

/** @param {string} view @param {string} subject */
function entitle(view, subject) {
  document.title = `${subject ? `${subject} – ` : ""}${view} – ntm4j studio`;
  heading.textContent = subject ? `${view}: ${subject}` : view;
}

/** @param {string | null} wanted */
function setTheme(wanted) {
  const theme = wanted ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  document.documentElement.dataset.theme = theme;
}

/** What the page cannot do without: asked until it is there. @returns {Promise<[any, any]>} */
function ask() {
  const obstacle = new Obstacle(root);
  const waiting = new Waiting(root);
  root.append(waiting.root, obstacle.root);
  return new Promise(done => {
    async function attempt() {
      waiting.begin("Asking the studio…");
      try {
        const answers = await Promise.all([get("/api/info"), get("/api/models")]);
        obstacle.hide();
        done(/** @type {[any, any]} */ (answers));
      } catch (problem) {
        obstacle.tell(problem, attempt);
      }
      waiting.end();
    }
    attempt();
  });
}

async function begin() {
  setTheme(localStorage.getItem("ntm4j-theme"));
  await enter().catch(() => {});
  const state = new State();
  const [info, models] = await ask();
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
        // What failed is asked again.
        listing.catch(() => {
          listing = null;
        });
      }
      return listing;
    },
    tell,
    say,
    fail,
    name: subject => entitle(VIEWS.find(v => v.name === shown)?.title ?? "", subject),
    async reload() {
      app.models = (await get("/api/models")).models;
    },
  };
  if (!state.get("view")) {
    state.settle({ view: "machine" });
  }
  fill(tabs, ...VIEWS.map(v => h("a", {}, v.title)));
  /** @type {View | null} */
  let view = null;
  let shown = "";
  function show(/** @type {Set<string>} */ changed) {
    const chosen = VIEWS.find(v => v.name === state.get("view")) ?? VIEWS.find(v => v.name === "machine") ?? VIEWS[0];
    VIEWS.forEach((v, i) => {
      const link = /** @type {HTMLAnchorElement} */ (tabs.children[i]);
      link.setAttribute("href", hash({ ...state.values, view: v.name }));
      if (v === chosen) {
        link.setAttribute("aria-current", "page");
      } else {
        link.removeAttribute("aria-current");
      }
    });
    if (view && shown === chosen.name) {
      view.update(changed);
      return;
    }
    view?.close();
    root.replaceChildren();
    root.className = `view-${chosen.name}`;
    root.removeAttribute("aria-busy");
    for (const name of Object.keys(root.dataset)) {
      delete root.dataset[name];
    }
    shown = chosen.name;
    tell("");
    entitle(chosen.title, "");
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
