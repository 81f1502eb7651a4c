/** The form that starts a training. */
import { post } from "../../api.js";
import { fill, h } from "../../dom.js";

/**
 * Opens the form.
 * @param {import("../../main.js").App} app
 * @param {(id: string) => void} started
 */
export function openStart(app, started) {
  const names = (/** @type {any[]} */ list) => list.map(each => h("option", { value: each.name, title: each.about }, each.name));
  const task = h("select", { id: "start-task", "data-field": "task", onchange: about }, ...names(app.info.tasks));
  const machine = h("select", { id: "start-machine", "data-field": "machine", onchange: about }, ...names(app.info.machines));
  const preset = h("select", { id: "start-preset", "data-field": "preset" });
  const seed = h("input", { id: "start-seed", type: "number", min: "0", step: "1", value: "1", "data-field": "seed" });
  const sequences = h("input", { id: "start-sequences", type: "number", min: "1", step: "1", placeholder: "as the preset says", "data-field": "sequences" });
  const settings = h("textarea", {
    id: "start-settings", rows: 4, spellcheck: false, "data-field": "settings",
    placeholder: "training.learning_rate=3e-4\nmachine.rows=64", "aria-describedby": "start-about",
  });
  const words = h("p", { class: "note", id: "start-about" });
  const problem = h("p", { class: "problem-line", role: "alert" });
  const submit = h("button", { class: "primary", type: "submit", "data-action": "start" }, "Start");
  const form = h(
    "form",
    { class: "fields start-form", method: "dialog", onsubmit: start },
    h("h2", { class: "wide" }, "New training"),
    h("label", { for: "start-task" }, "Task"), task,
    h("label", { for: "start-machine" }, "Machine"), machine,
    h("label", { for: "start-seed" }, "Seed"), seed,
    h("label", { for: "start-preset" }, "Preset"), preset,
    h("label", { for: "start-sequences" }, "Sequences"), sequences,
    h("label", { for: "start-settings", title: "One key=value a line, as behind ntm train --set; docs/settings.md has them all" }, "Settings"), settings,
    h("div", { class: "wide" }, words, problem),
    h("div", { class: "row wide end" }, h("button", { type: "button", "data-action": "cancel", onclick: () => dialog.close() }, "Cancel"), submit),
  );
  const dialog = h("dialog", { class: "card", "aria-label": "New training", onclose: () => dialog.remove() }, form);
  document.body.append(dialog);
  about();
  dialog.showModal();
  task.focus();

  function about() {
    const find = (/** @type {any[]} */ list, /** @type {string} */ name) => list.find(each => each.name === name)?.about ?? "";
    const chosen = preset.value;
    const presets = app.info.machines.find((/** @type {any} */ each) => each.name === machine.value).presets;
    fill(preset, ...presets.map((/** @type {string} */ name) => h("option", { value: name }, name)));
    preset.value = presets.includes(chosen) ? chosen : presets[0];
    fill(words, `${task.value}: ${find(app.info.tasks, task.value)}. ${machine.value}: ${find(app.info.machines, machine.value)}.`);
  }

  /** @param {Event} event */
  async function start(event) {
    event.preventDefault();
    submit.disabled = true;
    problem.textContent = "";
    try {
      const answer = await post("/api/runs", {
        task: task.value,
        machine: machine.value,
        preset: preset.value,
        seed: seed.value === "" ? undefined : Number(seed.value),
        sequences: sequences.value === "" ? undefined : Number(sequences.value),
        settings: parse(settings.value),
      });
      dialog.close();
      started(answer.id);
    } catch (failure) {
      problem.textContent = failure instanceof Error ? failure.message : String(failure);
      submit.disabled = false;
    }
  }
}

/** Lines of key=value. @param {string} text @returns {Record<string, string>} */
export function parse(text) {
  /** @type {Record<string, string>} */
  const settings = {};
  for (const line of text.split("\n").map(each => each.replace(/^\s*--set\s+/, "").trim()).filter(each => each !== "" && !each.startsWith("#"))) {
    const equals = line.indexOf("=");
    if (equals < 1) {
      throw new Error(`Settings: expected key=value, got ${line}`);
    }
    const key = line.slice(0, equals).trim();
    if (key in settings) {
      throw new Error(`Settings: expected ${key} once, found it twice`);
    }
    settings[key] = line.slice(equals + 1).trim();
  }
  return settings;
}
