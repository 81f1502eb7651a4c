/**
 * What the page shows, all of it in the address behind the #, so that the address can be kept, sent and gone back to.
 *
 * view machine|runs|map|film|compare; model; at such as length=20,repeats=5; seed; index; rows; step; head; paint such as
 * 3.2.1,4.0.0 (step.channel.value); do, the interventions as JSON; further names belong to single views.
 */

/** @typedef {Record<string, string>} Values */

/** Browsers allow few changes of the address a second, and scrubbing makes many. */
let waiting = 0;
let newest = "";

export class State {
  constructor() {
    /** @type {Values} */
    this.values = {};
    /** @type {Set<(changed: Set<string>) => void>} */
    this.listeners = new Set();
    this.read();
    addEventListener("hashchange", () => this.read());
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
   * Changes some values; what is empty, null or undefined is removed.
   * @param {Record<string, string | number | null | undefined>} changes
   * @param {boolean} [step] whether one can go back to before
   */
  set(changes, step = false) {
    const values = { ...this.values };
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === undefined || value === "") {
        delete values[name];
      } else {
        values[name] = String(value);
      }
    }
    const address = hash(values);
    if (step) {
      now();
      history.pushState(null, "", address);
    } else {
      later(address);
    }
    this.replace(values);
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
