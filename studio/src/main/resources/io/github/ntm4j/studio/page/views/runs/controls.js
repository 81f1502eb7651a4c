/** What can be done with the chosen run. */
import { post } from "../../api.js";
import { fill, h } from "../../dom.js";
import { hash } from "../../state.js";
import { count, shortName, stateText } from "./list.js";

/** @typedef {import("./list.js").Run} Run */

export class Controls {
  /** @param {import("../../main.js").App} app @param {() => Promise<void>} changed is told that something was done */
  constructor(app, changed) {
    this.app = app;
    this.changed = changed;
    this.title = h("h2", {});
    this.figures = h("span", { class: "soft number run-figures", "aria-live": "off" });
    this.problem = h("div", { class: "problem-line" });
    this.pause = this.button("pause", "Pause", "Halt after the current update (key P)");
    this.continue = this.button("continue", "Continue", "Go on (key P)");
    this.checkpoint = this.button("checkpoint", "Checkpoint", "Write the last checkpoint now (key C)");
    this.stop = this.button("stop", "Stop", "End after the current update, with a last checkpoint; it can go on later");
    this.rate = h("input", { type: "number", min: "0", step: "any", id: "learning-rate", "data-field": "rate", class: "rate" });
    this.rateForm = h(
      "form",
      {
        class: "row",
        onsubmit: (/** @type {Event} */ e) => {
          e.preventDefault();
          this.act("rate", { rate: Number(this.rate.value) });
        },
      },
      h("label", { for: "learning-rate" }, "Learning rate"),
      this.rate,
      h("button", { type: "submit", "data-action": "rate", title: "Writes a checkpoint and goes on from it with this learning rate" }, "Set"),
    );
    this.look = h("a", { class: "button", "data-action": "look", title: "Watch the machine at work (key L)" }, "Look at it");
    this.film = h("a", { class: "button", "data-action": "film", title: "How it came to what it does" }, "Film");
    this.root = h(
      "div",
      { class: "run-controls" },
      h("div", { class: "row" }, this.title, this.figures),
      h("div", { class: "row" }, this.pause, this.continue, this.checkpoint, this.stop, this.rateForm, h("span", { class: "gap" }), this.look, this.film),
      this.problem,
    );
    /** @type {Run | null} */
    this.run = null;
  }

  /** @param {string} action @param {string} text @param {string} title */
  button(action, text, title) {
    return h("button", { "data-action": action, title, onclick: () => this.act(action) }, text);
  }

  /** @param {string} action @param {object} [more] */
  async act(action, more = {}) {
    const { run } = this;
    if (!run) {
      return;
    }
    try {
      await post("/api/runs/control", { run: run.id, action, ...more });
      this.app.say(said(action, run, more));
      await this.changed();
    } catch (problem) {
      this.app.fail(problem);
    }
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether it was for this */
  key(event) {
    const button = { p: this.pause.classList.contains("hidden") ? this.continue : this.pause, c: this.checkpoint, l: this.look }[event.key];
    if (!button || button.classList.contains("hidden")) {
      return false;
    }
    button.click();
    return true;
  }

  /** @param {Run[]} runs that are chosen */
  draw(runs) {
    const run = runs.length === 1 ? runs[0] : null;
    const here = run !== null && (run.state === "training" || run.state === "paused");
    const show = (/** @type {HTMLElement} */ element, /** @type {boolean} */ on) => element.classList.toggle("hidden", !on);
    if (run && this.run?.id !== run.id) {
      this.rate.value = String(run.learning_rate);
    }
    this.run = run;
    show(this.pause, run?.state === "training");
    show(this.continue, run?.state === "paused" || run?.resumable === true);
    this.continue.textContent = run?.resumable ? "Go on from the last checkpoint" : "Continue";
    show(this.checkpoint, here);
    show(this.stop, here);
    show(this.rateForm, here);
    show(this.look, run !== null && (run.best || run.last));
    show(this.film, run?.film === true);
    this.title.textContent = run ? shortName(run.id) : `${runs.length} runs`;
    this.title.title = runs.map(each => each.id).join("\n");
    this.problem.textContent = run?.problem ?? "";
    if (run) {
      this.look.setAttribute("href", hash({ view: "machine", model: run.best ? run.id : `${run.id}@last` }));
      this.film.setAttribute("href", hash({ view: "film", run: run.id }));
    }
    this.refresh(runs);
  }

  /** How far the runs have come. @param {Run[]} runs */
  refresh(runs) {
    const solved = runs.filter(run => run.solved_at !== null).map(run => /** @type {number} */ (run.solved_at)).sort((a, b) => a - b);
    if (runs.length === 1) {
      const [run] = runs;
      fill(this.figures, [
        stateText(run),
        `${count(run.sequences)} of ${count(run.budget)} sequences`,
        duration(run.seconds),
        ...(run.solved_at !== null ? [`solved at ${count(run.solved_at)}`] : []),
        `${run.task}, ${run.machine}, seed ${run.seed}`,
        ...(run.state === "elsewhere" ? ["control it where it runs"] : []),
      ].join(" · "));
    } else {
      fill(this.figures, `${solved.length} of ${runs.length} solved${solved.length > 0 ? `, median at ${count(solved[Math.floor(solved.length / 2)])} sequences` : ""}`);
    }
  }
}

/** @param {string} action @param {Run} run @param {any} more */
function said(action, run, more) {
  const name = shortName(run.id);
  switch (action) {
    case "pause":
      return `${name} halts after its current update`;
    case "continue":
      return `${name} goes on`;
    case "checkpoint":
      return `The last checkpoint of ${name} is written`;
    case "stop":
      return `${name} ends after its current update, with a last checkpoint`;
    default:
      return `${name} ${run.state === "paused" ? "will go on" : "goes on"} from a checkpoint with a learning rate of ${more.rate}`;
  }
}

/** @param {number} seconds */
function duration(seconds) {
  const s = Math.round(seconds);
  return s < 120 ? `${s} s` : s < 7200 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}
