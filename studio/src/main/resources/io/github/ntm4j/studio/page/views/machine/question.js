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
 * @param {import("../../trace.js").Trace | null} trace of the machine it is done to, if there is one
 */
export function words(it, trace) {
  const where = it.store ? `${it.store}, ` : "";
  switch (it.kind) {
    case "set":
    case "parameter":
      return `step ${it.step}: ${signalOf(it).replace("/", ", ")} ${short(it.values)}`;
    case "cell":
      return `step ${it.step}: ${where}row ${it.row}, column ${it.column} set to ${round(it.value)}`;
    case "erase-row":
      return `step ${it.step}: ${where}row ${it.row} erased`;
    case "swap-rows":
      return `step ${it.step}: ${where}rows ${it.row} and ${it.other} swapped`;
    case "hold":
    case "freeze": {
      // A head whose weighting is held does not move.
      const head = it.head ?? trace?.heads.find(signal => signal.at === it.signal)?.group;
      return `steps ${it.from} to ${it.to}: ${head ? `${head} frozen` : `${signalOf(it).replace("/", ", ")} held`}`;
    }
    case "noise":
      return `step ${it.step}: ${where}noise of ±${round(it.amount)}`;
    default:
      return it.kind;
  }
}

/** The signal that is set or held; older addresses have its head and its name. @param {Intervention} it @returns {string} */
function signalOf(it) {
  return String(it.signal ?? `${it.head}/${it.name}`);
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
      case "set":
        return (other.kind === "set" || other.kind === "parameter") && other.step === added.step && signalOf(other) === added.signal;
      case "cell":
        return other.kind === added.kind && other.step === added.step && other.store === added.store && other.row === added.row && other.column === added.column;
      case "noise":
        return other.kind === added.kind && other.step === added.step && other.store === added.store;
      default:
        return JSON.stringify(other) === JSON.stringify(added);
    }
  };
  return [...list.filter(other => !same(other)), added];
}
