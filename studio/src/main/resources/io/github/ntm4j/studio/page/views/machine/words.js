/** What the machine does, in words, and whether it is well. */
import { fill, h } from "../../dom.js";

/** @typedef {import("../../trace.js").Trace} Trace */

/** Marks that do not rely on colour. @type {Record<string, string>} */
const MARKS = { good: "✓", notice: "•", warning: "!" };

export class Words {
  /** @param {(step: number, head: string) => void} go shows a step and a head @param {(trace: Trace) => HTMLElement | null} verdict the sentence about it all */
  constructor(go, verdict) {
    this.go = go;
    this.verdict = verdict;
    this.root = h("div", { class: "words" });
  }

  /** @param {Trace} trace */
  draw(trace) {
    const said = trace.header.programme;
    if (!said) {
      fill(this.root, h("p", { class: "note" }, "Too much to be put into words: choose a shorter sequence or a smaller memory."));
      return;
    }
    const percent = (/** @type {number} */ share) => `${Math.round(100 * share)} %`;
    fill(
      this.root,
      this.verdict(trace),
      trace.memory === ""
        ? null
        : h(
          "div",
          { class: "explained" },
          h("p", { class: "soft", title: "share of the attention that the sentences explain" },
            `What follows explains ${percent(said.confidence)} of its attention (writing ${percent(said.writing)}, reading ${percent(said.reading)}).`),
          h("meter", { min: 0, max: 1, value: said.confidence, "aria-label": "share of the attention that is explained" }),
        ),
      ...said.phases.map((/** @type {any} */ phase) => h(
        "div",
        { class: "phase" },
        h("h3", {}, phase.name, h("span", { class: "soft" }, phase.from === phase.to ? ` step ${phase.from}` : ` steps ${phase.from} to ${phase.to}`)),
        ...phase.sentences.map((/** @type {any} */ sentence) => h("p", {}, h("span", { class: "chip" }, sentence.heads.join(", ")), ` ${sentence.words}`)),
      )),
      said.actions.length > 0
        ? h(
          "details",
          {},
          h("summary", {}, "Step by step"),
          h("ol", { class: "actions" }, ...said.actions.map((/** @type {any} */ action) => h("li", {}, h(
            "button",
            { class: "quiet", title: "Go to this step", onclick: () => this.go(action.from, action.head) },
            action.words,
          ), h("span", { class: "soft" }, ` ${percent(action.confidence)}`)))),
        )
        : null,
    );
  }
}

export class Health {
  constructor() {
    this.root = h("ul", { class: "health" });
  }

  /** @param {Trace} trace */
  draw(trace) {
    const findings = trace.header.health ?? [];
    fill(this.root, ...findings.map((/** @type {any} */ finding) => h(
      "li",
      { class: finding.status },
      h("span", { class: "mark", "aria-label": finding.status }, MARKS[finding.status]),
      h("div", {}, h("div", { class: "row spread" }, h("strong", {}, finding.name), h("span", { class: "number" }, finding.text)), h("div", { class: "note" }, finding.hint)),
    )));
  }
}
