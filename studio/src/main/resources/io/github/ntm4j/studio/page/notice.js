/** What the page has to say beside the results: messages, that something is awaited, and cards that say what went wrong and what to do. */
import { Problem } from "./api.js";
import { fill, h } from "./dom.js";

/** A message stays this long, and longer the longer it is. Milliseconds, and milliseconds for a character. */
const LEAST = 6000;
const READING = 70;
/** Problems stay until they are dismissed, or this much longer. */
const PROBLEM = 3;
const MOST = 4;

/** Messages at the lower edge, which stay long enough to be read, wait while the pointer or the focus is on them, and can be dismissed. */
export class Messages {
  constructor() {
    this.root = h("div", { class: "messages", role: "log", "aria-live": "polite", "aria-label": "Messages" });
  }

  /** @param {string} text @param {boolean} [problem] */
  say(text, problem = false) {
    if (!text) {
      return;
    }
    [...this.root.children].find(other => other instanceof HTMLElement && other.dataset.text === text)?.remove();
    let timer = 0;
    const message = h(
      "div",
      { class: `message${problem ? " problem" : ""}` },
      h("span", { class: "mark", "aria-hidden": "true" }, problem ? "!" : "i"),
      h("span", { class: "message-text" }, text),
      h("button", { class: "quiet", "aria-label": "Dismiss this message", "data-action": "dismiss", onclick: () => end() }, "✕"),
    );
    message.dataset.text = text;
    const end = () => {
      clearTimeout(timer);
      message.remove();
    };
    const wait = () => clearTimeout(timer);
    const go = () => {
      clearTimeout(timer);
      if (!message.matches(":hover") && !message.contains(document.activeElement)) {
        timer = setTimeout(end, (LEAST + READING * text.length) * (problem ? PROBLEM : 1));
      }
    };
    for (const type of ["pointerenter", "focusin"]) {
      message.addEventListener(type, wait);
    }
    for (const type of ["pointerleave", "focusout"]) {
      message.addEventListener(type, () => setTimeout(go, 0));
    }
    this.root.append(message);
    while (this.root.childElementCount > MOST) {
      this.root.firstElementChild?.remove();
    }
    go();
  }
}

/** Shorter waits are not worth a word, in milliseconds. */
const UNNOTICED = 200;

/** Says that an answer is awaited, to eyes and to ears, when it takes longer than one notices. */
export class Waiting {
  /** @param {HTMLElement} area what will show the answer */
  constructor(area) {
    this.area = area;
    this.timer = 0;
    this.words = h("span", {});
    this.root = h("div", { class: "waiting", role: "status" }, this.words);
  }

  /** @param {string} words */
  begin(words) {
    if (this.timer === 0) {
      this.timer = setTimeout(() => {
        this.area.setAttribute("aria-busy", "true");
        this.root.classList.add("on");
        this.words.textContent = words;
      }, UNNOTICED);
    }
  }

  end() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.area.removeAttribute("aria-busy");
    this.root.classList.remove("on");
    this.words.textContent = "";
  }
}

/**
 * What can be done about something.
 * @typedef {[label: string, action: () => void]} Way
 */

/** How often a server that is lost is looked for, in milliseconds. */
const LOOK = 3000;

/** A card in the place of results that are not there: while it is shown, nothing of the class `result` in its area is. */
export class Obstacle {
  /** @param {HTMLElement} area */
  constructor(area) {
    this.area = area;
    this.root = h("section", { class: "card obstacle hidden", role: "alert" });
    this.said = "";
    this.clock = 0;
  }

  /**
   * @param {string} title what has happened
   * @param {string} text what it means
   * @param {Way[]} ways the first is the best
   */
  show(title, text, ways) {
    clearInterval(this.clock);
    this.clock = 0;
    const said = `${title}\n${text}\n${ways.map(([label]) => label).join("\n")}`;
    if (this.shown && said === this.said) {
      // It is not said twice, and keeps the focus.
      return;
    }
    this.said = said;
    fill(
      this.root,
      h("h2", {}, title),
      h("p", {}, text),
      ways.length > 0
        ? h("div", { class: "row" }, ...ways.map(([label, action], i) => h("button", { class: i === 0 ? "primary" : "", "data-way": String(i), onclick: action }, label)))
        : null,
    );
    this.root.classList.remove("hidden");
    this.area.classList.add("obstructed");
  }

  /**
   * Says what went wrong with a request, and lets it be tried again; a server that is lost is looked for again and again.
   * @param {unknown} problem
   * @param {() => void} again
   * @param {Way[]} [ways] what else can be done about a refusal
   */
  tell(problem, again, ways = []) {
    const { title, text, kind } = explained(problem);
    this.show(title, text, kind === "refused" ? [...ways, ["Try again", again]] : [["Try again", again]]);
    if (kind === "lost") {
      this.clock = setInterval(() => document.visibilityState === "visible" && again(), LOOK);
    }
  }

  hide() {
    clearInterval(this.clock);
    this.clock = 0;
    this.root.classList.add("hidden");
    this.area.classList.remove("obstructed");
  }

  get shown() {
    return !this.root.classList.contains("hidden");
  }
}

/** Whether a request was given up by the page itself. @param {unknown} problem */
export function givenUp(problem) {
  return problem instanceof DOMException && problem.name === "AbortError";
}

/**
 * What went wrong, in words.
 * @param {unknown} problem
 * @returns {{title: string, text: string, kind: "lost" | "locked" | "refused"}}
 */
export function explained(problem) {
  if (problem instanceof Problem && problem.status === 401) {
    return {
      title: "This browser is not let in",
      text: "A link opens once: open the file that ntm studio names below it, or start ntm studio again.",
      kind: "locked",
    };
  }
  if (problem instanceof TypeError) {
    return {
      title: "The studio does not answer",
      text: "It has ended, or cannot be reached. If it has ended, start it again with ./ntm studio and open the address that it prints. This page goes on trying.",
      kind: "lost",
    };
  }
  const text = problem instanceof Error ? problem.message : String(problem);
  if (problem instanceof Problem && (problem.status === 429 || problem.status === 503)) {
    return { title: "The studio is busy", text, kind: "lost" };
  }
  const missing = problem instanceof Problem && (problem.status === 404 || /found none/.test(text));
  return { title: missing ? "This is not here" : "The studio refused this", text, kind: "refused" };
}
