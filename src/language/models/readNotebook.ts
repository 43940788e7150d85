// The models of a notebook, read once for each state of its code: descriptions, hovers and checks ask for the same.

import type ts from "typescript";
import type { ModelRules } from "../../shared/modelRules.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { CellsCode } from "./cellsCode.ts";
import { type ModelInCode, readModels } from "./modelsInCode.ts";

export interface ReadNotebook {
  readonly code: CellsCode;
  readonly models: readonly ModelInCode[];
}

/** A type checker is of one state of the code; another state has another. */
const known = new WeakMap<ts.TypeChecker, ReadNotebook>();

/** `null` where there is no program yet. */
export function readNotebook(notebook: NotebookService, rules: ModelRules): ReadNotebook | null {
  const code = CellsCode.of(notebook);
  if (code === null) return null;
  const read = known.get(code.checker) ?? { code, models: readModels(code, rules) };
  known.set(code.checker, read);
  return read;
}
