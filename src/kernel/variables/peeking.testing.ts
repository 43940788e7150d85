// For tests: variables as cells declare them in this realm, and questions to the kernel about them.

import { datasets } from "../../engine/index.ts";
import type { PeekAnswers, PeekQuestion, VariableInfo, VariablePath } from "../../shared/peekProtocol.ts";
import type { Locale } from "../../shared/words/message.ts";
import { DefinedNames } from "./definedNames.ts";
import { VariablePeek } from "./peek.ts";

export const blobs = datasets.blobs({ samples: 150, classes: 3, seed: 1 });

/** The global object, as cells have it. */
export const scope: Record<string, unknown> = globalThis as never;

/** Call `begin` before each test and `end` after it. */
export class Peeking {
  locale: Locale = "en";
  #names = new DefinedNames();
  #before: ReadonlySet<string> = new Set();

  begin(): void {
    this.locale = "en";
    this.#before = new Set(Object.getOwnPropertyNames(globalThis));
    this.#names = new DefinedNames();
    this.#names.begin();
  }

  end(): void {
    for (const name of Object.getOwnPropertyNames(globalThis)) if (!this.#before.has(name)) delete scope[name];
  }

  /** As a cell does. */
  declare(values: Readonly<Record<string, unknown>>, imports: readonly string[] = []): void {
    this.#names.declare("cell:1", { declarations: Object.keys(values), imports });
    Object.assign(scope, values);
  }

  /** `now`: the clock, in milliseconds. */
  ask<Question extends PeekQuestion>(question: Question, now: () => number = () => 0): PeekAnswers[Question["kind"]] {
    const peek = new VariablePeek({
      names: this.#names,
      locale: () => this.locale,
      now,
      findRun: () => null,
      liveReport: () => null,
    });
    return (JSON.parse(peek.answer(JSON.stringify(question))) as { answer: PeekAnswers[Question["kind"]] }).answer;
  }

  parts(...path: string[]): readonly VariableInfo[] {
    return this.ask({ kind: "listParts", paths: [path], order: "defined" })[0]?.parts ?? [];
  }

  copy(...path: VariablePath): string | null {
    return this.ask({ kind: "writeValue", path });
  }
}

/** Each as a line: name, type, shape, value. */
export function lines(infos: readonly VariableInfo[]): readonly string[] {
  return infos.map(({ name, type, shape, value }) => `${name}: ${type}${shape === null ? "" : `[${shape}]`} ${value}`);
}
