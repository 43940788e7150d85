// What cells print: `console`, `process.stdout` and `process.stderr`, sent as messages (Node's own streams of a worker stand still while a cell computes).

import { Console } from "node:console";
import process from "node:process";

export type StreamName = "stdout" | "stderr";

/** The most characters one cell may print: more would drown the notebook and its file. */
const printedLimit = 1_000_000;

/** Each of the first lines goes out at once; whoever prints more waits for a package of them. */
const directWrites = 1000;
const packageLength = 16_000;
const packageDelayMs = 20;

export interface CellStreamsOptions {
  readonly send: (stream: StreamName, text: string) => void;
  readonly now: () => number;
  /** Calls back when the event loop next turns. */
  readonly soon: (callback: () => void) => void;
  /** What stands where too much was printed. */
  readonly truncated: () => string;
}

export class CellStreams {
  readonly #options: CellStreamsOptions;
  #waiting: { readonly stream: StreamName; readonly texts: string[]; length: number } | null = null;
  #flushIsDue = false;
  #lastSent = 0;
  #writes = 0;
  #printed = 0;

  constructor(options: CellStreamsOptions) {
    this.#options = options;
  }

  /** A new cell starts with a clean sheet. */
  beginCell(): void {
    this.flush();
    this.#writes = 0;
    this.#printed = 0;
  }

  write(stream: StreamName, text: string): void {
    if (text === "" || this.#printed > printedLimit) return;
    this.#printed += text.length;
    if (this.#printed > printedLimit) {
      const kept = text.slice(0, text.length - (this.#printed - printedLimit));
      this.#add(stream, `${kept}\n${this.#options.truncated()}\n`);
      this.flush();
      return;
    }
    this.#add(stream, text);
    const isDirect = ++this.#writes <= directWrites;
    const length = this.#waiting?.length ?? 0;
    if (isDirect || length >= packageLength || this.#options.now() - this.#lastSent >= packageDelayMs) this.flush();
    else this.#flushSoon();
  }

  /** Sends what waits. To be called before any other message, so that outputs keep their order. */
  flush(): void {
    const waiting = this.#waiting;
    if (waiting === null) return;
    this.#waiting = null;
    this.#lastSent = this.#options.now();
    this.#options.send(waiting.stream, waiting.texts.join(""));
  }

  /** After an interrupt: what was under way when the code was ended is forgotten. */
  reset(): void {
    this.#flushIsDue = false;
    this.flush();
  }

  #add(stream: StreamName, text: string): void {
    if (this.#waiting !== null && this.#waiting.stream !== stream) this.flush();
    this.#waiting ??= { stream, texts: [], length: 0 };
    this.#waiting.texts.push(text);
    this.#waiting.length += text.length;
  }

  #flushSoon(): void {
    if (this.#flushIsDue) return;
    this.#flushIsDue = true;
    this.#options.soon(() => {
      this.#flushIsDue = false;
      this.flush();
    });
  }
}

/** Makes `console` and the process's streams print into `streams`. */
export function installConsole(streams: CellStreams): void {
  const stdout = printTo(streams, "stdout");
  const stderr = printTo(streams, "stderr");
  // Not real streams: one that is cut off in the middle of a write would never write again.
  const pseudoStreams = { stdout: { write: stdout }, stderr: { write: stderr }, ignoreErrors: false, colorMode: false };
  globalThis.console = new Console(pseudoStreams as unknown as ConstructorParameters<typeof Console>[0]);
  process.stdout.write = stdout;
  process.stderr.write = stderr;
}

function printTo(streams: CellStreams, stream: StreamName): typeof process.stdout.write {
  return (chunk: string | Uint8Array, encodingOrDone?: unknown, done?: unknown): boolean => {
    streams.write(stream, typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8"));
    const callback = typeof encodingOrDone === "function" ? encodingOrDone : done;
    if (typeof callback === "function") queueMicrotask(() => callback(null));
    return true;
  };
}
