/**
 * What the page shows, all of it in the address behind the #, so that the address can be kept, sent and gone back to. What one does is
 * an entry of the browser's history each, a drag or a key that is held down only one; what only moves the eye belongs to the entry.
 *
 * view machine|runs|map|film|compare; model; at such as length=20,repeats=5; seed; index; rows; step; head; paint such as
 * 3.2.1,4.0.0 (step.channel.value); do, the interventions as JSON; further names belong to single views.
 */

/** @typedef {Record<string, string>} Values */

/** Browsers allow few changes of the address a second, and scrubbing makes many. */
let waiting = 0;
let newest = "";

/** What only moves the eye: going back does not undo it. */
const LOOKS = new Set(["step", "head", "panel", "frame", "find"]);

/** A pointer that is down, or a key that is held: what happens meanwhile is one thing that was done. */
const gesture = { down: false, number: 0 };
for (const type of ["pointerdown", "keydown"]) {
  addEventListener(type, event => {
    if (!(event instanceof KeyboardEvent && event.repeat)) {
      gesture.down = true;
      gesture.number++;
    }
  }, true);
}
for (const type of ["pointerup", "pointercancel", "keyup", "blur"]) {
  addEventListener(type, event => {
    // A field that loses the focus says so, too; only the window's own says that no more keys come.
    if (event.type !== "blur" || event.target === window) {
      gesture.down = false;
    }
  }, true);
}

/** The number of the drag that goes on; 0 if there is none. */
export function dragging() {
  return gesture.down ? gesture.number : 0;
}

export class State {
  constructor() {
    /** @type {Values} */
    this.values = {};
    /** @type {Set<(changed: Set<string>) => void>} */
    this.listeners = new Set();
    /** The gesture whose entry is the last one. */
    this.entry = 0;
    /** How many entries the page has made. */
    this.entries = 0;
    this.read();
    addEventListener("hashchange", () => {
      this.entry = 0;
      this.read();
    });
  }

  read() {
    clearTimeout(waiting);
    waiting = 0;
    /** @type {Values} */
    const values = {};
    for (const part of location.hash.slice(1).split("&")) {
      const equals = part.indexOf("=");
      if (equals > 0) {
        try {
          values[part.slice(0, equals)] = decodeURIComponent(part.slice(equals + 1));
        } catch {
          // A part that is none is left out.
        }
      }
    }
    delete values.code;
    this.replace(values);
  }

  /** @param {Values} values */
  replace(values) {
    const changed = new Set();
    for (const name of new Set([...Object.keys(this.values), ...Object.keys(values)])) {
      if (this.values[name] !== values[name]) {
        changed.add(name);
      }
    }
    this.values = values;
    if (changed.size > 0) {
      this.listeners.forEach(listener => listener(changed));
    }
  }

  /** @param {string} name @param {string} [otherwise] */
  get(name, otherwise = "") {
    return this.values[name] ?? otherwise;
  }

  /** @param {string} name @param {number} otherwise */
  number(name, otherwise) {
    const value = Number(this.values[name] ?? otherwise);
    return Number.isFinite(value) ? value : otherwise;
  }

  /**
   * Changes some values, which one can go back to before; what is empty, null or undefined is removed.
   * @param {Record<string, string | number | null | undefined>} changes
   */
  set(changes) {
    const address = hash(this.with(changes));
    if (address === hash(this.values)) {
      return;
    }
    const drag = dragging();
    const looks = Object.keys(changes).every(name => LOOKS.has(name) || this.values[name] === this.with(changes)[name]);
    if (looks || (drag !== 0 && drag === this.entry)) {
      later(address);
    } else {
      now();
      history.pushState(null, "", address);
      this.entry = drag;
      this.entries++;
    }
    this.replace(this.with(changes));
  }

  /**
   * Changes some values in place: what went without saying is said.
   * @param {Record<string, string | number | null | undefined>} changes
   */
  settle(changes) {
    later(hash(this.with(changes)));
    this.replace(this.with(changes));
  }

  /** @param {Record<string, string | number | null | undefined>} changes @returns {Values} */
  with(changes) {
    const values = { ...this.values };
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === undefined || value === "") {
        delete values[name];
      } else {
        values[name] = String(value);
      }
    }
    return values;
  }

  /** @param {(changed: Set<string>) => void} listener */
  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** @param {string} address */
function later(address) {
  newest = address;
  if (!waiting) {
    waiting = window.setTimeout(() => {
      waiting = 0;
      history.replaceState(null, "", newest);
    }, 150);
  }
}

/** The address that one can go back to is the one before, also where it was still to come. */
function now() {
  if (waiting) {
    clearTimeout(waiting);
    waiting = 0;
    history.replaceState(null, "", newest);
  }
}

/** @param {Values} values */
export function hash(values) {
  const parts = Object.entries(values).map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%(2C|2F|3D|40|3A)/gi, decodeURIComponent)}`);
  return `#${parts.join("&")}`;
}
