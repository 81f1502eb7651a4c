/** Talking to the server. */
import { Trace } from "./trace.js";

const KEY = "ntm4j-token";

/** What the server says is wrong. */
export class Problem extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The token comes in the address that `ntm studio` prints; it is kept for this server and taken out of the address. */
export function takeToken() {
  const match = /(?:^#|&)token=([0-9a-f]+)/.exec(location.hash);
  if (match) {
    localStorage.setItem(KEY, match[1]);
    const rest = location.hash.replace(match[0], "").replace(/^&/, "#");
    history.replaceState(null, "", location.pathname + (rest.length > 1 ? rest : ""));
  }
  return localStorage.getItem(KEY);
}

/** @param {Response} response */
async function checked(response) {
  if (!response.ok) {
    let message = `${response.status} ${response.statusText}`;
    try {
      message = (await response.json()).error ?? message;
    } catch {
      // The status says it.
    }
    throw new Problem(response.status, message);
  }
  return response;
}

/**
 * @param {string} path
 * @returns {Promise<any>}
 */
export async function get(path) {
  return (await checked(await fetch(path))).json();
}

/**
 * @param {string} path
 * @param {BodyInit} body
 * @param {string} type
 * @param {AbortSignal} [signal]
 */
async function send(path, body, type, signal) {
  const headers = { "Content-Type": type, "X-Ntm4j-Token": localStorage.getItem(KEY) ?? "" };
  return checked(await fetch(path, { method: "POST", headers, body, signal }));
}

/**
 * @param {string} path
 * @param {object} body
 * @returns {Promise<any>}
 */
export async function post(path, body) {
  return (await send(path, JSON.stringify(body), "application/json")).json();
}

/**
 * @param {string} path
 * @param {Blob | ArrayBuffer} bytes
 * @returns {Promise<any>}
 */
export async function upload(path, bytes) {
  return (await send(path, bytes, "application/octet-stream")).json();
}

/**
 * @param {object} spec
 * @param {AbortSignal} [signal]
 * @returns {Promise<Trace>}
 */
export async function trace(spec, signal) {
  const response = await send("/api/trace", JSON.stringify(spec), "application/json", signal);
  return new Trace(await response.arrayBuffer());
}

/**
 * The objects of an answer that has one a line, as they come.
 * @param {string} path
 * @param {object} body
 * @param {AbortSignal} [signal]
 * @returns {AsyncGenerator<any>}
 */
export async function* lines(path, body, signal) {
  const response = await send(path, JSON.stringify(body), "application/json", signal);
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    rest += decoder.decode(value, { stream: !done });
    const all = rest.split("\n");
    rest = all.pop() ?? "";
    for (const line of all) {
      if (line) {
        yield JSON.parse(line);
      }
    }
    if (done) {
      return;
    }
  }
}

/**
 * Asks for the latest only: while one question is under way, of all that follow only the last is asked.
 * @template Q, A
 * @param {(question: Q) => Promise<A>} ask
 * @param {(answer: A, question: Q) => void} use
 * @param {(problem: Error) => void} fail
 * @returns {(question: Q) => void}
 */
export function latest(ask, use, fail) {
  let busy = false;
  /** @type {{question: Q} | null} */
  let next = null;
  async function run(/** @type {Q} */ question) {
    busy = true;
    try {
      const answer = await ask(question);
      use(answer, question);
    } catch (problem) {
      fail(/** @type {Error} */ (problem));
    }
    busy = false;
    if (next) {
      const { question: waiting } = next;
      next = null;
      run(waiting);
    }
  }
  return question => {
    if (busy) {
      next = { question };
    } else {
      run(question);
    }
  };
}
