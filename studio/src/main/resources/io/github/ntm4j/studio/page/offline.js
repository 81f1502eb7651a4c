/** A page of its own that shows one trace, without a server: what share.js puts into a file. */
import { eachFrame, h } from "./dom.js";
import { Trace } from "./trace.js";
import { MemoryPanel } from "./views/machine/memory.js";
import { windowFor, windowsOf } from "./views/machine/rows.js";
import { Tracks } from "./views/machine/tracks.js";

/** @param {string} title */
export function show(title) {
  const text = document.getElementById("trace")?.textContent ?? "";
  const trace = new Trace(Uint8Array.from(atob(text), c => c.charCodeAt(0)).buffer);
  document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const { header } = trace;
  let step = 0;
  let group = trace.heads[0]?.group ?? trace.groups[0] ?? "";
  const windows = windowsOf(trace, false);
  const place = h("span", { class: "number" });
  const line = h("div", { class: "note" }, " ");
  const tell = (/** @type {string} */ what) => { line.textContent = what || " "; };
  const tracks = new Tracks({ scrub: go, paint: at => go(at), choose: name => { group = name; draw(); }, tell });
  const stores = trace.stores.map(store => new MemoryPanel({ intervene: () => {}, tell }, store, false));
  const draw = eachFrame(() => {
    tracks.draw(trace, null, windows, group);
    tracks.mark(step);
    place.textContent = `step ${step} of ${trace.steps - 1}`;
    for (const panel of stores) {
      panel.draw(trace, null, step, windowFor(windows, panel.store) ?? { from: 0, count: 0, rows: 1 }, trace.head(group));
    }
  });
  function go(/** @type {number} */ to) {
    step = Math.min(trace.steps - 1, Math.max(0, to));
    draw();
  }
  addEventListener("keydown", event => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) {
      go(step + by);
      event.preventDefault();
    }
  });
  const result = header.answerable ? `${header.bit_errors} of ${header.counted_bits} bits wrong, ${header.bits.toFixed(2)} bits` : "";
  document.getElementById("view")?.append(h(
    "div",
    { class: "offline" },
    h(
      "section",
      { class: "card work" },
      h("header", {}, h("h2", {}, title), h("span", { class: "soft" }, result), place),
      tracks.root,
      line,
    ),
    ...stores.map(panel => panel.root),
  ));
  draw();
}
