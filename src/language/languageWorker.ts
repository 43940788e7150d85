// Entry of the language worker: takes requests of the language protocol from the thread that started it, and answers each.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import ts from "typescript";
import type { LanguageFromWorker, LanguageToWorker } from "../shared/languageProtocol.ts";
import type { ModelRules } from "../shared/modelRules.ts";
import { nearestLocale } from "../shared/words/message.ts";
import { LanguageServer } from "./languageServer.ts";
import type { LanguageFiles } from "./program/languageHost.ts";
import { type Question, RequestQueue } from "./requestQueue.ts";

const port = parentPort;
const queue = new RequestQueue();
let current: Question | null = null;
const server = new LanguageServer({
  readFiles: readLanguageFiles,
  readRules: readModelRules,
  locale: nearestLocale(workerData?.locale),
  isInterrupted: () => {
    takeMessages();
    return current !== null && queue.interrupts(current);
  },
});

port?.on("message", (message: LanguageToWorker) => {
  queue.add(message);
  for (takeMessages(); ; takeMessages()) {
    current = queue.take();
    if (current === null) return;
    const answer = answerQuestion(current);
    if (answer === null) queue.putBack(current);
    else port.postMessage(answer);
  }
});

/** What came while the worker was busy: it may come first, or take a question back. */
function takeMessages(): void {
  if (port === null) return;
  for (let more = receiveMessageOnPort(port); more; more = receiveMessageOnPort(port)) queue.add(more.message);
}

/** A request that goes wrong is answered with why; the next one is not affected. `null`: it was interrupted. */
function answerQuestion({ id, request }: Question): LanguageFromWorker | null {
  try {
    return { id, answer: server.answer(request) };
  } catch (error) {
    if (error instanceof ts.OperationCanceledException) return null;
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
