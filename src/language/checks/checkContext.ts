// What every check of models is given.

import type ts from "typescript";
import type { ModelRules } from "../../shared/modelRules.ts";
import type { Locale } from "../../shared/words/message.ts";
import type { CellsCode } from "../models/cellsCode.ts";
import type { SayCheck } from "./checkWords.ts";

export interface CheckContext {
  readonly code: CellsCode;
  readonly rules: ModelRules;
  readonly say: SayCheck;
  readonly locale: Locale;
  /** Whether the types say already that something is wrong there. */
  readonly hasTypeError: (node: ts.Node) => boolean;
}
