// Runs compiled cells in this realm: every top-level name of a cell is a property of the global object, shared by all cells.

import { Script } from "node:vm";
import type { CellRun } from "../shared/kernelProtocol.ts";
import { debugComments } from "./debugging/debuggedSource.ts";
import type { StackFrames } from "./errors/stackFrames.ts";
import { runUncaught } from "./errors/uncaughtErrors.ts";

const scriptPrefix = "nnbook-cell:";

/** Other than the name for the debugger, this one never repeats: frames of an earlier run keep their own places. */
function scriptOf(execution: number): string {
  return scriptPrefix + execution;
}

/** The cell run that a script is the code of. */
export function executionOf(script: string): number {
  return Number(script.slice(scriptPrefix.length));
}

/** Runs a cell; resolves to the value of its last expression. `isDebugged`: a debugger is there. */
export async function runCell(run: CellRun, frames: StackFrames, isDebugged: boolean): Promise<unknown> {
  const { execution, cellId, label, source, compiled, debugFile } = run;
  const file = scriptOf(execution);
  frames.addScript(file, { label, cellId, code: compiled.code, map: compiled.map });
  for (const name of compiled.declarations) defineName(name);
  const comments = debugFile === null ? "" : debugComments({ file: debugFile, text: source, map: compiled.map });
  const script = new Script(compiled.code + comments, { filename: file });
  // Compiled cells are calls of async functions.
  const start = () => script.runInThisContext() as Promise<unknown>;
  return await (isDebugged ? runUncaught(start) : start());
}

/**
 * The cell's code is strict: it may assign to names that exist, and a misspelt one is an error. So what it declares is
 * made first. Built-ins that are accessors (`performance`, `navigator`) become plain values, which any cell may replace.
 */
function defineName(name: string): void {
  const existing = Object.getOwnPropertyDescriptor(globalThis, name);
  if (existing !== undefined && "value" in existing && existing.writable === true) return;
  Object.defineProperty(globalThis, name, { value: undefined, writable: true, configurable: true, enumerable: true });
}
