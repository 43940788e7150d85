// What the language worker cannot do is told to who asked and to who keeps the log; a worker that died is replaced by the next question.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LanguageClient } from "./languageClient.ts";

let distFolder = "";
beforeAll(() => {
  distFolder = mkdtempSync(path.join(os.tmpdir(), "nnbook-language-"));
  // It answers with the name that is asked for, fails on "bad", dies of "worse", and tells of what is taken back when it is asked "taken".
  const worker = `const { parentPort } = require("node:worker_threads");
const taken = [];
parentPort.on("message", ({ id, request, cancelled }) => {
  if (cancelled !== undefined) return taken.push(cancelled);
  const { name } = request;
  if (name === "silent") return;
  if (name === "taken") return parentPort.postMessage({ id, answer: taken });
  if (name === "worse") throw new Error("worn out");
  parentPort.postMessage(name === "bad" ? { id, failure: "no idea" } : { id, answer: name });
});`;
  writeFileSync(path.join(distFolder, "languageWorker.cjs"), worker);
});
afterAll(() => rmSync(distFolder, { recursive: true, force: true }));

test("failures and restarts are told with their reason", async () => {
  const told: string[] = [];
  const client = new LanguageClient({
    distFolder,
    onFailure: (reason) => told.push(`failure: ${reason}`),
    onRestart: (reason) => told.push(`restart: ${reason.message}`),
  });
  const ask = (name: string) => client.request({ kind: "findDeclaration", source: "", name });
  expect(await ask("good")).toBe("good");
  await expect(ask("bad")).rejects.toThrow("no idea");
  await expect(ask("worse")).rejects.toThrow("worn out");
  expect(told).toEqual(["failure: no idea", "restart: The language worker ended: worn out."]);
  expect(await ask("again")).toBe("again");
  client.dispose();
  await expect(ask("late")).rejects.toThrow("closed");
  expect(told).toHaveLength(2);
});

test("who loses interest has his answer at once, and the worker is told", async () => {
  const client = new LanguageClient({ distFolder });
  const listeners = new Set<() => void>();
  const interest = {
    isCancellationRequested: false,
    onCancellationRequested: (listener: () => void) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
  const ask = (name: string) => client.requestWhile(interest, { kind: "findDeclaration", source: "", name });
  expect(await ask("good")).toBe("good");
  expect(listeners.size).toBe(0);
  const unanswered = ask("silent");
  for (const lose of listeners) lose();
  expect(await unanswered).toBeNull();
  expect(await ask("taken")).toEqual([2]);
  interest.isCancellationRequested = true;
  expect(await ask("good")).toBeNull();
  client.dispose();
});
