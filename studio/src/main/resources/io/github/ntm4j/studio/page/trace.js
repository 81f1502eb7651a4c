/** What a machine did on a sequence, as the server sends it (docs/studio-api.md). */

/** @typedef {{name: string, kind: "read" | "write"}} Head */

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
    /** @type {Head[]} */
    this.heads = this.header.heads;
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
