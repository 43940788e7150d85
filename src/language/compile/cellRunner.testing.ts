// A kernel of a few lines, for tests of compiled cells: runs them in this realm and maps their stack frames back.

import vm from "node:vm";
import { TraceMap } from "@jridgewell/trace-mapping";
import { originalPosition } from "../program/sourcePositions.ts";
import { compileCell } from "./cellCompiler.ts";

interface Script {
  readonly cell: number;
  readonly map: TraceMap;
}

const scripts = new Map<string, Script>();
const ownNames = new Set<string>();
const { prepareStackTrace } = Error;

export function installCellRunner(): void {
  const kernel = { import: (specifier: string) => import(specifier), meta: {}, thrown: (value: unknown) => value };
  Object.defineProperty(globalThis, "$nn", { value: kernel, configurable: true });
  Error.prepareStackTrace = (error, sites) => {
    Object.defineProperty(error, "cellFrames", { value: sites.flatMap(cellFrame), configurable: true });
    return `${error}\n${sites.map((site) => `    at ${site}`).join("\n")}`;
  };
}

export function removeCellRunner(): void {
  Error.prepareStackTrace = prepareStackTrace;
  for (const name of [...ownNames, "$nn"]) Reflect.deleteProperty(globalThis, name);
}

/** Runs the cells in order and gives the last one's value. Thrown errors know their frames: "boom 1:5:9" (cell:line:column). */
export async function runCells(sources: readonly string[]): Promise<unknown> {
  let value: unknown;
  try {
    for (const [index, source] of sources.entries()) value = await runCell(index + 1, source);
  } catch (error) {
    if (error instanceof Error) void error.stack; // The frames are made when the stack is first read.
    throw error;
  }
  return value;
}

async function runCell(cell: number, source: string): Promise<unknown> {
  const result = compileCell({ cellId: `cell:${cell}`, label: `Cell ${cell}`, source });
  if (result.kind === "failed") throw new SyntaxError(result.errors.map((error) => error.message).join("\n"));
  const { code, map, declarations } = result.compiled;
  const filename = `cell-${scripts.size}.ts`;
  scripts.set(filename, { cell, map: new TraceMap(map) });
  for (const name of declarations) defineGlobal(name);
  return new vm.Script(code, {
    filename,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }).runInThisContext();
}

function defineGlobal(name: string): void {
  if (!Object.hasOwn(globalThis, name)) ownNames.add(name);
  const old = Object.getOwnPropertyDescriptor(globalThis, name);
  if (old?.writable === true) return;
  Object.defineProperty(globalThis, name, { value: undefined, writable: true, configurable: true, enumerable: true });
}

/** "function cell:line:column" of a frame in a cell; nothing for other frames. */
function cellFrame(site: NodeJS.CallSite): string[] {
  const script = scripts.get(site.getFileName() ?? "");
  if (script === undefined) return [];
  const place = originalPosition(script.map, { line: site.getLineNumber() ?? 1, column: site.getColumnNumber() ?? 1 });
  if (place === null) return []; // The call that starts the cell.
  const name = site.getFunctionName();
  return [`${name === null ? "" : `${name} `}${script.cell}:${place.line}:${place.column}`];
}
