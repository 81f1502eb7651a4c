/** The machine at work on one sequence: what goes on along the sequence, the memory at a step, how a head finds its place, and interference. */
import { latest, trace } from "../api.js";
import { eachFrame, fill, h } from "../dom.js";
import { fileName, menu, offer, offerPicture, pageOf, save, svgOfBars } from "../share.js";
import { MemoryPanel } from "./machine/memory.js";
import { Microscope } from "./machine/microscope.js";
import { interventions, interventionsText, painted, paintText, question, withIntervention } from "./machine/question.js";
import { rowWindow } from "./machine/rows.js";
import { anotherSequence, controls } from "./machine/sequence.js";
import { Tracks } from "./machine/tracks.js";
import { Health, Words } from "./machine/words.js";

/** @typedef {import("../trace.js").Trace} Trace */
/** @typedef {import("./machine/question.js").Intervention} Intervention */

const FIRST = "models/copy-ntm-lstm";
/** Steps a second when playing. */
const PACE = 8;
/** What only changes how the same answer is shown. */
const SHOWN_ONLY = new Set(["step", "head", "allrows", "difference", "view", "panel"]);

/**
 * @param {HTMLElement} root
 * @param {import("../main.js").App} app
 * @returns {import("../main.js").View}
 */
export function open(root, app) {
  const { state } = app;
  /** @type {Trace | null} */
  let now = null;
  /** @type {Trace | null} the same without interventions */
  let undisturbed = null;
  let playing = 0;

  const model = () => state.get("model") || (app.models.find(m => m.id === FIRST) ?? app.models[0])?.id || "";
  const step = () => Math.min((now?.steps ?? 1) - 1, Math.max(0, state.number("step", 0)));
  const head = () => {
    const names = now?.heads.map(each => each.name) ?? [];
    return names.includes(state.get("head")) ? state.get("head") : (names.find(name => name.startsWith("write")) ?? names[0] ?? "");
  };
  const window = () => (now ? rowWindow(now, state.get("allrows") === "1") : { from: 0, count: 0, rows: 1 });

  const caption = () => `${model().replace(/^\w+\//, "")}, ${Object.entries(now?.header.at ?? {}).map(([name, value]) => `${name} ${value}`).join(", ")}`;

  const tell = (/** @type {string} */ text) => app.say(text);
  const intervene = (/** @type {Intervention} */ added) => state.set({ do: interventionsText(withIntervention(interventions(state), added)) });
  const side = controls(app, model);
  const tracks = new Tracks({
    scrub: at => state.set({ step: at }),
    paint,
    choose: name => state.set({ head: name }),
    tell,
    made: (map, title) => offer(map, () => `${title}: ${caption()}`),
  });
  const memory = new MemoryPanel({ intervene, tell });
  offer(memory.now, () => `Memory after step ${step()}: ${caption()}`);
  offer(memory.change, () => `Change of the memory by step ${step()}: ${caption()}`);
  const microscope = new Microscope({
    intervene,
    tell,
    made(bars, title) {
      const name = () => `${head()}, ${title} at step ${step()}: ${caption()}`;
      offerPicture(bars.canvas, name, () => svgOfBars(name(), bars));
    },
  });
  const place = h("span", { class: "number", "data-figure": "step" });
  const play = h("button", { title: "Play (space)", "aria-label": "Play", "data-action": "play", onclick: toggle }, "▶");
  const headName = h("select", { "aria-label": "Head", "data-field": "head", onchange: () => state.set({ head: headName.value }) });
  const freeze = h("button", {
    class: "quiet", "data-action": "freeze", title: "From this step on the head stays where it was",
    onclick: () => intervene({ kind: "freeze", from: step(), to: (now?.steps ?? 1) - 1, head: head() }),
  }, "Freeze from here");
  const rowsButton = h("button", {
    class: "quiet", "data-action": "allrows", title: "Show the rows in use, or all rows",
    onclick: () => state.set({ allrows: state.get("allrows") === "1" ? null : "1" }),
  });
  const center = h(
    "section",
    { class: "card work", "aria-label": "The machine at work" },
    h(
      "header",
      {},
      h("h2", {}, "At work"),
      h("button", { title: "One step back (left arrow)", "aria-label": "One step back", onclick: () => move(-1) }, "‹"),
      play,
      h("button", { title: "One step on (right arrow)", "aria-label": "One step on", onclick: () => move(1) }, "›"),
      place,
      rowsButton,
      h("button", { class: "quiet", "data-action": "share", "aria-haspopup": "menu", title: "Share what is shown", onclick: share }, "Share"),
    ),
    tracks.root,
  );
  const tooLong = h("p", { class: "note hidden" }, "This sequence is too long, or the memory too large, to look at the addressing and at the memory of every step.");
  const inWords = new Words((at, name) => state.set({ step: at, head: name }));
  const health = new Health();
  /** @type {[string, string, HTMLElement][]} */
  const panels = [
    ["addressing", "Addressing", h("div", {}, h("div", { class: "row spread" }, headName, freeze), microscope.root, tooLong)],
    ["words", "In words", inWords.root],
    ["health", "Health", health.root],
  ];
  const panelTabs = h("header", { role: "tablist", "aria-label": "What is shown of the machine" });
  const panelCard = h("section", { class: "card panel-card" }, panelTabs, ...panels.map(([, , content]) => content));
  const right = h("div", { class: "column details" }, memory.root, panelCard);

  const panel = () => panels.find(([name]) => name === state.get("panel"))?.[0] ?? (now?.heads.length === 0 ? "words" : "addressing");

  function drawPanels() {
    const chosen = panel();
    fill(panelTabs, ...panels.filter(([name]) => name !== "addressing" || (now?.heads.length ?? 1) > 0).map(([name, title]) => h("button", {
      class: "quiet", role: "tab", "aria-selected": String(name === chosen), "aria-pressed": String(name === chosen), "data-panel": name,
      onclick: () => state.set({ panel: name === "addressing" ? null : name }),
    }, title)));
    panels.forEach(([name, , content]) => content.classList.toggle("hidden", name !== chosen));
    if (now && chosen === "words") {
      inWords.draw(now);
    } else if (now && chosen === "health") {
      health.draw(now);
    }
  }
  root.append(side.root, center, right);

  /** A bit is turned round; dragging on gives the other cells the same value. @type {number} */
  let brush = 1;

  /** @param {number} at @param {number} channel @param {boolean} dragging */
  function paint(at, channel, dragging) {
    if (!now) {
      return;
    }
    const value = now.step("input", at)[channel];
    brush = dragging ? brush : value > 0.5 ? 0 : 1;
    const cells = painted(state).filter(([s, c]) => s !== at || c !== channel);
    state.set({ paint: paintText([...cells, [at, channel, brush]]) });
  }

  /** @param {number} by */
  function move(by) {
    state.set({ step: Math.min((now?.steps ?? 1) - 1, Math.max(0, step() + by)) });
  }

  function toggle() {
    if (playing) {
      clearInterval(playing);
      playing = 0;
    } else {
      if (now && step() === now.steps - 1) {
        state.set({ step: 0 });
      }
      playing = setInterval(() => {
        if (now && step() < now.steps - 1) {
          move(1);
        } else {
          toggle();
        }
      }, 1000 / PACE);
    }
    play.textContent = playing ? "❚❚" : "▶";
    play.setAttribute("aria-label", playing ? "Pause" : "Play");
  }

  /** @param {MouseEvent} event */
  function share(event) {
    const box = /** @type {HTMLElement} */ (event.target).getBoundingClientRect();
    menu(box.left, box.bottom + 4, [
      ["Copy the address of this view", async () => {
        await navigator.clipboard.writeText(location.href);
        app.say("The address is copied. It works while the studio runs, on this computer.");
      }],
      ["Save as one HTML page", async () => {
        if (now) {
          save(`${fileName(caption())}.html`, await pageOf(now, caption()));
        }
      }],
    ]);
  }

  /** What depends on the step. */
  const drawStep = eachFrame(() => {
    if (!now) {
      return;
    }
    const at = step();
    tracks.mark(at);
    place.textContent = `step ${at} of ${now.steps - 1}`;
    if (now.heads.length > 0) {
      memory.draw(now, difference(), at, window(), head());
      const close = now.header.detail !== "tracks";
      microscope.root.classList.toggle("hidden", !close);
      tooLong.classList.toggle("hidden", close);
      if (close && panel() === "addressing") {
        microscope.draw(now, at, head(), window());
      }
    }
  });

  function difference() {
    return state.get("difference") === "1" && interventions(state).length > 0 && undisturbed?.steps === now?.steps ? undisturbed : null;
  }

  function drawAll() {
    if (!now) {
      return;
    }
    const none = now.heads.length === 0;
    memory.root.classList.toggle("hidden", none);
    drawPanels();
    rowsButton.classList.toggle("hidden", none);
    rowsButton.textContent = state.get("allrows") === "1" ? "Rows in use" : "All rows";
    headName.replaceChildren(...now.heads.map(each => h("option", { value: each.name, selected: each.name === head() }, each.name)));
    tracks.draw(now, difference(), window(), head());
    side.drawChanges();
    drawStep();
  }

  const ask = latest(
    async (/** @type {{began: number}} */ { began }) => {
      const disturbed = interventions(state).length > 0;
      const first = trace(question(state, model(), true));
      const other = disturbed && !undisturbed ? await trace(question(state, model(), false)) : undisturbed;
      return { answer: await first, other: disturbed ? other : null, began };
    },
    ({ answer, other, began }) => {
      now = answer;
      undisturbed = other;
      const known = app.models.find(m => m.id === model());
      const task = app.info.tasks.find((/** @type {any} */ t) => t.name === answer.header.task);
      side.drawSequence(known?.sizes ?? task?.sizes ?? [], answer);
      drawAll();
      requestAnimationFrame(() => {
        side.drawFigures(answer, other, performance.now() - began);
        document.documentElement.dataset.computed = String(Number(document.documentElement.dataset.computed ?? 0) + 1);
      });
      app.say("");
    },
    problem => app.fail(problem),
  );

  /** @param {Set<string>} changed */
  function update(changed) {
    const asked = [...changed].filter(name => !SHOWN_ONLY.has(name));
    if (asked.length === 0 && now) {
      if (changed.has("step") && changed.size === 1) {
        drawStep();
      } else {
        drawAll();
      }
      return;
    }
    if (asked.some(name => name !== "do")) {
      undisturbed = null;
      side.drawMachine();
    }
    ask({ began: performance.now() });
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) {
      return;
    }
    /** @type {Record<string, () => void>} */
    const actions = {
      ArrowLeft: () => move(event.shiftKey ? -10 : -1),
      ArrowRight: () => move(event.shiftKey ? 10 : 1),
      Home: () => state.set({ step: 0 }),
      End: () => state.set({ step: (now?.steps ?? 1) - 1 }),
      n: () => anotherSequence(app),
      "[": () => nextHead(-1),
      "]": () => nextHead(1),
      ...(target.tagName === "BUTTON" ? {} : { " ": toggle }),
    };
    const action = actions[event.key];
    if (action) {
      action();
      event.preventDefault();
    }
  }

  /** @param {number} by */
  function nextHead(by) {
    const names = now?.heads.map(each => each.name) ?? [];
    if (names.length > 0) {
      state.set({ head: names[(names.indexOf(head()) + by + names.length) % names.length] });
    }
  }

  const resized = eachFrame(drawStep);
  addEventListener("keydown", key);
  addEventListener("resize", resized);
  side.drawMachine();
  update(new Set(["model"]));
  return {
    update,
    redraw() {
      tracks.redraw();
      drawStep();
    },
    close() {
      clearInterval(playing);
      removeEventListener("keydown", key);
      removeEventListener("resize", resized);
    },
  };
}
