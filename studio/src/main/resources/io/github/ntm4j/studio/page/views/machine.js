/** The machine at work on one sequence. */
import { latest, trace } from "../api.js";
import { h } from "../dom.js";
import { Heatmap } from "../heatmap.js";

/**
 * @param {HTMLElement} root
 * @param {import("../main.js").App} app
 * @returns {import("../main.js").View}
 */
export function open(root, app) {
  const input = new Heatmap("input");
  root.append(h("section", { class: "card" }, h("h2", {}, "Input"), input.root));
  const ask = latest(
    (/** @type {object} */ spec) => trace(spec),
    answer => {
      const data = answer.array("input");
      input.draw({ columns: answer.steps, rows: answer.inputs, scale: "unit", range: 1, value: (c, r) => data[c * answer.inputs + r] });
    },
    app.fail,
  );
  function update() {
    ask({ model: app.state.get("model", app.models[0]?.id) });
  }
  update();
  return { update, close() {} };
}
