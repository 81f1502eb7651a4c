/** Taking something along: pictures of a panel, the address, and a page that works without the studio. */
import { LEVELS, level, table } from "./colour.js";
import { h } from "./dom.js";

/** @typedef {import("./heatmap.js").Cells} Cells */

const CELL = 12;
const MARGIN = { left: 46, top: 30, right: 14, bottom: 26 };

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
}

/** Where numbers stand along an axis. @param {number} count @returns {number[]} */
function ticks(count) {
  const every = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find(n => count / n <= 12) ?? 2000;
  return Array.from({ length: Math.ceil(count / every) }, (_, i) => i * every);
}

/**
 * A heat map as SVG, on white, with its axes: a rectangle for each run of equal colour in a row.
 * @param {string} title
 * @param {Cells} cells
 * @returns {string}
 */
export function svgOf(title, cells) {
  const { columns, rows, scale, range } = cells;
  const width = Math.max(2, Math.min(CELL, Math.round(900 / columns)));
  const height = Math.max(2, Math.min(CELL, Math.round(500 / rows)));
  const w = columns * width;
  const hgt = rows * height;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w + MARGIN.left + MARGIN.right}" height="${hgt + MARGIN.top + MARGIN.bottom}" font-family="Helvetica, Arial, sans-serif" font-size="11" fill="#333">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="${MARGIN.left}" y="18" font-size="13" font-weight="bold">${escaped(title)}</text>`,
    `<g transform="translate(${MARGIN.left} ${MARGIN.top})" shape-rendering="crispEdges">`,
  ];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns;) {
      const colour = colourOf(cells.value(column, row));
      let end = column + 1;
      while (end < columns && colourOf(cells.value(end, row)) === colour) {
        end++;
      }
      if (colour !== "") {
        parts.push(`<rect x="${column * width}" y="${row * height}" width="${(end - column) * width}" height="${height}" fill="${colour}"/>`);
      }
      column = end;
    }
  }
  parts.push(`<rect width="${w}" height="${hgt}" fill="none" stroke="#999"/></g>`);
  for (const tick of ticks(columns)) {
    parts.push(`<text x="${MARGIN.left + (tick + 0.5) * width}" y="${MARGIN.top + hgt + 15}" text-anchor="middle">${tick}</text>`);
  }
  for (const tick of ticks(rows)) {
    parts.push(`<text x="${MARGIN.left - 6}" y="${MARGIN.top + (tick + 0.5) * height + 4}" text-anchor="end">${cells.rowNumber?.(tick) ?? tick}</text>`);
  }
  parts.push("</svg>");
  return parts.join("\n");

  /** @param {number} value */
  function colourOf(value) {
    if (Number.isNaN(value)) {
      return "#e4e4e4";
    }
    const at = level(scale, value, range);
    return at === (scale === "unit" ? 0 : LEVELS) ? "" : hex(scale, at);
  }
}

/** @param {import("./colour.js").Scale} scale @param {number} at */
function hex(scale, at) {
  const colours = table(scale, false);
  return `#${[0, 1, 2].map(i => colours[4 * at + i].toString(16).padStart(2, "0")).join("")}`;
}

/**
 * Bars as SVG, on white, with their numbers along the axis.
 * @param {string} title
 * @param {import("./views/machine/bars.js").Bars} bars
 * @returns {string}
 */
export function svgOfBars(title, { values, low, high, number }) {
  const width = Math.max(3, Math.min(24, Math.round(700 / values.length)));
  const height = 120;
  const w = values.length * width;
  const y = (/** @type {number} */ value) => height * (1 - (Math.min(high, Math.max(low, value)) - low) / (high - low));
  const zero = y(Math.max(low, 0));
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w + MARGIN.left + MARGIN.right}" height="${height + MARGIN.top + MARGIN.bottom}" font-family="Helvetica, Arial, sans-serif" font-size="11" fill="#333">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="${MARGIN.left}" y="18" font-size="13" font-weight="bold">${escaped(title)}</text>`,
    `<g transform="translate(${MARGIN.left} ${MARGIN.top})">`,
    ...Array.from(values, (value, i) =>
      `<rect x="${i * width + 0.5}" y="${Math.min(y(value), zero)}" width="${width - 1}" height="${Math.abs(y(value) - zero)}" fill="${value < 0 ? "#b7631a" : "#1d4f8b"}"/>`),
    `<path d="M0 ${zero}H${w}" stroke="#999"/></g>`,
    ...[low, high].map(value => `<text x="${MARGIN.left - 6}" y="${MARGIN.top + y(value) + 4}" text-anchor="end">${value}</text>`),
    ...ticks(values.length).map(i => `<text x="${MARGIN.left + (i + 0.5) * width}" y="${MARGIN.top + height + 15}" text-anchor="middle">${number(i)}</text>`),
    "</svg>",
  ];
  return parts.join("\n");
}

/** What a mark of a drawing needs to look the same elsewhere. */
const LOOK = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity", "font-size", "font-weight", "text-anchor", "dominant-baseline"];

/**
 * What an element shows, as SVG in the present colours: its canvases as images, its drawings as they are.
 * @param {string} title
 * @param {HTMLElement} element
 * @returns {string}
 */
export function svgOfElement(title, element) {
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(document.documentElement);
  const top = 30;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(box.width)}" height="${Math.ceil(box.height) + top}" font-family="Helvetica, Arial, sans-serif" font-size="11">`,
    `<rect width="100%" height="100%" fill="${style.getPropertyValue("--panel")}"/>`,
    `<text x="12" y="19" font-size="13" font-weight="bold" fill="${style.getPropertyValue("--ink")}">${escaped(title)}</text>`,
  ];
  for (const part of element.querySelectorAll("canvas, svg")) {
    const at = part.getBoundingClientRect();
    const place = `x="${at.left - box.left}" y="${at.top - box.top + top}" width="${at.width}" height="${at.height}"`;
    if (part instanceof HTMLCanvasElement) {
      if (part.width > 0 && part.height > 0) {
        parts.push(`<image ${place} preserveAspectRatio="none" style="image-rendering:pixelated" href="${part.toDataURL()}"/>`);
      }
    } else {
      const copy = /** @type {SVGElement} */ (part.cloneNode(true));
      const copies = copy.querySelectorAll("*");
      part.querySelectorAll("*").forEach((original, i) => {
        const seen = getComputedStyle(original);
        copies[i].setAttribute("style", LOOK.map(name => `${name}:${seen.getPropertyValue(name)}`).join(";"));
      });
      parts.push(`<svg ${place} overflow="visible">${new XMLSerializer().serializeToString(copy).replace(/^<svg[^>]*>|<\/svg>$/g, "")}</svg>`);
    }
  }
  parts.push("</svg>");
  return parts.join("\n");
}

/**
 * @param {string} svg
 * @returns {Promise<Blob>}
 */
async function pngOf(svg) {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    image.src = address;
    await image.decode();
    const canvas = h("canvas", { width: image.naturalWidth * 2, height: image.naturalHeight * 2 });
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) => canvas.toBlob(blob => (blob ? done(blob) : fail(new Error("no picture"))), "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

/**
 * Hands a file to the user.
 * @param {string} name
 * @param {Blob} content
 */
export function save(name, content) {
  const address = URL.createObjectURL(content);
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A name for a file. @param {...string} parts */
export function fileName(...parts) {
  return parts.join("-").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

/**
 * Offers to save a heat map, on the menu of the secondary mouse button.
 * @param {import("./heatmap.js").Heatmap} map
 * @param {() => string} title
 */
export function offer(map, title) {
  offerPicture(map.canvas, title, () => (map.cells ? svgOf(title(), map.cells) : ""));
}

/**
 * Offers to save a picture, on the menu that the secondary mouse button opens on an element.
 * @param {HTMLElement} element
 * @param {() => string} title
 * @param {() => string} svg the picture, or nothing
 */
export function offerPicture(element, title, svg) {
  element.addEventListener("contextmenu", event => {
    const picture = svg();
    if (picture) {
      event.preventDefault();
      menu(event.clientX, event.clientY, [
        ["Save as SVG", () => save(`${fileName(title())}.svg`, new Blob([picture], { type: "image/svg+xml" }))],
        ["Save as PNG", async () => save(`${fileName(title())}.png`, await pngOf(picture))],
      ]);
    }
  });
}

/**
 * @param {number} x
 * @param {number} y
 * @param {[string, () => Promise<void> | void][]} choices
 */
export function menu(x, y, choices) {
  document.querySelector(".menu")?.remove();
  const list = h("div", { class: "menu card", role: "menu" }, ...choices.map(([text, action]) => h("button", {
    class: "quiet", role: "menuitem", onclick: () => { close(); action(); },
  }, text)));
  function close() {
    list.remove();
    removeEventListener("pointerdown", outside, true);
    removeEventListener("keydown", escape, true);
  }
  function outside(/** @type {Event} */ event) {
    if (!list.contains(/** @type {Node} */ (event.target))) {
      close();
    }
  }
  function escape(/** @type {KeyboardEvent} */ event) {
    if (event.key === "Escape") {
      close();
    }
  }
  document.body.append(list);
  list.style.left = `${Math.min(x, innerWidth - list.offsetWidth - 8)}px`;
  list.style.top = `${Math.min(y, innerHeight - list.offsetHeight - 8)}px`;
  list.querySelector("button")?.focus();
  addEventListener("pointerdown", outside, true);
  addEventListener("keydown", escape, true);
}

/** What a page needs that shows a trace without the studio. */
const MODULES = ["dom.js", "colour.js", "describe.js", "heatmap.js", "trace.js", "views/machine/rows.js", "signals.js", "views/machine/tracks.js", "views/machine/memory.js", "offline.js"];

/**
 * One HTML file that shows a trace: the modules of this page, its style, and the numbers, all inside.
 * @param {import("./trace.js").Trace} trace
 * @param {string} title
 * @returns {Promise<Blob>}
 */
export async function pageOf(trace, title) {
  const [style, ...sources] = await Promise.all(["style.css", ...MODULES].map(async name => (await fetch(`/${name}`)).text()));
  /** @type {Record<string, string>} */
  const imports = {};
  MODULES.forEach((name, i) => {
    const folder = name.split("/").slice(0, -1);
    const source = sources[i].replace(/from "(\.[^"]+)"/g, (_, path) => `from "studio/${resolve(folder, path)}"`);
    imports[`studio/${name}`] = `data:text/javascript;base64,${base64(new TextEncoder().encode(source))}`;
  });
  const bytes = new Uint8Array(trace.bytes);
  return new Blob([
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${escaped(title)}</title><style>${style.replaceAll("</", "<\\/")}</style>`,
    `<script type="importmap">${JSON.stringify({ imports })}</script></head><body><main id="view"></main>`,
    `<script id="trace" type="text/plain">${base64(bytes)}</script>`,
    `<script type="module">import { show } from "studio/offline.js"; show(${JSON.stringify(title).replaceAll("<", "\\u003c")});</script></body></html>\n`,
  ], { type: "text/html" });
}

/** @param {string[]} folder @param {string} path */
function resolve(folder, path) {
  const parts = [...folder];
  for (const part of path.split("/")) {
    if (part === "..") {
      parts.pop();
    } else if (part !== ".") {
      parts.push(part);
    }
  }
  return parts.join("/");
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }
  return btoa(text);
}
