/** Talking to the server. */
import { dragging } from "./state.js";
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
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function get(path, signal) {
  return (await checked(await fetch(path, { headers: pass(), signal }))).json();
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
 * Asks for the latest only: while one question is under way, of all that follow only the last is asked. An answer is used if no other
 * question has come since, or if both are of the same drag, so that the picture follows the hand; any other is too late, and dropped.
 * @template Q, A
 * @param {(question: Q, signal: AbortSignal) => Promise<A>} ask
 * @param {(answer: A, question: Q) => void} use
 * @param {(problem: unknown) => void} fail
 * @param {(drag: number) => void} [begun] a question is asked
 * @returns {{(question: Q): void, cancel: () => void}}
 */
export function latest(ask, use, fail, begun) {
  /** @type {{question: Q, drag: number, control: AbortController} | null} */
  let under = null;
  /** @type {{question: Q, drag: number} | null} */
  let next = null;
  async function run(/** @type {Q} */ question, /** @type {number} */ drag) {
    const mine = { question, drag, control: new AbortController() };
    under = mine;
    begun?.(drag);
    const late = () => under !== mine || (next !== null && (drag === 0 || next.drag !== drag));
    try {
      const answer = await ask(question, mine.control.signal);
      if (!late()) {
        use(answer, question);
      }
    } catch (problem) {
      // What is wrong with a question that another follows is of no interest.
      if (under === mine && next === null) {
        fail(problem);
      }
    }
    if (under === mine) {
      under = null;
      const waiting = next;
      next = null;
      if (waiting) {
        run(waiting.question, waiting.drag);
      }
    }
  }
  const put = (/** @type {Q} */ question) => {
    const drag = dragging();
    if (under && drag !== 0 && drag === under.drag) {
      next = { question, drag };
    } else {
      under?.control.abort();
      next = null;
      run(question, drag);
    }
  };
  return Object.assign(put, {
    cancel() {
      under?.control.abort();
      under = null;
      next = null;
    },
  });
}
