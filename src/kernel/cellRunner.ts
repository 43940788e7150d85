// Runs compiled cells in this realm: every top-level name of a cell is a property of the global object, shared by all cells.

import { Script } from "node:vm";
import type { CompiledCell } from "../shared/kernelProtocol.ts";
import type { StackFrames } from "./stackFrames.ts";

export interface CellRun {
  /** Counts up with every cell run of the session. */
  readonly execution: number;
  readonly cellId: string;
  readonly label: string;
  readonly compiled: CompiledCell;
}

/** Runs a cell; resolves to the value of its last expression. */
export async function runCell({ execution, cellId, label, compiled }: CellRun, frames: StackFrames): Promise<unknown> {
  const file = `nnbook-cell:${execution}`;
  frames.addScript(file, { label, cellId, code: compiled.code, map: compiled.map });
  for (const name of compiled.declarations) defineName(name);
  const value: unknown = new Script(compiled.code, { filename: file }).runInThisContext();
  return await value;
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
