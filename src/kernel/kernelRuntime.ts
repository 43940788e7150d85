// What the kernel knows while it runs: the cell under way, the notebook's folder, its modules. Answers the supervisor's messages.

import { isBuiltin } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { UnknownNameError } from "../engine/index.ts";
import { settleAfterInterruption } from "../engine/interruption.ts";
import type { CellOutcome, ModulesAnswer, TraceDetail, VectorReport } from "../shared/kernelProtocol.ts";
import type { CellError, Output } from "../shared/outputs.ts";
import { type CellWord, cellWord } from "../shared/words/cellWords.ts";
import type { Locale } from "../shared/words/message.ts";
import { executionOf, runCell } from "./cellRunner.ts";
import type { CellStreams } from "./console.ts";
import { describeError, importPlace, isStop } from "./errors/cellErrors.ts";
import type { StackFrames } from "./errors/stackFrames.ts";
import { LocalModules } from "./imports/localModules.ts";
import { importPackage } from "./imports/packageImports.ts";
import type { KernelControls } from "./inputs/controls.ts";
import type { LiveRaces } from "./live/liveRaces.ts";
import type { LiveTraining } from "./live/liveTraining.ts";
import * as nnbookModule from "./nnbookModule.ts";
import { outputOf, raceOf, startingPictureOf } from "./show/display.ts";
import type { UserTimers } from "./userTimers.ts";
import type { DefinedNames } from "./variables/definedNames.ts";
import type { FromWorker, ToWorker } from "./workerProtocol.ts";

type RunCellMessage = Extract<ToWorker, { readonly kind: "runCell" }>;

export interface KernelRuntimeOptions {
  readonly send: (message: FromWorker) => void;
  /** Told which names each cell declares. */
  readonly names: DefinedNames;
  readonly frames: StackFrames;
  readonly streams: CellStreams;
  readonly timers: UserTimers;
  readonly training: LiveTraining;
  readonly controls: KernelControls;
  readonly races: LiveRaces;
  /** Whether a debugger may be there. */
  readonly isDebugged: () => boolean;
  readonly testVectors: () => Promise<VectorReport>;
  /** Lets so many threads compute; 0: as many as suit the machine. */
  readonly useThreads: (count: number) => void;
  /** Resolves when the event loop has turned. */
  readonly nextTurn: () => Promise<void>;
}

/** What one cell may show, and how often it may fail in the background: more would bury the notebook, and the stop button with it. */
const displayLimit = 500;
const backgroundErrorLimit = 50;

export class KernelRuntime {
  readonly #options: KernelRuntimeOptions;
  readonly #waitingModules = new Map<number, (answer: ModulesAnswer) => void>();
  /** Which import an error came through. */
  readonly #failedImports = new WeakMap<object, string>();
  /** `import.meta` of cells. */
  readonly meta: { url: string; dirname: string } = { url: "", dirname: "" };
  #localModules: LocalModules | null = null;
  #moduleRequests = 0;
  #displays = 0;
  #backgroundErrors = 0;
  #cell = { execution: 0, cellId: "", label: "", source: "" };
  #isRunning = false;
  #locale: Locale = "en";
  #traceDetail: TraceDetail = "summary";

  constructor(options: KernelRuntimeOptions) {
    this.#options = options;
  }

  /** The cell that runs, or ran last. */
  get cell(): { readonly execution: number; readonly cellId: string; readonly label: string; readonly source: string } {
    return this.#cell;
  }

  get execution(): number {
    return this.#cell.execution;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  get locale(): Locale {
    return this.#locale;
  }

  /** What a `fit` records that does not say. */
  get traceDetail(): TraceDetail {
    return this.#traceDetail;
  }

  receive(message: ToWorker): void {
    switch (message.kind) {
      case "initialize":
        this.#initialize(message.folder, message.locale);
        this.#options.useThreads(message.threads);
        this.#traceDetail = message.traceDetail;
        break;
      case "runCell":
        // Its failures are outcomes, reported by messages: the promise itself never rejects.
        // Begun without Node's own frames below: a debugger that steps over a cell's end would show them.
        void Promise.resolve().then(() => this.#runCell(message));
        break;
      case "modulesCompiled": {
        const resolve = this.#waitingModules.get(message.request);
        this.#waitingModules.delete(message.request);
        resolve?.(message.result);
        break;
      }
      case "setControl":
        this.#options.controls.set(message);
        break;
      case "testVectors":
        // A failure ends the process, and that is an answer too.
        void this.#options.testVectors().then((report) => this.#options.send({ kind: "vectorsTested", report }));
        break;
      case "ping":
        this.#options.send({ kind: "pong", ping: message.ping });
        break;
      case "endInterrupted":
        this.#endInterrupted(message.execution, message.how);
        break;
    }
  }

  display(value: unknown): void {
    // Asked before it is made: a picture that is not shown costs nothing.
    if (!this.#hasRoom()) return;
    const starting = startingPictureOf(value);
    if (starting !== null) {
      this.#options.controls.showPicture(starting);
      return;
    }
    const output = outputOf(value, this.#locale);
    if (output !== null) this.#displayOutput(output);
  }

  /** Shows an output that may change later: the id that names it, `null` when there is no room for more. */
  displayOutput(output: Output): string | null {
    return this.#hasRoom() ? this.#displayOutput(output) : null;
  }

  /** Shows a line of ours in the output of the cell. */
  displayText(text: string): void {
    this.#displayOutput({ items: { "text/plain": text } });
  }

  /** Says so once when the cell has shown as much as it may. */
  #hasRoom(): boolean {
    if (this.#displays === displayLimit) this.say("tooManyShown", displayLimit);
    return this.#displays < displayLimit;
  }

  /** A sentence of the kernel's own, as an output. */
  say(id: CellWord, limit: number): void {
    this.displayText(cellWord(id, this.#locale, { limit: String(limit) }));
  }

  #displayOutput(output: Output): string {
    const { execution } = this.#cell;
    const displayId = `display:${execution}:${++this.#displays}`;
    this.#options.send({ kind: "displayed", execution, displayId, output });
    return displayId;
  }

  /**
   * An error outside of any cell's own course: in a timer, or a promise that nobody awaited. `execution`: the cell run it
   * belongs to; where that is not known, its frames tell, or the timer that this turn of the event loop came from, or it is the
   * newest. AsyncLocalStorage would always know and cannot be had: in Node 20 it hooks into every promise, and code below such
   * a hook cannot be ended from outside without the whole process. The first stop of a loop would cost the kernel.
   */
  reportBackground(thrown: unknown, execution = this.#executionBehind(thrown)): void {
    if (isStop(thrown) || ++this.#backgroundErrors > backgroundErrorLimit) return;
    const error = describeError(thrown, this.#options.frames, this.#locale);
    this.#options.send({ kind: "failedInBackground", execution, error });
  }

  #executionBehind(thrown: unknown): number {
    const script = this.#options.frames.originOf(thrown);
    if (script !== null) return executionOf(script);
    return this.#options.timers.executionNow() ?? this.#cell.execution;
  }

  /** Gives up the cell under way: its timers end, and what it still does shows nowhere. */
  abandon(): void {
    this.#options.timers.cancelAll();
  }

  /** `neededNames`: exports that must be there, as in any JavaScript module. */
  async importModule(specifier: string, neededNames: readonly string[] = []): Promise<object> {
    try {
      // Awaited here, so that the stack of a failure leads back to the cell.
      const module = await this.#findModule(specifier);
      const unknown = neededNames.find((name) => !(name in module));
      if (unknown === undefined) return module;
      throw unknownExport(specifier, unknown, Object.keys(module));
    } catch (error) {
      if (isObject(error)) this.#failedImports.set(error, specifier);
      throw error;
    }
  }

  async #findModule(specifier: string): Promise<object> {
    if (specifier === "nnbook") return nnbookModule;
    // A name that looks like a package's may lead to a module of the user's own: the session knows.
    if (isBuiltin(specifier) || this.#localModules === null) {
      return importPackage(specifier, this.meta.dirname, this.#locale);
    }
    return this.#localModules.import(specifier);
  }

  #initialize(folder: string, locale: Locale): void {
    this.#locale = locale;
    this.meta.dirname = folder;
    this.meta.url = pathToFileURL(path.join(folder, "notebook")).href;
    this.#localModules = new LocalModules({
      folder,
      frames: this.#options.frames,
      compile: (specifier) => this.#compileModules(specifier, folder),
      importPackage: async (specifier, from) =>
        specifier === "nnbook" ? nnbookModule : importPackage(specifier, from, locale),
    });
  }

  async #runCell(message: RunCellMessage): Promise<void> {
    const { execution, cellId, label, source } = message;
    const { streams, frames, names } = this.#options;
    streams.beginCell();
    this.#displays = 0;
    this.#backgroundErrors = 0;
    this.#cell = { execution, cellId, label, source };
    this.#isRunning = true;
    // Also callbacks of earlier cells may have been ended, in the middle of anything.
    settleAfterInterruption();
    let outcome: CellOutcome;
    try {
      names.declare(cellId, message.compiled);
      const value = await runCell(message, frames, this.#options.isDebugged());
      if (!this.#isCurrent(execution)) return;
      // The picture of a race stands there since it began.
      const race = raceOf(value);
      if (race === null || !this.#options.races.isShown(race, execution)) this.display(value);
      // A promise that the cell let fail is reported now, while its cell still runs.
      await this.#options.nextTurn();
      if (!this.#isCurrent(execution)) return;
      outcome = { kind: "succeeded" };
    } catch (thrown) {
      if (!this.#isCurrent(execution)) return;
      outcome = isStop(thrown)
        ? { kind: "interrupted", how: "training" }
        : { kind: "failed", error: this.#describe(thrown) };
    }
    this.#finish(execution, outcome);
  }

  #describe(thrown: unknown): CellError {
    const error = describeError(thrown, this.#options.frames, this.#locale);
    const specifier = isObject(thrown) ? this.#failedImports.get(thrown) : undefined;
    if (error.place !== null || specifier === undefined) return error;
    const place = importPlace(specifier, this.#cell);
    if (place === null) return error;
    const frame = `at ${this.#cell.label}:${place.line}:${place.column}`;
    return { ...error, place, stack: error.stack === "" ? frame : `${error.stack}\n${frame}` };
  }

  /** False for a cell that was given up: its late answer counts no more. */
  #isCurrent(execution: number): boolean {
    return this.#isRunning && this.#cell.execution === execution;
  }

  #finish(execution: number, outcome: CellOutcome): void {
    this.#options.send({ kind: "cellFinished", execution, outcome });
    this.#isRunning = false;
  }

  #endInterrupted(execution: number, how: "terminated" | "abandoned"): void {
    if (!this.#isCurrent(execution)) return;
    this.abandon();
    // Whatever was half done when the code was ended is put in order first.
    settleAfterInterruption();
    this.#options.streams.reset();
    this.#options.training.abandonAll();
    this.#options.races.abandonAll();
    this.#finish(execution, { kind: "interrupted", how });
  }

  #compileModules(specifier: string, folder: string): Promise<ModulesAnswer> {
    const request = ++this.#moduleRequests;
    return new Promise((resolve) => {
      this.#waitingModules.set(request, resolve);
      this.#options.send({ kind: "compileModules", request, specifier, folder });
    });
  }
}

/** Of two names equally near, the one written with the same capital is offered: `tensor` beside `Tensor`. */
function unknownExport(specifier: string, unknown: string, exports: readonly string[]): UnknownNameError {
  const isCapital = (name: string) => /^\p{Lu}/u.test(name);
  const alike = exports.filter((name) => isCapital(name) === isCapital(unknown));
  const known = [...alike, ...exports.filter((name) => !alike.includes(name))];
  return new UnknownNameError({ what: `export of "${specifier}"`, unknown, known });
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
