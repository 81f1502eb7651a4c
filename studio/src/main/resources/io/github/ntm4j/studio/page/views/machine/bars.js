/** Numbers as bars that can be taken hold of. */
import { css } from "../../colour.js";
import { barsInWords } from "../../describe.js";
import { h } from "../../dom.js";

export class Bars {
  /**
   * @param {string} label
   * @param {object} limits
   * @param {number} limits.low
   * @param {number} limits.high
   * @param {((index: number, value: number) => void)} [change] when a bar is dragged
   * @param {(index: number, value: number) => void} [tell] what lies under the pointer
   */
  constructor(label, { low, high }, change, tell) {
    this.low = low;
    this.high = high;
    this.label = label;
    this.change = change;
    /** @type {ArrayLike<number>} */
    this.values = [];
    this.cursor = 0;
    /** What a bar is called along the axis. @type {(index: number) => number | string} */
    this.number = index => index;
    this.canvas = h("canvas", { "aria-label": label, role: "img" });
    this.root = h("div", { class: "bars" + (change ? " handle" : "") }, this.canvas);
    this.canvas.addEventListener("pointermove", event => tell?.(this.indexAt(event), this.values[this.indexAt(event)]));
    if (change) {
      this.canvas.tabIndex = 0;
      this.canvas.setAttribute("role", "slider");
      this.canvas.addEventListener("pointerdown", event => this.grab(event, change));
      this.canvas.addEventListener("keydown", event => this.key(event, change));
    }
  }

  /** @param {MouseEvent} event */
  indexAt(event) {
    const box = this.canvas.getBoundingClientRect();
    const count = this.values.length;
    return Math.min(count - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * count)));
  }

  /** @param {PointerEvent} start @param {(index: number, value: number) => void} change */
  grab(start, change) {
    this.canvas.setPointerCapture(start.pointerId);
    const index = this.indexAt(start);
    this.cursor = index;
    const move = (/** @type {PointerEvent} */ event) => {
      const box = this.canvas.getBoundingClientRect();
      const share = 1 - Math.min(1, Math.max(0, (event.clientY - box.top) / box.height));
      change(index, this.low + share * (this.high - this.low));
    };
    const end = () => {
      this.canvas.removeEventListener("pointermove", move);
      this.canvas.removeEventListener("pointerup", end);
    };
    this.canvas.addEventListener("pointermove", move);
    this.canvas.addEventListener("pointerup", end);
    move(start);
  }

  /** @param {KeyboardEvent} event @param {(index: number, value: number) => void} change */
  key(event, change) {
    const step = (this.high - this.low) / 20;
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      this.cursor = Math.min(this.values.length - 1, Math.max(0, this.cursor + (event.key === "ArrowRight" ? 1 : -1)));
      this.paint();
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const value = this.values[this.cursor] + (event.key === "ArrowUp" ? step : -step);
      change(this.cursor, Math.min(this.high, Math.max(this.low, value)));
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** Says from where to where bars go from now on. @param {{low: number, high: number}} limits */
  limit({ low, high }) {
    this.low = low;
    this.high = high;
  }

  /** @param {ArrayLike<number>} values */
  draw(values) {
    this.values = values;
    this.paint();
  }

  /** Says what is shown, and of bars that can be taken hold of the one that the keyboard is at. */
  describe() {
    this.canvas.setAttribute("aria-label", `${this.label}: ${barsInWords(this.values, this.number)}`);
    if (this.change) {
      const value = Math.min(this.high, Math.max(this.low, this.values[this.cursor] ?? this.low));
      this.canvas.setAttribute("aria-valuemin", String(this.low));
      this.canvas.setAttribute("aria-valuemax", String(this.high));
      this.canvas.setAttribute("aria-valuenow", value.toFixed(3));
      this.canvas.setAttribute("aria-valuetext", `${this.number(this.cursor)}: ${value.toFixed(2)}`);
    }
  }

  paint() {
    const ratio = devicePixelRatio || 1;
    const width = Math.max(1, Math.round(this.root.clientWidth * ratio));
    const height = Math.max(1, Math.round(this.root.clientHeight * ratio));
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    const context = this.canvas.getContext("2d");
    if (!context) {
      return;
    }
    context.clearRect(0, 0, width, height);
    const count = this.values.length;
    const slot = width / count;
    const gap = slot > 5 * ratio ? ratio : 0;
    const y = (/** @type {number} */ value) => height * (1 - (Math.min(this.high, Math.max(this.low, value)) - this.low) / (this.high - this.low));
    const zero = y(Math.max(this.low, 0));
    const scale = this.low < 0 ? "signed" : "unit";
    for (let i = 0; i < count; i++) {
      const value = this.values[i];
      const top = Math.min(y(value), zero);
      const size = Math.max(value === 0 ? 0 : ratio, Math.abs(y(value) - zero));
      context.fillStyle = css(scale, scale === "unit" ? 0.45 + 0.55 * (value / this.high) : 0.5 * Math.sign(value) * (1 + Math.abs(value) / this.high), 1);
      context.fillRect(i * slot, top, Math.max(ratio * 0.7, slot - gap), size);
    }
    const style = getComputedStyle(this.root);
    context.fillStyle = style.getPropertyValue("--line");
    context.fillRect(0, Math.round(zero) - (zero >= height ? ratio : 0), width, ratio);
    if (this.change && document.activeElement === this.canvas) {
      context.strokeStyle = style.getPropertyValue("--cross");
      context.lineWidth = ratio;
      context.strokeRect(this.cursor * slot + 0.5, 0.5, slot - 1, height - 1);
    }
    this.describe();
  }
}
