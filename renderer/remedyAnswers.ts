// What the editor can do with the changes of remedies that the reader looks at: asked of the extension, told to who asked.

import type { FromRenderer, RemedyAnswer } from "../src/shared/rendererProtocol.ts";
import type { RemedyEdit } from "../src/shared/views.ts";

export interface AskedRemedy {
  readonly runId: string;
  readonly edits: readonly RemedyEdit[];
}

export class RemedyAnswers {
  readonly #post: ((message: FromRenderer) => void) | null;
  readonly #waiting = new Map<string, (can: RemedyAnswer) => void>();
  #asked = 0;

  constructor(post: ((message: FromRenderer) => void) | null) {
    this.#post = post;
  }

  /** Calls `told` once, if an extension answers. */
  ask({ runId, edits }: AskedRemedy, told: (can: RemedyAnswer) => void): void {
    if (this.#post === null) return;
    const question = `remedy-${++this.#asked}`;
    this.#waiting.set(question, told);
    this.#post({ kind: "askRemedy", question, runId, edits });
  }

  receive(question: string, can: RemedyAnswer): void {
    this.#waiting.get(question)?.(can);
    this.#waiting.delete(question);
  }
}
