// One notebook and its kernel: cells run one after the other, a failure or a stop clears the queue, a dead kernel is reported and replaced.

import type { ControlValue } from "../shared/controlValues.ts";
import type { FromKernel, KernelDeath } from "../shared/kernelProtocol.ts";
import type { Peeked, PeekQuestion } from "../shared/peekProtocol.ts";
import { compileError } from "./compileError.ts";
import { InspectorDoor } from "./inspectorDoor.ts";
import { KernelProcess } from "./kernelProcess.ts";
import { Peeks } from "./peeks.ts";
import type { CellRunOutcome } from "./sessionEvents.ts";
import type { NotebookSessionOptions } from "./sessionOptions.ts";

export type SessionState = "idle" | "busy";

export interface CellToRun {
  readonly cellId: string;
  /** How the cell is called in messages and stack traces: "Cell 3". */
  readonly label: string;
  readonly source: string;
  /** Absolute path by which a debugger knows the cell, though no such file exists. None when absent. */
  readonly debugFile?: string;
}

interface QueuedCell extends CellToRun {
  readonly finish: (outcome: CellRunOutcome) => void;
}

/** The cell under way. `execution` is set once the kernel has it. */
interface RunningCell extends QueuedCell {
  execution: number | null;
  isStopped: boolean;
  readonly startedMs: number;
}

/** `ready` is false when it died first. */
interface StartedKernel {
  readonly process: KernelProcess;
  readonly ready: Promise<boolean>;
}

export class NotebookSession {
  readonly #options: NotebookSessionOptions;
  readonly #queue: QueuedCell[] = [];
  readonly #peeks = new Peeks();
  readonly #inspector = new InspectorDoor();
  readonly #declaredNames = new Set<string>();
  #running: RunningCell | null = null;
  #kernel: StartedKernel | null = null;
  #executions = 0;
  #isDisposed = false;

  constructor(options: NotebookSessionOptions) {
    this.#options = options;
  }

  get state(): SessionState {
    return this.#running === null ? "idle" : "busy";
  }

  /** The kernel's process id; `undefined` while none runs. */
  get kernelPid(): number | undefined {
    return this.#kernel?.process.pid;
  }

  /** The top-level names of the cells that the kernel ran. */
  get declaredNames(): ReadonlySet<string> {
    return this.#declaredNames;
  }

  /** Runs a cell after all that wait. Starts the kernel when there is none. Never rejects. */
  runCell(cell: CellToRun): Promise<CellRunOutcome> {
    if (this.#isDisposed) return Promise.resolve({ kind: "skipped" });
    return new Promise((resolve) => {
      this.#queue.push({ ...cell, finish: resolve });
      // Failures are outcomes of the cells: this never rejects.
      if (this.#running === null) void this.#runNext();
    });
  }

  /** Stops the cell under way and clears the queue; variables are kept. Resolves when the stop was asked for. */
  async interrupt(): Promise<void> {
    this.#clearQueue();
    const running = this.#running;
    if (running === null) return this.#kernel?.process.send({ kind: "interrupt" });
    this.#options.onMoment?.({ kind: "stopAsked", label: running.label });
    if (running.execution === null) running.isStopped = true;
    else this.#kernel?.process.send({ kind: "interrupt" });
  }

  /** Ends a running `fit` between two steps; its cell goes on with the run it got. */
  stopTraining(runId: string): void {
    this.#kernel?.process.send({ kind: "stopTraining", runId });
  }

  /** Tells the kernel how a control stands now, and the variable that is to get its value. */
  setControl(controlId: string, value: ControlValue, name: string | null): void {
    this.#kernel?.process.send({ kind: "setControl", controlId, value, name });
  }

  /** Looks at how things stand in the kernel, also while a cell runs; no code of the cells' runs. Never rejects. */
  async peek<Question extends PeekQuestion>(question: Question): Promise<Peeked<Question["kind"]>> {
    const kernel = this.#kernel;
    if (kernel === null || !(await kernel.ready) || this.#kernel !== kernel) return { kind: "noKernel" };
    return this.#peeks.ask(kernel.process, question);
  }

  /**
   * Lets a debugger into the kernel, which is started if there is none.
   *
   * @returns The port on this machine.
   * @throws Error when the kernel refuses, or is gone before it answers.
   */
  async openInspector(): Promise<number> {
    const kernel = await this.#readyKernel(() => !this.#isDisposed);
    if (kernel === null) throw new Error("The kernel did not start.");
    return this.#inspector.open(kernel);
  }

  /** Shows the debugger out; what it held at a breakpoint runs on. */
  closeInspector(): void {
    this.#kernel?.process.send({ kind: "closeInspector" });
  }

  /** Ends the kernel: all variables are gone. The next cell starts a new one. */
  async restart(): Promise<void> {
    this.#clearQueue();
    this.#endKernel("restarted");
    this.#finish({ kind: "lost", loss: { kind: "restarted" } });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#clearQueue();
    this.#endKernel("closed");
    this.#finish({ kind: "skipped" });
  }

  #endKernel(reason: "restarted" | "closed"): void {
    if (this.#kernel === null) return;
    this.#kernel.process.kill();
    this.#forgetKernel();
    this.#options.onMoment?.({ kind: "kernelEnded", reason });
  }

  async #runNext(): Promise<void> {
    const next = this.#queue.shift();
    if (next === undefined) return;
    const running: RunningCell = { ...next, execution: null, isStopped: false, startedMs: performance.now() };
    this.#running = running;
    const outcome = await this.#prepare(running);
    if (outcome !== null && this.#running === running) this.#finish(outcome);
  }

  /** Compiles the cell and hands it to the kernel; an outcome when it ends before that. */
  async #prepare(cell: RunningCell): Promise<CellRunOutcome | null> {
    try {
      const starting = this.#readyKernel(() => this.#running === cell);
      const { cellId, label, source, debugFile = null } = cell;
      const [result, kernel] = await Promise.all([
        this.#options.language.request({ kind: "compileCell", cellId, label, source }),
        starting,
      ]);
      // Restarted, disposed of, or the kernel died: then its end was already told.
      if (this.#running !== cell || kernel === null) return null;
      if (cell.isStopped) return { kind: "interrupted", how: "abandoned" };
      const execution = ++this.#executions;
      cell.execution = execution;
      this.#options.onEvent({ kind: "cellStarted", execution, cellId });
      if (result.kind === "failed") return { kind: "failed", error: compileError(cell, result.errors) };
      for (const name of result.compiled.declarations) this.#declaredNames.add(name);
      kernel.send({ kind: "runCell", execution, cellId, label, source, compiled: result.compiled, debugFile });
      return null;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return { kind: "lost", loss: { kind: "notCompiled", problem } };
    }
  }

  #finish(outcome: CellRunOutcome): void {
    const running = this.#running;
    if (running === null) return;
    this.#running = null;
    const { label, startedMs } = running;
    this.#options.onMoment?.({ kind: "cellEnded", label, outcome: outcome.kind, ms: performance.now() - startedMs });
    if (outcome.kind !== "succeeded") this.#clearQueue();
    running.finish(outcome);
    void this.#runNext();
  }

  #clearQueue(): void {
    for (const cell of this.#queue.splice(0)) cell.finish({ kind: "skipped" });
  }

  /** The kernel once it is ready, started where there is none; `null` when it died first or is not wanted any more. */
  async #readyKernel(isWanted: () => boolean): Promise<KernelProcess | null> {
    const { kernelFlags } = this.#options;
    const flags = this.#kernel !== null || kernelFlags === undefined ? [] : await kernelFlags();
    if (!isWanted()) return null;
    const kernel = this.#kernel ?? this.#startKernel(flags);
    return (await kernel.ready) ? kernel.process : null;
  }

  #startKernel(flags: readonly string[]): StartedKernel {
    const { distFolder, folder, locale, nodePath, maxHeapMb, trainingGraceMs, yields, onEvent, onMoment } =
      this.#options;
    const startedMs = performance.now();
    this.#declaredNames.clear();
    let tellReady: (isReady: boolean) => void = () => undefined;
    const ready = new Promise<boolean>((resolve) => {
      tellReady = resolve;
    });
    const kernel = new KernelProcess({
      distFolder,
      folder,
      flags,
      ...(nodePath === undefined ? {} : { nodePath }),
      ...(maxHeapMb === undefined ? {} : { maxHeapMb }),
      ...(trainingGraceMs === undefined ? {} : { trainingGraceMs: trainingGraceMs() }),
      ...(yields === undefined ? {} : { yields }),
      onMessage: (message) => {
        if (message.kind !== "ready") {
          this.#receive(message, kernel);
          return;
        }
        onEvent({ ...message, kind: "kernelStarted" });
        onMoment?.({ ...message, kind: "kernelStarted", ms: performance.now() - startedMs });
        tellReady(true);
      },
      onDeath: (death) => {
        tellReady(false);
        this.#handleDeath(death);
      },
    });
    const { threads = () => 0, traceDetail = () => "summary" } = this.#options;
    kernel.send({ kind: "initialize", folder, locale, threads: threads(), traceDetail: traceDetail() });
    this.#kernel = { process: kernel, ready };
    return this.#kernel;
  }

  #receive(message: Exclude<FromKernel, { readonly kind: "ready" }>, kernel: KernelProcess): void {
    if (this.#kernel?.process !== kernel) return;
    switch (message.kind) {
      case "cellFinished":
        if (this.#running?.execution === message.execution) this.#finish(message.outcome);
        return;
      case "compileModules":
        // Answers by message; a failure is an answer too.
        void this.#compileModules(message, kernel);
        return;
      case "peeked":
        this.#peeks.receive(message);
        return;
      case "inspectorOpened":
      case "inspectorRefused":
        this.#inspector.receive(message);
        return;
      case "vectorsTested":
      case "died":
        return;
      default:
        if (message.kind === "interruptFailed") this.#options.onMoment?.({ kind: "stopFailed" });
        this.#options.onEvent(message);
    }
  }

  async #compileModules(
    { request, specifier, folder }: Extract<FromKernel, { readonly kind: "compileModules" }>,
    kernel: KernelProcess,
  ): Promise<void> {
    try {
      const { language, workspaceFolder } = this.#options;
      const result = await language.request({ kind: "compileModules", specifier, folder, workspaceFolder });
      kernel.send({ kind: "modulesCompiled", request, result });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const result = { error: `"${specifier}" could not be compiled: ${reason}` };
      kernel.send({ kind: "modulesCompiled", request, result });
    }
  }

  #forgetKernel(): void {
    this.#kernel = null;
    this.#inspector.lose();
    this.#peeks.lose();
  }

  #handleDeath(death: KernelDeath): void {
    this.#forgetKernel();
    this.#clearQueue();
    this.#options.onMoment?.({ kind: "kernelDied", death });
    this.#options.onEvent({ kind: "kernelDied", death });
    this.#finish({ kind: "lost", loss: { kind: "died", death } });
  }
}
