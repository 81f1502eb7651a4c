/** Files that are dropped on the page: a machine, or the folder of a run. */
import { upload } from "./api.js";

const OF_A_RUN = /^(config\.yaml|metrics\.jsonl|checkpoints\/(best|last)\.safetensors|film\/[0-9]+\.safetensors)$/;

/**
 * @param {import("./main.js").App} app
 */
export function listen(app) {
  let depth = 0;
  const over = (/** @type {boolean} */ on) => document.body.classList.toggle("dropping", on);
  addEventListener("dragenter", event => {
    if (event.dataTransfer?.types.includes("Files")) {
      depth++;
      over(true);
    }
  });
  addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    over(depth > 0);
  });
  addEventListener("dragover", event => event.preventDefault());
  addEventListener("drop", async event => {
    event.preventDefault();
    depth = 0;
    over(false);
    const items = [...(event.dataTransfer?.items ?? [])];
    const entries = items.map(item => item.webkitGetAsEntry()).filter(entry => entry !== null);
    const files = [...(event.dataTransfer?.files ?? [])];
    try {
      const id = entries.length > 0 ? await takeEntry(app, entries[0]) : await takeFile(app, files[0]);
      await app.reload();
      app.state.set({ view: "machine", model: id, at: null, rows: null, paint: null, do: null, step: null, head: null, task: null });
      app.say(`${id} is open`);
    } catch (problem) {
      app.fail(problem);
    }
  });
}

/** @param {string} name */
function plain(name) {
  return name.replace(/[^A-Za-z0-9._+=,-]+/g, "-").replace(/^\.+/, "").slice(0, 80);
}

/** @param {import("./main.js").App} app @param {File | undefined} file @returns {Promise<string>} */
async function takeFile(app, file) {
  if (!file?.name.endsWith(".safetensors")) {
    throw new Error("drop: expected a .safetensors file or the folder of a run");
  }
  app.say(`Reading ${file.name}…`);
  return (await upload(`/api/drop?name=${encodeURIComponent(plain(file.name))}`, file)).id;
}

/** @param {import("./main.js").App} app @param {FileSystemEntry} entry @returns {Promise<string>} */
async function takeEntry(app, entry) {
  if (entry.isFile) {
    return takeFile(app, await fileOf(/** @type {FileSystemFileEntry} */ (entry)));
  }
  let id = "";
  for await (const { path, file } of filesIn(/** @type {FileSystemDirectoryEntry} */ (entry), "", 2)) {
    if (OF_A_RUN.test(path)) {
      app.say(`Reading ${entry.name}/${path}…`);
      id = (await upload(`/api/drop?name=${encodeURIComponent(`${plain(entry.name)}/${path}`)}`, await fileOf(file))).id;
    }
  }
  if (!id) {
    throw new Error(`drop: expected a run with checkpoints/best.safetensors in ${entry.name}, found none`);
  }
  return id;
}

/** @param {FileSystemFileEntry} entry @returns {Promise<File>} */
function fileOf(entry) {
  return new Promise((done, fail) => entry.file(done, fail));
}

/**
 * @param {FileSystemDirectoryEntry} folder
 * @param {string} prefix
 * @param {number} depth
 * @returns {AsyncGenerator<{path: string, file: FileSystemFileEntry}>}
 */
async function* filesIn(folder, prefix, depth) {
  const reader = folder.createReader();
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const entries = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (entries.length === 0) {
      return;
    }
    for (const entry of entries) {
      const path = prefix + entry.name;
      if (entry.isFile) {
        yield { path, file: /** @type {FileSystemFileEntry} */ (entry) };
      } else if (depth > 0) {
        yield* filesIn(/** @type {FileSystemDirectoryEntry} */ (entry), `${path}/`, depth - 1);
      }
    }
  }
}
