// A kernel process's entry (forked by the session): its main thread supervises and runs no cell; the worker it starts from this same file loads the bundle that does. Bundled as kernel.cjs.

import os from "node:os";
import path from "node:path";
import process from "node:process";
import { isMainThread } from "node:worker_threads";
import type { FromKernel, KernelDeath, Peek, ToKernel } from "../shared/kernelProtocol.ts";
import { loadWithOwnBuiltIns } from "./ownBuiltIns.ts";
import { climbInterruptLadder, usualTrainingGraceMs } from "./stopping/interruptLadder.ts";
import { TextPackages } from "./textPackages.ts";
import { type FromWorker, stopReasons } from "./workerProtocol.ts";
import { WorkerThread } from "./workerThread.ts";

const defaultHeapMb = 4096;

/** Passes messages between session and worker, stops cells, says why the worker died. */
class Supervisor {
  readonly #flagBytes = new SharedArrayBuffer(4);
  readonly #stopFlag = new Int32Array(this.#flagBytes);
  readonly #texts = new TextPackages((message) => this.#sendNow(message));
  readonly #worker: WorkerThread;
  readonly #maxHeapMb: number;
  readonly #trainingGraceMs: number;
  #execution = 0;
  #isRunning = false;
  /** Ids of the fits under way. */
  #fits: readonly string[] = [];
  #exitCalled: Extract<FromWorker, { readonly kind: "exitCalled" }> | null = null;
  #isStopping = false;
  #isDying = false;

  /** `maxHeapMb`: how large the cells' heap may grow, typed arrays not counted. `trainingGraceMs`: see the ladder. */
  constructor(maxHeapMb: number, trainingGraceMs: number) {
    this.#maxHeapMb = maxHeapMb;
    this.#trainingGraceMs = trainingGraceMs;
    this.#worker = new WorkerThread({
      entry: __filename,
      stopFlag: this.#flagBytes,
      maxHeapMb,
      onMessage: (message) => this.#receiveFromWorker(message),
      onText: (stream, text) => this.#texts.add({ kind: "streamed", execution: this.#execution, stream, text }),
      onGone: (end) => this.#die("error" in end ? this.#deathByError(end.error) : this.#deathByExit(end.exitCode)),
    });
  }

  receiveFromSession(message: ToKernel): void {
    switch (message.kind) {
      case "initialize":
      case "setControl":
      case "modulesCompiled":
      case "testVectors":
        this.#worker.post(message);
        break;
      case "runCell":
        this.#execution = message.execution;
        this.#isRunning = true;
        this.#worker.post(message);
        break;
      case "interrupt":
        // Its answers are messages; it never rejects.
        void this.#interrupt();
        break;
      case "peek":
        // Its answer is a message; it never rejects.
        void this.#peek(message);
        break;
      case "openInspector":
        // Its answers are messages; it never rejects.
        void this.#openInspector();
        break;
      case "closeInspector":
        // Also while the worker stands at a breakpoint. It never rejects, and nothing waits for it.
        void this.#worker.evaluate("$nn.closeInspector()");
        break;
      case "stopTraining":
        if (this.#fits.includes(message.runId)) {
          Atomics.compareExchange(this.#stopFlag, 0, stopReasons.none, stopReasons.stopTraining);
        }
        break;
    }
  }

  #receiveFromWorker(message: FromWorker): void {
    switch (message.kind) {
      case "pong":
        break;
      case "fitStarted":
        this.#fits = [...this.#fits, message.runId];
        break;
      case "fitEnded":
        this.#fits = this.#fits.filter((runId) => runId !== message.runId);
        break;
      case "exitCalled":
        this.#exitCalled = message;
        break;
      case "streamed":
        this.#texts.add(message);
        break;
      case "cellFinished":
        this.#isRunning = false;
        this.#send(message);
        break;
      default:
        this.#send(message);
    }
  }

  async #openInspector(): Promise<void> {
    const port = await this.#worker.evaluate("$nn.openInspector()");
    this.#send(typeof port === "number" ? { kind: "inspectorOpened", port } : { kind: "inspectorRefused" });
  }

  async #interrupt(): Promise<void> {
    if (this.#isStopping) return;
    this.#isStopping = true;
    await climbInterruptLadder({
      worker: this.#worker,
      stopFlag: this.#stopFlag,
      execution: () => this.#execution,
      isRunning: () => this.#isRunning,
      isTraining: () => this.#fits.length > 0,
      trainingGraceMs: this.#trainingGraceMs,
      hesitates: () => this.#send({ kind: "interruptFailed" }),
      now: () => performance.now(),
    });
    this.#isStopping = false;
  }

  /** Asked of the worker on top of whatever it runs: a cell need not end first. */
  async #peek({ request, question }: Extract<ToKernel, { readonly kind: "peek" }>): Promise<void> {
    const answer = await this.#worker.evaluate(`$nn.peek(${JSON.stringify(JSON.stringify(question))})`);
    // Our own bundle wrote it.
    this.#sendNow({ kind: "peeked", request, peek: typeof answer === "string" ? (JSON.parse(answer) as Peek) : null });
  }

  /** Text that waits goes first, so that outputs keep their order. */
  #send(message: FromKernel): void {
    this.#texts.flush();
    this.#sendNow(message);
  }

  #sendNow(message: FromKernel): void {
    // Without a channel the process is about to end.
    if (process.connected) process.send?.(message);
  }

  /** Says the last words, then ends the process once they are out. */
  #die(death: KernelDeath): void {
    if (this.#isDying) return;
    this.#isDying = true;
    this.#texts.flush();
    if (!process.connected || process.send === undefined) {
      endProcess();
      return;
    }
    const last: FromKernel = { kind: "died", death };
    process.send(last, undefined, undefined, endProcess);
  }

  #deathByExit(exitCode: number): KernelDeath {
    return this.#exitCalled ?? { kind: "workerEnded", code: exitCode };
  }

  #deathByError(error: Error): KernelDeath {
    if ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") {
      return { kind: "outOfMemory", limitMb: this.#maxHeapMb };
    }
    return { kind: "workerFailed", problem: error.message };
  }
}

/** A busy worker would keep an ordinary exit waiting. */
function endProcess(): void {
  process.kill(process.pid, "SIGKILL");
}

/**
 * In nice levels. A thread this much lower gets about a third of the time of an ordinary one while both want a core, and all of
 * it while no other does.
 */
const lowerBy = 5;

/** Threads that start later are as low. Where the system refuses, the kernel computes as any other program. */
function makeWay(): void {
  const { PRIORITY_BELOW_NORMAL, PRIORITY_LOW } = os.constants.priority;
  try {
    const own = os.getPriority();
    os.setPriority(process.platform === "win32" ? PRIORITY_BELOW_NORMAL : Math.min(PRIORITY_LOW, own + lowerBy));
  } catch {
    // A container may forbid it; nothing else depends on it.
  }
}

function supervise(): void {
  if (process.argv.includes("--yield")) makeWay();
  const supervisor = new Supervisor(
    numberGiven("--max-heap-mb") ?? defaultHeapMb,
    numberGiven("--training-grace-ms") ?? usualTrainingGraceMs,
  );
  process.on("message", (message: ToKernel) => supervisor.receiveFromSession(message));
  // The session is gone: so is the reason to live.
  process.on("disconnect", endProcess);
  // Ctrl+C in a terminal reaches every process of the group; what to stop is the session's decision.
  process.on("SIGINT", () => undefined);
}

/** 4096 of `--max-heap-mb=4096`. */
function numberGiven(option: string): number | undefined {
  const given = process.argv.find((argument) => argument.startsWith(`${option}=`))?.split("=")[1];
  return given === undefined ? undefined : Number(given);
}

if (isMainThread) supervise();
else loadWithOwnBuiltIns(path.join(__dirname, "kernelWorker.cjs"));
