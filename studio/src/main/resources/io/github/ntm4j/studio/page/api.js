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

/**
 * The address that `ntm studio` prints, or that its file leads to, has a code that lets one browser in once. It is taken out of the address
 * and exchanged for the token, which is kept for this server. A link that is opened again changes nothing for a browser that is in.
 */
export async function enter() {
  const match = /(?:^#|&)code=([^&]*)/.exec(location.hash);
  if (match) {
    const rest = location.hash.replace(match[0], "").replace(/^&/, "#");
    history.replaceState(null, "", location.pathname + (rest.length > 1 ? rest : ""));
    const response = await fetch("/api/session", {
      method: "POST",
      headers: { "Content-Type": "application/json", ...pass() },
      body: JSON.stringify({ code: match[1] }),
    });
    if (response.ok) {
      localStorage.setItem(KEY, (await response.json()).token);
    }
  }
}

/** @returns {Record<string, string>} */
function pass() {
  const token = localStorage.getItem(KEY);
  return token ? { "X-Ntm4j-Token": token } : {};
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
  return (await checked(await fetch(path, { headers: pass() }))).json();
}

/**
 * @param {string} path
 * @param {BodyInit} body
 * @param {string} type
 * @param {AbortSignal} [signal]
 */
async function send(path, body, type, signal) {
  const headers = { "Content-Type": type, ...pass() };
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
 * The events of the server, as an EventSource has them; that one cannot send the token. Asks again when the stream breaks off, but not when
 * it is refused.
 */
export class Events extends EventTarget {
  /** @param {string} path */
  constructor(path) {
    super();
    /** Whether it has been given up. */
    this.closed = false;
    this.stop = new AbortController();
    this.follow(path);
  }

  /** @param {string} path */
  async follow(path) {
    while (!this.closed) {
      try {
        const response = await checked(await fetch(path, { headers: pass(), signal: this.stop.signal }));
        this.dispatchEvent(new Event("open"));
        await this.read(/** @type {ReadableStream<Uint8Array>} */ (response.body).getReader());
      } catch (problem) {
        this.closed ||= problem instanceof Problem;
      }
      if (!this.stop.signal.aborted) {
        this.dispatchEvent(new Event("error"));
      }
      await new Promise(resolve => setTimeout(resolve, 2000));
    }
  }

  /** @param {ReadableStreamDefaultReader<Uint8Array>} reader */
  async read(reader) {
    const decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      const all = (rest + decoder.decode(value, { stream: true })).split("\n\n");
      rest = all.pop() ?? "";
      for (const event of all) {
        const match = /^event: (.*)\ndata: (.*)$/.exec(event);
        if (match) {
          this.dispatchEvent(new MessageEvent(match[1], { data: match[2] }));
        }
      }
    }
  }

  close() {
    this.closed = true;
    this.stop.abort();
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
