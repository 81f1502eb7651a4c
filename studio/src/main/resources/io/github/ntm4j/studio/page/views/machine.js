/** The machine at work on one sequence: what goes on along the sequence, the memory at a step, how a head finds its place, and interference. */
import { latest, trace } from "../api.js";
import { eachFrame, fill, h } from "../dom.js";
import { givenUp, Obstacle, Waiting } from "../notice.js";
import { fileName, menu, offer, offerPicture, pageOf, save, svgOfBars } from "../share.js";
import { MemoryPanel } from "./machine/memory.js";
import { EVERYTHING, fits, LENSES } from "./machine/lenses.js";
import { interventions, interventionsText, painted, paintText, question, size, sizeText, withIntervention } from "./machine/question.js";
import { windowFor, windowsOf } from "./machine/rows.js";
import { anotherSequence, controls, verdictOf } from "./machine/sequence.js";
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
  /** The group that is looked at closely: a head, if nothing else is chosen. */
  const group = () => {
    const names = now?.groups ?? [];
    return names.includes(state.get("head")) ? state.get("head") : (now?.heads[0]?.group ?? names[0] ?? "");
  };
  const windows = () => (now ? windowsOf(now, state.get("allrows") === "1") : new Map());

  const caption = () => `${model().replace(/^\w+\//, "")}, ${Object.entries(now?.header.at ?? {}).map(([name, value]) => `${name} ${value}`).join(", ")}`;

  const tell = (/** @type {string} */ text) => app.tell(text);
  const intervene = (/** @type {Intervention} */ added) => state.set({ do: interventionsText(withIntervention(interventions(state), added)) });
  const side = controls(app, model, () => now);
  const tracks = new Tracks({
    scrub: at => state.set({ step: at }),
    paint,
    choose: name => state.set({ head: name }),
    tell,
    made: (map, title) => offer(map, () => `${title}: ${caption()}`),
  });
  const stores = h("div", { class: "column" });
  /** @type {MemoryPanel[]} */
  let memories = [];
  /** @type {import("./machine/handle.js").Hands} */
  const hands = {
    intervene,
    tell,
    made(bars, title) {
      const name = () => `${group()}, ${title} at step ${step()}: ${caption()}`;
      offerPicture(bars.canvas, name, () => svgOfBars(name(), bars));
    },
  };
  const looks = [...LENSES, EVERYTHING].map(lens => ({ lens, look: lens.make(hands) }));
  const place = h("span", { class: "number", "data-figure": "step" });
  const play = h("button", { title: "Play (space)", "aria-label": "Play", "data-action": "play", onclick: toggle }, "▶");
  const groupName = h("select", { "aria-label": "Head", "data-field": "head", onchange: () => state.set({ head: groupName.value }) });
  const freeze = h("button", {
    class: "quiet", "data-action": "freeze", title: "From this step on the head stays where it was",
    onclick: () => intervene({ kind: "hold", from: step(), to: (now?.steps ?? 1) - 1, signal: now?.head(group())?.at }),
  }, "Freeze from here");
  const rowsButton = h("button", {
    class: "quiet", "data-action": "allrows", title: "Show the rows in use, or all rows",
    onclick: () => state.set({ allrows: state.get("allrows") === "1" ? null : "1" }),
  });
  const center = h(
    "section",
    { class: "card work result", "aria-label": "The machine at work" },
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
  const inWords = new Words((at, name) => state.set({ step: at, head: name }), trace => verdictOf(app, trace));
  const health = new Health();
  const chooser = h("div", { class: "row spread" }, groupName, freeze);
  const lensPanel = (/** @type {typeof looks[number]} */ { lens, look }) => /** @type {[string, string, HTMLElement]} */ ([lens.name, lens.title, h("div", {}, look.root)]);
  /** @type {[string, string, HTMLElement][]} */
  const panels = [
    ...looks.slice(0, -1).map(lensPanel),
    ["words", "In words", inWords.root],
    ["health", "Health", h("div", {}, health.root)],
    lensPanel(looks[looks.length - 1]),
  ];
  const panelTabs = h("div", { class: "panel-tabs", role: "tablist", "aria-label": "What is shown of the machine", onkeydown: keyOfTabs });
  for (const [name, , content] of panels) {
    content.id = `panel-${name}`;
    content.setAttribute("role", "tabpanel");
    content.setAttribute("aria-labelledby", `tab-${name}`);
    content.tabIndex = 0;
  }
  const panelCard = h("section", { class: "card panel-card", "aria-label": "Closer" }, panelTabs, ...panels.map(([, , content]) => content));
  const right = h("div", { class: "column details result" }, stores, panelCard);
  const obstacle = new Obstacle(root);
  const waiting = new Waiting(root);

  /** The lenses that the machine has signals for, in this group or in another one. */
  const fitting = () => looks.filter(({ lens }) => !now || now.groups.some(each => now && fits(lens, now, each)));
  const offered = () => panels.filter(([name]) => !looks.some(({ lens }) => lens.name === name) || fitting().some(({ lens }) => lens.name === name));
  const usual = () => fitting()[0]?.lens.name ?? "words";
  const panel = () => offered().find(([name]) => name === state.get("panel"))?.[0] ?? usual();
  const choosePanel = (/** @type {string} */ name) => state.set({ panel: name === usual() ? null : name });

  /** The arrow keys go from tab to tab. @param {KeyboardEvent} event */
  function keyOfTabs(event) {
    const names = offered().map(([name]) => name);
    const at = names.indexOf(panel());
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: names.length - 1 }[event.key];
    if (to !== undefined) {
      choosePanel(names[(to + names.length) % names.length]);
      event.preventDefault();
      event.stopPropagation();
    }
  }

  function drawPanels() {
    const chosen = panel();
    const focused = panelTabs.contains(document.activeElement);
    fill(panelTabs, ...offered().map(([name, title]) => h("button", {
      class: "quiet", id: `tab-${name}`, role: "tab", "aria-selected": String(name === chosen), "aria-controls": `panel-${name}`, "data-panel": name,
      tabIndex: name === chosen ? 0 : -1,
      onclick: () => choosePanel(name),
    }, title)));
    if (focused) {
      document.getElementById(`tab-${chosen}`)?.focus();
    }
    panels.forEach(([name, , content]) => content.classList.toggle("hidden", name !== chosen));
    const shown = looks.find(({ lens }) => lens.name === chosen);
    looks.filter(each => each !== shown).forEach(({ look }) => look.clear());
    shown?.look.root.parentElement?.append(chooser, shown.look.root, tooLong);
    if (now && chosen === "words") {
      inWords.draw(now);
    } else if (now && chosen === "health") {
      health.draw(now);
    }
  }
  root.append(side.root, center, right, obstacle.root, waiting.root);

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
    const seen = windows();
    for (const memory of memories) {
      memory.draw(now, difference(), at, windowFor(seen, memory.store) ?? { from: 0, count: 0, rows: 1 }, now.head(group()));
    }
    const shown = looks.find(({ lens }) => lens.name === panel());
    if (shown) {
      const needed = fits(shown.lens, now, group()) ? shown.lens.needs(now, group()) : [];
      const close = needed.length > 0 && needed.every(signal => signal && now?.has(signal.at));
      shown.look.root.classList.toggle("hidden", !close);
      tooLong.classList.toggle("hidden", needed.length === 0 || close);
      if (close) {
        shown.look.draw(now, at, group(), seen);
      }
    }
  });

  function difference() {
    return state.get("difference") === "1" && interventions(state).length > 0 && undisturbed?.steps === now?.steps ? undisturbed : null;
  }

  /** A panel for each store of the machine. @param {Trace} trace */
  function layStores(trace) {
    const same = memories.length === trace.stores.length && memories.every(({ store }, i) => JSON.stringify(store) === JSON.stringify(trace.stores[i]));
    if (same) {
      return;
    }
    memories = trace.stores.map(store => {
      const panel = new MemoryPanel({ intervene, tell }, store);
      offer(panel.now, () => `${store.title} after step ${step()}: ${caption()}`);
      offer(panel.change, () => `Change of ${store.title.toLowerCase()} by step ${step()}: ${caption()}`);
      return panel;
    });
    fill(stores, ...memories.map(memory => memory.root));
  }

  function drawAll() {
    if (!now) {
      return;
    }
    const none = now.stores.length === 0;
    layStores(now);
    drawPanels();
    rowsButton.classList.toggle("hidden", none);
    rowsButton.textContent = state.get("allrows") === "1" ? "Rows in use" : "All rows";
    groupName.replaceChildren(...now.groups.map(each => h("option", { value: each, selected: each === group() }, each)));
    freeze.classList.toggle("hidden", now.head(group()) === undefined);
    tracks.draw(now, difference(), windows(), group());
    side.drawChanges();
    drawStep();
  }

  /** The sizes of the task's sequences, as far as they are known. @param {string} [task] */
  function sizes(task) {
    const known = app.models.find(m => m.id === model());
    return known?.sizes ?? app.info.tasks.find((/** @type {any} */ t) => t.name === (task ?? state.get("task")))?.sizes ?? [];
  }

  /** What is asked for, in a line. */
  function subject() {
    const at = sizeText({ ...now?.header.at, ...size(state) }).replaceAll("=", " ").replaceAll(",", ", ");
    return `${model().replace(/^\w+\//, "")}${at ? `, ${at}` : ""}`;
  }

  /** Nothing of the last answer stays where there is no answer. @param {unknown} problem */
  function refuse(problem) {
    waiting.end();
    if (givenUp(problem)) {
      return;
    }
    now = null;
    undisturbed = null;
    tracks.clear();
    memories.forEach(memory => memory.clear());
    place.textContent = "";
    side.clear(sizes());
    side.drawChanges();
    const list = interventions(state);
    /** @type {import("../notice.js").Way[]} */
    const ways = [];
    if (list.length > 0) {
      ways.push(["Undo the last intervention", () => state.set({ do: interventionsText(list.slice(0, -1)) })]);
    }
    if (state.get("at") || state.get("rows")) {
      ways.push(["Back to the size of training", () => state.set({ at: null, rows: null, paint: null, do: null })]);
    }
    if (model() !== FIRST && app.models.some(m => m.id === FIRST)) {
      ways.push(["Show copy-ntm-lstm", () => state.set({ model: FIRST, at: null, rows: null, paint: null, do: null, step: null, head: null, task: null, index: null })]);
    }
    obstacle.tell(problem, () => ask({ began: performance.now() }), ways);
    app.name(subject());
    root.dataset.refused = "true";
  }

  const ask = latest(
    async (/** @type {{began: number}} */ { began }, signal) => {
      const disturbed = interventions(state).length > 0;
      const other = disturbed && !undisturbed ? trace(question(state, model(), false), signal) : Promise.resolve(undisturbed);
      const [answer, before] = await Promise.all([trace(question(state, model(), true), signal), other]);
      return { answer, other: disturbed ? before : null, began };
    },
    ({ answer, other, began }) => {
      waiting.end();
      obstacle.hide();
      delete root.dataset.refused;
      now = answer;
      undisturbed = other;
      side.drawSequence(sizes(answer.header.task), answer.header.at, answer.rows);
      app.name(subject());
      drawAll();
      requestAnimationFrame(() => {
        // Meanwhile another answer may have been refused.
        if (now === answer) {
          side.drawFigures(answer, other, performance.now() - began);
          document.documentElement.dataset.computed = String(Number(document.documentElement.dataset.computed ?? 0) + 1);
        }
      });
    },
    refuse,
    () => waiting.begin("The machine is at work…"),
  );

  /** @param {Set<string>} changed */
  function update(changed) {
    const asked = [...changed].filter(name => !SHOWN_ONLY.has(name));
    if (asked.length === 0 && (now || obstacle.shown)) {
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
    const names = now?.groups ?? [];
    if (names.length > 0) {
      state.set({ head: names[(names.indexOf(group()) + by + names.length) % names.length] });
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
      ask.cancel();
      waiting.end();
      obstacle.hide();
      clearInterval(playing);
      removeEventListener("keydown", key);
      removeEventListener("resize", resized);
    },
  };
}
