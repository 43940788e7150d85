// The bundled worker, as the editor and the command line start it.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collectTypescriptLibs } from "../../scripts/languageFiles.mts";
import type { LanguageFromWorker, LanguageRequest } from "../shared/languageProtocol.ts";
import { smallNnbookTypes } from "./notebooks.testing.ts";

let folder: string;
let worker: Worker;
let requestCount = 0;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "nnbook-language-worker-"));
  const outfile = path.join(folder, "languageWorker.cjs");
  await build({
    entryPoints: [path.join(import.meta.dirname, "languageWorker.ts")],
    bundle: true,
    minify: true,
    platform: "node",
    format: "cjs",
    outfile,
  });
  worker = new Worker(outfile);
});
afterAll(async () => {
  await worker.terminate();
  rmSync(folder, { recursive: true });
});

function ask(request: LanguageRequest): Promise<LanguageFromWorker> {
  const id = ++requestCount;
  return new Promise((resolve) => {
    const listen = (message: LanguageFromWorker) => {
      if (message.id !== id) return;
      worker.off("message", listen);
      resolve(message);
    };
    worker.on("message", listen);
    worker.postMessage({ id, request });
  });
}

const notebook = {
  notebookId: "n",
  folder: null,
  version: 1,
  cells: [
    { id: "a", text: 'import { layers } from "nnbook";' },
    { id: "b", text: "layers." },
  ],
};
const complete = { kind: "complete", notebookId: "n", cellId: "b", offset: 7, trigger: null } as const;

test("compiles without the type files, says what a request failed of, and goes on", async () => {
  const compiled = await ask({ kind: "compileCell", cellId: "a", label: "Cell 1", source: "const a: number = 1" });
  expect(compiled).toMatchObject({ answer: { kind: "compiled", compiled: { declarations: ["a"] } } });

  await ask({ kind: "updateNotebook", notebook });
  const failed = await ask(complete);
  expect(failed).toMatchObject({
    failure: expect.stringMatching(/could not answer "complete": .*typescriptLibs\.json/),
  });

  writeFileSync(path.join(folder, "typescriptLibs.json"), JSON.stringify(collectTypescriptLibs()));
  writeFileSync(path.join(folder, "nnbookTypes.json"), JSON.stringify(smallNnbookTypes));
  const completed = await ask(complete);
  expect(completed).toMatchObject({
    answer: { entries: expect.arrayContaining([expect.objectContaining({ name: "dense" })]) },
  });
});
