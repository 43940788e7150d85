// Questions for how things stand in a kernel, and their answers.

import type { FromKernel, Peek } from "../shared/kernelProtocol.ts";
import type { Peeked, PeekQuestion } from "../shared/peekProtocol.ts";
import type { KernelProcess } from "./kernelProcess.ts";

export class Peeks {
  /** Those who wait, by the number of their question. */
  readonly #waiting = new Map<number, (peek: Peek | null | "gone") => void>();
  #asked = 0;

  async ask<Question extends PeekQuestion>(
    kernel: Pick<KernelProcess, "send">,
    question: Question,
  ): Promise<Peeked<Question["kind"]>> {
    const request = ++this.#asked;
    const peek = await new Promise<Peek | null | "gone">((resolve) => {
      this.#waiting.set(request, resolve);
      kernel.send({ kind: "peek", request, question });
    });
    if (peek === "gone") return { kind: "noKernel" };
    // The kernel answers a question by the answer to its kind.
    return peek === null ? { kind: "noAnswer" } : ({ kind: "answered", ...peek } as Peeked<Question["kind"]>);
  }

  receive({ request, peek }: Extract<FromKernel, { readonly kind: "peeked" }>): void {
    this.#waiting.get(request)?.(peek);
    this.#waiting.delete(request);
  }

  /** The kernel is gone: nobody answers any more. */
  lose(): void {
    for (const tell of this.#waiting.values()) tell("gone");
    this.#waiting.clear();
  }
}
