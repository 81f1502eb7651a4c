/**
 * Colours of values, the same as in the pictures that the command draws (ColourScale in the core): computed in Oklab (Ottosson 2020), in
 * 64 steps of equal perceived difference. On a light ground zero is white, on a dark ground zero is the ground and the scale runs the other
 * way, so that empty stays empty. Lightness alone tells the magnitude; hue only helps.
 */

export const LEVELS = 64;

/** @typedef {"unit" | "signed"} Scale */

/** @type {Map<string, Uint8ClampedArray>} */
const tables = new Map();

/**
 * @param {number} lightness
 * @param {number} chroma
 * @param {number} hue degrees
 * @returns {[number, number, number]}
 */
function oklch(lightness, chroma, hue) {
  for (let c = chroma; ; c -= 0.002) {
    const a = Math.max(c, 0) * Math.cos((hue * Math.PI) / 180);
    const b = Math.max(c, 0) * Math.sin((hue * Math.PI) / 180);
    const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
    const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
    const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
    const rgb = [
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    ];
    if (c <= 0 || (Math.min(...rgb) >= -0.0005 && Math.max(...rgb) <= 1.0005)) {
      return /** @type {[number, number, number]} */ (rgb.map(encoded));
    }
  }
}

/** @param {number} linear */
function encoded(linear) {
  const x = Math.min(1, Math.max(0, linear));
  return Math.round(255 * (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055));
}

export function isDark() {
  return document.documentElement.dataset.theme === "dark";
}

/**
 * The colours of a scale, RGBA, from its least to its greatest value: LEVELS + 1 for a unit scale, 2 LEVELS + 1 for a signed one.
 * @param {Scale} scale
 * @param {boolean} [dark]
 */
export function table(scale, dark = isDark()) {
  const name = scale + dark;
  let known = tables.get(name);
  if (!known) {
    known = scale === "unit" ? unitTable(dark) : signedTable(dark);
    tables.set(name, known);
  }
  return known;
}

/** @param {boolean} dark */
function unitTable(dark) {
  const colours = new Uint8ClampedArray(4 * (LEVELS + 1));
  for (let i = 0; i <= LEVELS; i++) {
    const t = i / LEVELS;
    const bow = 4 * t * (1 - t);
    const rgb = dark
      ? oklch(0.235 + 0.715 * t, 0.02 + 0.1 * bow, 255 - 75 * t)
      : oklch(1 - 0.76 * t, 0.085 * bow + 0.075 * t * t, 190 + 85 * t);
    colours.set([...rgb, 255], 4 * i);
  }
  return colours;
}

/** @param {boolean} dark */
function signedTable(dark) {
  const colours = new Uint8ClampedArray(4 * (2 * LEVELS + 1));
  for (let i = 0; i <= LEVELS; i++) {
    const t = i / LEVELS;
    const bow = 4 * t * (1 - t);
    const positive = dark
      ? oklch(0.235 + 0.545 * t, 0.02 + 0.04 * bow + 0.1 * t, 255 - 10 * t)
      : oklch(1 - 0.57 * t, 0.055 * bow + 0.125 * t, 245 + 12 * t);
    const negative = dark
      ? oklch(0.235 + 0.565 * t, 0.04 * bow + 0.13 * t, 62)
      : oklch(1 - 0.46 * t, 0.055 * bow + 0.135 * t, 70 - 20 * t);
    colours.set([...negative, 255], 4 * (LEVELS - i));
    colours.set([...positive, 255], 4 * (LEVELS + i));
  }
  return colours;
}

/**
 * The place of a value's colour in the table of its scale.
 * @param {Scale} scale
 * @param {number} value
 * @param {number} range the value of the last colour
 */
export function level(scale, value, range) {
  const x = Math.min(1, Math.abs(value) / range);
  const steps = Math.round((Number.isNaN(x) ? 0 : x) * LEVELS);
  if (scale === "unit") {
    return value > 0 ? steps : 0;
  }
  return value > 0 ? LEVELS + steps : LEVELS - steps;
}

/**
 * @param {Scale} scale
 * @param {number} value
 * @param {number} range
 * @param {boolean} [dark]
 */
export function css(scale, value, range, dark = isDark()) {
  const at = 4 * level(scale, value, range);
  const colours = table(scale, dark);
  return `rgb(${colours[at]} ${colours[at + 1]} ${colours[at + 2]})`;
}
