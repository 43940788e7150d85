// Entry of the language worker: takes requests of the language protocol from the thread that started it, and answers each.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import type { LanguageFromWorker, LanguageToWorker } from "../shared/languageProtocol.ts";
import type { ModelRules } from "../shared/modelRules.ts";
import { nearestLocale } from "../shared/words/message.ts";
import { LanguageServer } from "./languageServer.ts";
import type { LanguageFiles } from "./program/languageHost.ts";

const server = new LanguageServer({
  readFiles: readLanguageFiles,
  readRules: readModelRules,
  locale: nearestLocale(workerData?.locale),
});

parentPort?.on("message", (message: LanguageToWorker) => parentPort?.postMessage(answerMessage(message)));

/** A request that goes wrong is answered with why; the next one is not affected. */
function answerMessage({ id, request }: LanguageToWorker): LanguageFromWorker {
  try {
    return { id, answer: server.answer(request) };
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { id, failure: `The language service could not answer "${request.kind}": ${reason}` };
  }
}

/** They stand beside the bundle. */
function readLanguageFiles(): LanguageFiles {
  return { typescriptLibs: readJson("typescriptLibs.json"), nnbookTypes: readJson("nnbookTypes.json") };
}

function readModelRules(): ModelRules {
  return createRequire(path.join(__dirname, "languageWorker.cjs"))("./modelRules.cjs").modelRules;
}

function readJson(name: string): Record<string, string> {
  return JSON.parse(readFileSync(path.join(__dirname, name), "utf8"));
}
