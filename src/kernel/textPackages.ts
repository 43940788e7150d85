// Gathers printed text for a moment, so that a thousand short lines are a few messages to the editor and not a thousand.

import type { FromKernel } from "../shared/kernelProtocol.ts";

type Streamed = Extract<FromKernel, { readonly kind: "streamed" }>;

const delayMs = 15;
const lengthLimit = 64_000;

export class TextPackages {
  readonly #send: (message: Streamed) => void;
  #waiting: { readonly first: Streamed; readonly texts: string[]; length: number } | null = null;

  constructor(send: (message: Streamed) => void) {
    this.#send = send;
  }

  add(message: Streamed): void {
    const { first } = this.#waiting ?? { first: message };
    if (first.stream !== message.stream || first.execution !== message.execution) this.flush();
    if (this.#waiting === null) {
      this.#waiting = { first: message, texts: [], length: 0 };
      setTimeout(() => this.flush(), delayMs);
    }
    this.#waiting.texts.push(message.text);
    this.#waiting.length += message.text.length;
    if (this.#waiting.length >= lengthLimit) this.flush();
  }

  /** Sends what waits; to be called before any other message, so that outputs keep their order. */
  flush(): void {
    const waiting = this.#waiting;
    if (waiting === null) return;
    this.#waiting = null;
    this.#send({ ...waiting.first, text: waiting.texts.join("") });
  }
}
