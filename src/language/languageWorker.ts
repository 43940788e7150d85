// Entry of the language worker: takes requests of the language protocol from the thread that started it, and answers each.

import { readFileSync } from "node:fs";
import path from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import type { LanguageFromWorker, LanguageToWorker } from "../shared/languageProtocol.ts";
import { nearestLocale } from "../shared/words/message.ts";
import { LanguageServer } from "./languageServer.ts";
import type { LanguageFiles } from "./program/languageHost.ts";

const server = new LanguageServer(readLanguageFiles, nearestLocale(workerData?.locale));

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

/** Both stand beside the bundle. */
function readLanguageFiles(): LanguageFiles {
  return { typescriptLibs: readJson("typescriptLibs.json"), nnbookTypes: readJson("nnbookTypes.json") };
}

function readJson(name: string): Record<string, string> {
  return JSON.parse(readFileSync(path.join(__dirname, name), "utf8"));
}
