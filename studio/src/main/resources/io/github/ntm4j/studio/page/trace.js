/** What a machine did on a sequence, as the server sends it (docs/studio-api.md). */

/**
 * Something that a machine shows of itself at every step. What is no detail is drawn along the sequence.
 * @typedef {object} Signal
 * @property {string} at its name among the arrays: group/name, or the name of a store
 * @property {string} group what it belongs to, such as a head
 * @property {string} name
 * @property {string} title
 * @property {"store" | "weighting" | "rows" | "vector" | "number" | "distribution"} kind
 * @property {string} [role] what it means, in the field's terms
 * @property {string} [over] the store whose rows it is over
 * @property {"read" | "write"} [use] a head looks there
 * @property {number} [size] numbers in a step
 * @property {number} [rows] of a store
 * @property {number} [width] of a store
 * @property {string[]} [labels] of a distribution
 * @property {number} low
 * @property {number} high
 * @property {boolean} settable
 * @property {boolean} detail
 */

export class Trace {
  /** @param {ArrayBuffer} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    const length = new DataView(bytes).getUint32(0, true);
    /** @type {any} */
    this.header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length)));
    this.numbers = new Float32Array(bytes, 4 + length);
    /** @type {number} */
    this.steps = this.header.steps;
    /** @type {number} */
    this.inputs = this.header.inputs;
    /** @type {number} */
    this.outputs = this.header.outputs;
    /** @type {number} */
    this.rows = this.header.rows;
    /** @type {number} */
    this.width = this.header.width;
    /** @type {Signal[]} */
    this.signals = this.header.signals;
    /** Where heads look, those that write first. */
    this.heads = this.signals.filter(signal => signal.use).sort((a, b) => (b.use ?? "").localeCompare(a.use ?? ""));
    this.stores = this.signals.filter(signal => signal.kind === "store");
    /** The store that heads look at, by its name; nothing if there is none. */
    this.memory = this.signals.find(signal => signal.use)?.over ?? "";
    /** What signals belong to, in the order of declaration. */
    this.groups = [...new Set(this.signals.filter(signal => signal.kind !== "store").map(signal => signal.group))];
  }

  /** The signals of a group. @param {string} group */
  of(group) {
    return this.signals.filter(signal => signal.kind !== "store" && signal.group === group);
  }

  /** The signal of a group that has a role. @param {string} group @param {string} role */
  in(group, role) {
    return this.of(group).find(signal => signal.role === role);
  }

  /** Where a group looks, if it is a head. @param {string} group */
  head(group) {
    return this.heads.find(signal => signal.group === group);
  }

  /** @param {string} name */
  has(name) {
    return name in this.header.arrays;
  }

  /**
   * All numbers of an array.
   * @param {string} name such as "write 1/weighting"
   * @returns {Float32Array}
   */
  array(name) {
    const { at, shape } = this.header.arrays[name];
    return this.numbers.subarray(at, at + shape.reduce((/** @type {number} */ a, /** @type {number} */ b) => a * b, 1));
  }

  /**
   * The numbers of an array at one step.
   * @param {string} name
   * @param {number} step
   * @returns {Float32Array}
   */
  step(name, step) {
    const { at, shape } = this.header.arrays[name];
    const size = shape.slice(1).reduce((/** @type {number} */ a, /** @type {number} */ b) => a * b, 1);
    return this.numbers.subarray(at + step * size, at + (step + 1) * size);
  }

  /** @param {string} name @returns {number[]} */
  shape(name) {
    return this.header.arrays[name].shape;
  }

  /** Whether the answer at a step counts. @param {number} step */
  counts(step) {
    return !this.has("mask") || this.array("mask")[step] > 0;
  }
}
