// A cell while it is rewritten, and the names it declares at its top level.

import type MagicString from "magic-string";
import type { Say } from "../languageWords.ts";

/** Everything the rewriting of one cell works on. */
export interface CellDraft {
  readonly text: MagicString;
  readonly names: CellNames;
  /** One statement for each import, to run before all others. */
  readonly imports: string[];
  /** The cell as the user wrote it. */
  readonly source: string;
}

/** Something wrong with the cell's code, at an offset into it. */
export interface NameProblem {
  readonly offset: number;
  readonly message: string;
}

/** What the global object does not let go of, and what the kernel keeps for itself. */
const fixedNames = /^(?:undefined|NaN|Infinity|globalThis|eval|arguments|\$nn\d*)$/;

export class CellNames {
  readonly problems: NameProblem[] = [];
  readonly #say: Say;
  readonly #declared = new Set<string>();
  readonly #hoisted = new Set<string>();
  readonly #imported = new Set<string>();

  constructor(say: Say) {
    this.#say = say;
  }

  declare(name: string, offset: number): void {
    if (fixedNames.test(name)) this.problems.push({ offset, message: this.#say("cannotDeclare", { name }) });
    this.#declared.add(name);
  }

  /** A `var`: it exists, without a value, from the cell's start. */
  declareHoisted(name: string, offset: number): void {
    this.declare(name, offset);
    this.#hoisted.add(name);
  }

  declareImported(name: string, offset: number): void {
    this.declare(name, offset);
    this.#imported.add(name);
  }

  get declared(): readonly string[] {
    return [...this.#declared];
  }

  get imported(): readonly string[] {
    return [...this.#imported];
  }

  get hoisted(): readonly string[] {
    return [...this.#hoisted];
  }
}

/** Whether TypeScript made the name up (a helper, a temporary): such names stay inside the compiled cell. */
export function isAddedName(draft: CellDraft, name: string): boolean {
  return !draft.source.includes(name);
}

/** Whether the language service should say at once that `name` cannot be declared. */
export function isFixedName(name: string): boolean {
  return fixedNames.test(name);
}
