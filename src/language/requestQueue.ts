// Which of the waiting requests the worker answers next: what somebody waits for comes before what is looked at in passing, and what
// nobody waits for any more is left out.

import type { LanguageRequest, LanguageToWorker } from "../shared/languageProtocol.ts";

export type Question = Extract<LanguageToWorker, { readonly request: LanguageRequest }>;

/** They may take long, and are asked of the notebook as it is by the time they are answered. */
const inPassing: ReadonlySet<LanguageRequest["kind"]> = new Set<LanguageRequest["kind"]>([
  ...(["diagnose", "describeModels", "semanticTokens", "quickFixes", "outline", "folding"] as const),
]);

/** How often the work on a question is thrown away for others before it is seen through. */
const mostInterruptions = 3;

export class RequestQueue {
  readonly #urgent: Question[] = [];
  readonly #later: Question[] = [];
  readonly #interruptions = new WeakMap<Question, number>();

  add(message: LanguageToWorker): void {
    if ("cancelled" in message) {
      remove(this.#urgent, message.cancelled);
      remove(this.#later, message.cancelled);
    } else if (inPassing.has(message.request.kind)) this.#later.push(message);
    else this.#urgent.push(message);
  }

  /** In the order they came, among those of equal rank: an offset holds for the text that was sent before it. `null`: none waits. */
  take(): Question | null {
    return this.#urgent.shift() ?? this.#later.shift() ?? null;
  }

  /** Whether the work on a question should be left for another that came meanwhile. */
  interrupts(question: Question): boolean {
    return (
      this.#urgent.length > 0 &&
      inPassing.has(question.request.kind) &&
      (this.#interruptions.get(question) ?? 0) < mostInterruptions
    );
  }

  /** A question that was left for another: it begins anew once nobody else waits. */
  putBack(question: Question): void {
    this.#interruptions.set(question, (this.#interruptions.get(question) ?? 0) + 1);
    this.#later.unshift(question);
  }
}

function remove(questions: Question[], id: number): void {
  const index = questions.findIndex((each) => each.id === id);
  if (index !== -1) questions.splice(index, 1);
}
