// Which names on the global object are the cells' own: what they declared, and what they put there without declaring it.

import type { CompiledCell } from "../../shared/kernelProtocol.ts";

export interface DefinedName {
  readonly name: string;
  /** The cell that declared it last; `null` when it was put there without a declaration. */
  readonly cellId: string | null;
  readonly isImport: boolean;
}

const { ownKeys, has } = Reflect;

export class DefinedNames {
  readonly #declared = new Map<string, DefinedName>();
  /** What was there before the first cell. */
  #before: ReadonlySet<string | symbol> = new Set();

  /** From here on, what is new on the global object is the cells'. */
  begin(): void {
    this.#before = new Set(ownKeys(globalThis));
  }

  declare(cellId: string, { declarations, imports }: Pick<CompiledCell, "declarations" | "imports">): void {
    for (const name of declarations) this.#declared.set(name, { name, cellId, isImport: imports.includes(name) });
  }

  /** In the order in which they came to be. */
  all(): readonly DefinedName[] {
    const declared = [...this.#declared.values()].filter(({ name }) => has(globalThis, name));
    const others = ownKeys(globalThis).flatMap((name) =>
      typeof name !== "string" || this.#before.has(name) || this.#declared.has(name)
        ? []
        : [{ name, cellId: null, isImport: false }],
    );
    return [...declared, ...others];
  }
}
