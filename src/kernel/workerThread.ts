// The worker as its supervisor sees it: messages, a ping, and code evaluated in it even while it is busy (through the inspector).

import inspector from "node:inspector";
import { Worker } from "node:worker_threads";
import type { FromWorker, KernelWorkerData, ToWorker } from "./workerProtocol.ts";

const evaluateLimitMs = 1000;

export interface WorkerThreadOptions {
  /** The file it runs. */
  readonly entry: string;
  readonly stopFlag: SharedArrayBuffer;
  readonly maxHeapMb: number;
  readonly onMessage: (message: FromWorker) => void;
  /** The worker is gone: out of memory, or ended by itself. */
  readonly onGone: (reason: { readonly error: Error } | { readonly exitCode: number }) => void;
  /** Native code wrote to the process's own streams. */
  readonly onText: (stream: "stdout" | "stderr", text: string) => void;
}

export class WorkerThread {
  readonly #worker: Worker;
  readonly #inspector = new inspector.Session();
  readonly #answers = new Map<number, (answer: unknown) => void>();
  readonly #pings = new Map<number, (answered: true) => void>();
  #inspectorSession: string | null = null;
  #newest = 0;

  constructor({ entry, stopFlag, maxHeapMb, onMessage, onGone, onText }: WorkerThreadOptions) {
    this.#connectInspector();
    const data: KernelWorkerData = { stopFlag };
    this.#worker = new Worker(entry, {
      name: "nnbook kernel",
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
      stdout: true,
      stderr: true,
    });
    this.#worker.on("message", (message: FromWorker) => {
      if (message.kind !== "pong") return onMessage(message);
      this.#pings.get(message.ping)?.(true);
      this.#pings.delete(message.ping);
    });
    this.#worker.on("error", (error) => onGone({ error }));
    this.#worker.on("exit", (exitCode) => onGone({ exitCode }));
    this.#worker.stdout.setEncoding("utf8").on("data", (text: string) => onText("stdout", text));
    this.#worker.stderr.setEncoding("utf8").on("data", (text: string) => onText("stderr", text));
  }

  post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  /** Whether the worker's event loop turned within the time. */
  async answersPing(limitMs: number): Promise<boolean> {
    const ping = ++this.#newest;
    const answered = new Promise<true>((resolve) => this.#pings.set(ping, resolve));
    this.post({ kind: "ping", ping });
    return Promise.race([answered, wait(limitMs).then(() => false)]);
  }

  /** The value of an expression, evaluated on top of whatever the worker does; `undefined` when it does not come in time. */
  async evaluate(expression: string): Promise<unknown> {
    if (this.#inspectorSession === null) return undefined;
    const id = ++this.#newest;
    const answer = new Promise<unknown>((resolve) => this.#answers.set(id, resolve));
    const message = JSON.stringify({ id, method: "Runtime.evaluate", params: { expression, returnByValue: true } });
    this.#inspector.post("NodeWorker.sendMessageToWorker", { sessionId: this.#inspectorSession, message });
    return Promise.race([answer, wait(evaluateLimitMs)]);
  }

  #connectInspector(): void {
    this.#inspector.connect();
    this.#inspector.on("NodeWorker.attachedToWorker", ({ params }) => {
      // The first one is ours; workers that cells start come later.
      this.#inspectorSession ??= params.sessionId;
    });
    this.#inspector.on("NodeWorker.receivedMessageFromWorker", ({ params }) => {
      if (params.sessionId !== this.#inspectorSession) return;
      const answer = JSON.parse(params.message) as { id?: number; result?: { result?: { value?: unknown } } };
      if (answer.id === undefined) return;
      this.#answers.get(answer.id)?.(answer.result?.result?.value);
      this.#answers.delete(answer.id);
    });
    this.#inspector.post("NodeWorker.enable", { waitForDebuggerOnStart: false });
  }
}

export function wait(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms);
  });
}
