/** The question that the machine view puts to the server, read from the state and written to it. */

/** @typedef {{kind: string, [name: string]: any}} Intervention */

/**
 * @param {import("../../state.js").State} state
 * @returns {Record<string, number>}
 */
export function size(state) {
  /** @type {Record<string, number>} */
  const at = {};
  for (const part of state.get("at").split(",")) {
    const [name, value] = part.split("=");
    if (name && value !== undefined && Number.isFinite(Number(value))) {
      at[name] = Number(value);
    }
  }
  return at;
}

/** @param {Record<string, number>} at */
export function sizeText(at) {
  return Object.entries(at).map(([name, value]) => `${name}=${value}`).join(",");
}

/**
 * @param {import("../../state.js").State} state
 * @returns {[number, number, number][]}
 */
export function painted(state) {
  return state.get("paint").split(",").filter(part => part).map(part => {
    const [step, channel, ...value] = part.split(".");
    return /** @type {[number, number, number]} */ ([Number(step), Number(channel), Number(value.join("."))]);
  }).filter(cell => cell.every(Number.isFinite));
}

/** @param {[number, number, number][]} cells */
export function paintText(cells) {
  return cells.map(cell => cell.join(".")).join(",");
}

/**
 * @param {import("../../state.js").State} state
 * @returns {Intervention[]}
 */
export function interventions(state) {
  try {
    const list = JSON.parse(state.get("do", "[]"));
    return Array.isArray(list) ? list.filter(item => item && typeof item === "object") : [];
  } catch {
    return [];
  }
}

/** @param {Intervention[]} list */
export function interventionsText(list) {
  return list.length === 0 ? "" : JSON.stringify(list);
}

/**
 * @param {import("../../state.js").State} state
 * @param {string} model
 * @param {boolean} disturbed whether interventions are part of it
 */
export function question(state, model, disturbed) {
  const rows = state.get("rows");
  return {
    model,
    rows: rows ? Number(rows) : undefined,
    sequence: {
      task: state.get("task") || undefined,
      at: size(state),
      seed: state.number("seed", 1),
      index: state.number("index", 0),
      paint: painted(state),
    },
    interventions: disturbed ? interventions(state) : [],
  };
}

/**
 * An intervention in words; steps and rows are counted as in the pictures.
 * @param {Intervention} it
 */
export function words(it) {
  switch (it.kind) {
    case "parameter":
      return `step ${it.step}: ${it.head}, ${it.name} ${short(it.values)}`;
    case "cell":
      return `step ${it.step}: row ${it.row}, column ${it.column} set to ${round(it.value)}`;
    case "erase-row":
      return `step ${it.step}: row ${it.row} erased`;
    case "swap-rows":
      return `step ${it.step}: rows ${it.row} and ${it.other} swapped`;
    case "freeze":
      return `steps ${it.from} to ${it.to}: ${it.head} frozen`;
    case "noise":
      return `step ${it.step}: noise of ±${round(it.amount)}`;
    default:
      return it.kind;
  }
}

/** @param {number} x */
function round(x) {
  return String(Math.round(x * 100) / 100);
}

/** @param {number[]} values */
function short(values) {
  const shown = values.slice(0, 3).map(round).join(", ");
  return values.length > 3 ? `${shown}, …` : shown;
}

/**
 * The list with one more; one that sets the same thing is replaced.
 * @param {Intervention[]} list
 * @param {Intervention} added
 */
export function withIntervention(list, added) {
  const same = (/** @type {Intervention} */ other) => {
    switch (added.kind) {
      case "parameter":
        return other.kind === added.kind && other.step === added.step && other.head === added.head && other.name === added.name;
      case "cell":
        return other.kind === added.kind && other.step === added.step && other.row === added.row && other.column === added.column;
      case "noise":
        return other.kind === added.kind && other.step === added.step;
      default:
        return JSON.stringify(other) === JSON.stringify(added);
    }
  };
  return [...list.filter(other => !same(other)), added];
}
