// Talks to the language worker: questions with answers, whoever asks. A worker that died is started anew by the next question.

import path from "node:path";
import { Worker } from "node:worker_threads";
import type {
  LanguageAnswers,
  LanguageFromWorker,
  LanguageRequest,
  LanguageToWorker,
} from "../shared/languageProtocol.ts";
import type { Locale } from "../shared/words/message.ts";

export interface LanguageClientOptions {
  /** The folder of the bundles. */
  readonly distFolder: string;
  /** The language of its own sentences; English by default. */
  readonly locale?: Locale;
  /** The worker died, of `reason`; it has forgotten all notebooks, so tell them again. */
  readonly onRestart?: (reason: Error) => void;
  /** A question failed, of `reason` with our own stack; who asked may show nothing of it, as editors do with hovers. */
  readonly onFailure?: (reason: string) => void;
}

/** Whether somebody still waits: VS Code's CancellationToken is one. */
export interface Interest {
  readonly isCancellationRequested: boolean;
  readonly onCancellationRequested: (listener: () => void) => { dispose(): void };
}

interface Question {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Beyond this the worker ends, and begins anew with the next question. It shares a process with all other extensions, which must
 * not end with it. The types of a package of 90,000 declarations take 800 MB.
 */
const mostMemoryMb = 2048;

export class LanguageClient {
  readonly #options: LanguageClientOptions;
  readonly #questions = new Map<number, Question>();
  #worker: Worker | null = null;
  #newest = 0;
  #isDisposed = false;

  constructor(options: LanguageClientOptions) {
    this.#options = options;
  }

  /** Asks; rejects when the language worker failed on this question or died. */
  request<Request extends LanguageRequest>(request: Request): Promise<LanguageAnswers[Request["kind"]]> {
    return this.#ask(request).answer;
  }

  /** As `request`, for who may lose interest: `null` then, at once, and the worker leaves the question out if it has not begun. */
  async requestWhile<Request extends LanguageRequest>(
    interest: Interest,
    request: Request,
  ): Promise<LanguageAnswers[Request["kind"]] | null> {
    if (interest.isCancellationRequested) return null;
    const { id, answer } = this.#ask(request);
    const listening = interest.onCancellationRequested(() => this.#cancel(id));
    try {
      return await answer;
    } finally {
      listening.dispose();
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    const worker = this.#worker;
    this.#worker = null;
    this.#rejectAll(new Error("The language service was closed."));
    // It holds nothing that needs saving; when it is gone nobody waits for it.
    void worker?.terminate();
  }

  #ask<Request extends LanguageRequest>(
    request: Request,
  ): { readonly id: number; readonly answer: Promise<LanguageAnswers[Request["kind"]]> } {
    const id = ++this.#newest;
    if (this.#isDisposed) return { id, answer: Promise.reject(new Error("The language service was closed.")) };
    const worker = this.#startedWorker();
    const answer = new Promise<LanguageAnswers[Request["kind"]]>((resolve, reject) => {
      // The worker answers each kind with its own type: languageProtocol.ts holds the pairs.
      this.#questions.set(id, { resolve: (answer) => resolve(answer as LanguageAnswers[Request["kind"]]), reject });
    });
    const message: LanguageToWorker = { id, request };
    worker.postMessage(message);
    return { id, answer };
  }

  #cancel(id: number): void {
    const question = this.#questions.get(id);
    if (question === undefined) return;
    this.#questions.delete(id);
    const message: LanguageToWorker = { cancelled: id };
    this.#worker?.postMessage(message);
    question.resolve(null);
  }

  #startedWorker(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(path.join(this.#options.distFolder, "languageWorker.cjs"), {
      name: "nnbook language",
      workerData: { locale: this.#options.locale },
      resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb },
    });
    worker.on("message", (message: LanguageFromWorker) => this.#receive(message));
    worker.on("error", ({ message }) => this.#lose(worker, new Error(`The language worker ended: ${message}.`)));
    worker.on("exit", (code) => this.#lose(worker, new Error(`The language worker ended with exit code ${code}.`)));
    // Alone it does not keep a process alive.
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #receive(message: LanguageFromWorker): void {
    const question = this.#questions.get(message.id);
    if (question === undefined) return;
    this.#questions.delete(message.id);
    if ("failure" in message) {
      this.#options.onFailure?.(message.failure);
      question.reject(new Error(message.failure));
    } else question.resolve(message.answer);
  }

  #lose(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#rejectAll(error);
    this.#options.onRestart?.(error);
  }

  #rejectAll(error: Error): void {
    const questions = [...this.#questions.values()];
    this.#questions.clear();
    for (const { reject } of questions) reject(error);
  }
}
