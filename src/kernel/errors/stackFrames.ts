// Stack traces in the user's terms: frames in cells and in the user's files, mapped to the TypeScript they wrote. Our own frames are left out.

import { types } from "node:util";
import { LEAST_UPPER_BOUND, originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { CellPlace } from "../../shared/layerReport.ts";
import { importerName } from "../imports/packageImports.ts";

type CallSite = NodeJS.CallSite;

/** A script that the kernel evaluated: a cell or a local module. */
export interface SourceScript {
  /** How its frames are called: "Cell 2", "layers.ts". */
  readonly label: string;
  /** `null` for a module. */
  readonly cellId: string | null;
  /** What V8 runs. */
  readonly code: string;
  /** Source map, version 3, from `code` to what the user wrote. */
  readonly map: string;
}

/** A frame in a cell, in a local module or in a package. */
export interface UserFrame {
  readonly text: string;
  readonly place: CellPlace | null;
  /** The script it stands in, where the kernel evaluated that. */
  readonly file?: string;
  /** The function it stands in: "Loader.next"; `null` for the cell itself, and for a function without a name. */
  readonly name?: string | null;
  /** Where it stands in what V8 runs, where the kernel evaluated that; lines and columns count from 1. */
  readonly ran?: { readonly code: string; readonly line: number; readonly column: number };
}

/** The built-in, kept from before any cell could declare its own. */
const OwnError = Error;

/** The user's packages may call the engine through many of our frames: the default of 10 would cut theirs off. */
const stackDepth = 60;

export class StackFrames {
  readonly #scripts = new Map<string, { readonly script: SourceScript; readonly trace: TraceMap }>();
  readonly #frames = new WeakMap<object, readonly UserFrame[]>();
  readonly #ownFile: string;
  /** Of the newest thrown value that is neither an error nor an object, which could not be told from its like. */
  #thrown: { readonly value: unknown; readonly frames: readonly UserFrame[] } | null = null;

  /** `ownFile` is the bundle that holds the kernel and the engine: its frames are nobody's business. */
  constructor({ ownFile }: { readonly ownFile: string }) {
    this.#ownFile = ownFile;
  }

  /** From here on every error's `stack` speaks of cells. */
  install(): void {
    OwnError.stackTraceLimit = stackDepth;
    OwnError.prepareStackTrace = (error, sites) => this.#format(error, sites);
  }

  /** Gives back what a cell throws, and keeps where: a value that is no error does not know. Bound as `$nn.thrown`. */
  thrown<Value>(value: Value): Value {
    if (types.isNativeError(value)) return value;
    const frames = captureSites(this.thrown, stackDepth).flatMap((site) => this.#userFrame(site) ?? []);
    if (typeof value === "object" && value !== null) {
      // Caught and thrown on, it keeps its first place.
      if (!this.#frames.has(value)) this.#frames.set(value, frames);
    } else this.#thrown = { value, frames };
    return value;
  }

  /** Where a value that is no error was thrown; none where no cell did. */
  framesOfThrown(value: unknown): readonly UserFrame[] {
    if (typeof value === "object" && value !== null) return this.#frames.get(value) ?? [];
    return this.#thrown !== null && Object.is(this.#thrown.value, value) ? this.#thrown.frames : [];
  }

  /** A thrown value was told: its like, thrown by nobody or elsewhere, is not it. */
  forgetThrown(): void {
    this.#thrown = null;
  }

  addScript(file: string, script: SourceScript): void {
    this.#scripts.set(file, { script, trace: new TraceMap(script.map) });
  }

  hasScript(file: string): boolean {
    return this.#scripts.has(file);
  }

  /**
   * The script of the cell that set off what ended in an error, as far as its frames tell; `null` when none stands in a cell.
   * A function may have been called by a cell that ran after the one that made it: the newest that names it is meant.
   */
  originOf(error: unknown): string | null {
    const frames = types.isNativeError(error) ? this.framesOf(error) : this.framesOfThrown(error);
    const outermost = frames.findLast(({ place }) => place !== null);
    const file = outermost?.file ?? null;
    const name = outermost?.name?.split(".").at(-1);
    if (file === null || name === undefined) return file;
    const later = [...this.#scripts].slice([...this.#scripts.keys()].indexOf(file));
    const words = (code: string) => code.split(/[^\p{L}\p{N}_$]+/u);
    const caller = later.findLast(([, { script }]) => script.cellId !== null && words(script.code).includes(name));
    return caller?.[0] ?? file;
  }

  /** The user's frames of an error, innermost first; none when it was made elsewhere. */
  framesOf(error: Error): readonly UserFrame[] {
    // Reading `stack` is what makes V8 format it, and so fills the table.
    const stack = withOwnError(
      (found, sites) => this.#format(found, sites),
      stackDepth,
      () => stackOf(error),
    );
    return this.#frames.get(error) ?? this.#framesInText(stack);
  }

  /** An error that came from another thread has nothing but a text: its frames in files, as they stand there. */
  #framesInText(stack: string): readonly UserFrame[] {
    return stack.split("\n").flatMap((line) => {
      const text = line.trim();
      const file = /^at .*?\(?((?:file:\/\/)?[^\s()]+):\d+:\d+\)?$/.exec(text)?.[1];
      return this.#isUsers(file) && /[\\/]/.test(file) ? [{ text, place: null }] : [];
    });
  }

  /** Where the call now running stands in a cell; `null` when it stands in a file, or nowhere. */
  callPlace(): CellPlace | null {
    for (const site of captureSites(this.callPlace, stackDepth)) {
      const file = site.getFileName();
      if (!this.#isUsers(file)) continue;
      return this.#userFrame(site)?.place ?? null;
    }
    return null;
  }

  #format(error: Error, sites: readonly CallSite[]): string {
    const frames = sites.flatMap((site) => this.#userFrame(site) ?? []);
    this.#frames.set(error, frames);
    return [headOf(error), ...frames.map((frame) => `    ${frame.text}`)].join("\n");
  }

  #isUsers(file: string | null | undefined): file is string {
    if (file === null || file === undefined || file === this.#ownFile) return false;
    return !file.startsWith("node:") && !file.endsWith(importerName);
  }

  #userFrame(site: CallSite): UserFrame | null {
    const file = site.getFileName();
    if (!this.#isUsers(file)) return null;
    const known = this.#scripts.get(file);
    const line = site.getLineNumber();
    const column = site.getColumnNumber();
    if (known === undefined || line === null || column === null) {
      // A package's frame. Frames without a file stand in code made by `eval`: they help nobody.
      if (!file.includes("/") && !file.includes("\\")) return null;
      const named = functionName(site) === null ? frameName(site, `${file}:${line}:${column}`) : site.toString();
      return { text: `at ${named}`, place: null };
    }
    // A cell's last expression became `return (…)`, where V8 places some of its errors: what follows is meant.
    const isReturn = known.script.code.split("\n")[line - 1]?.startsWith("return (", column - 1) === true;
    const original = originalPositionFor(known.trace, {
      line,
      column: column - 1,
      ...(isReturn ? { bias: LEAST_UPPER_BOUND } : {}),
    });
    // What the compiler added has no original: the async function around the cell.
    if (original.line === null) return null;
    const { label, cellId } = known.script;
    const at = { line: original.line, column: original.column + 1 };
    return {
      text: `at ${frameName(site, `${label}:${at.line}:${at.column}`)}`,
      place: cellId === null ? null : { cellId, ...at },
      ...{ file, name: functionName(site), ran: { code: known.script.code, line, column } },
    };
  }
}

/** The call sites below `above`, innermost first. */
// biome-ignore lint/complexity/noBannedTypes: captureStackTrace takes any function.
export function captureSites(above: Function, limit: number): readonly CallSite[] {
  const holder: { stack?: unknown } = {};
  return withOwnError(
    (_error, sites) => sites,
    limit,
    () => {
      OwnError.captureStackTrace(holder, above);
      return Array.isArray(holder.stack) ? (holder.stack as readonly CallSite[]) : [];
    },
  );
}

/**
 * Runs `action` with our stack formatting in force. Node asks the *global* `Error` how to format a stack,
 * so a cell's own class of that name (or its own `prepareStackTrace`) has to step aside for the moment.
 */
function withOwnError<Result>(
  prepare: (error: Error, sites: CallSite[]) => unknown,
  limit: number,
  action: () => Result,
): Result {
  const scope: { Error: unknown } = globalThis;
  const { Error: globalError } = scope;
  const { stackTraceLimit } = OwnError;
  const { prepareStackTrace } = OwnError;
  try {
    scope.Error = OwnError;
    OwnError.stackTraceLimit = limit;
    OwnError.prepareStackTrace = prepare;
    return action();
  } finally {
    scope.Error = globalError;
    OwnError.stackTraceLimit = stackTraceLimit;
    if (prepareStackTrace) OwnError.prepareStackTrace = prepareStackTrace;
  }
}

function frameName(site: CallSite, place: string): string {
  const name = functionName(site);
  const asyncWord = isAsync(site) ? "async " : "";
  if (name === null) return asyncWord + place;
  return `${asyncWord}${site.isConstructor() ? "new " : ""}${name} (${place})`;
}

/** Names that V8 makes up ("<anonymous>", "<static_initializer>") stand in nobody's code: the place alone says more. */
function functionName(site: CallSite): string | null {
  const name = site.getFunctionName();
  return name === "" || name?.includes("<") ? null : name;
}

/** Empty for a class of the user's whose `stack` throws or is no text. */
function stackOf(error: Error): string {
  try {
    return String(error.stack ?? "");
  } catch {
    return "";
  }
}

/** V8 gives it, @types/node does not know it. */
function isAsync(site: CallSite): boolean {
  const asked = (site as { isAsync?: unknown }).isAsync;
  return typeof asked === "function" && asked.call(site) === true;
}

/** "TypeError: …". The error's own `name` and `message` may throw when read. */
function headOf(error: Error): string {
  try {
    return OwnError.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}
