// One cell of TypeScript → code the kernel runs, with a map from it back to the cell. Needs no notebook and no library files.

import remapping from "@jridgewell/remapping";
import type { CompileError, CompileResult } from "../../shared/languageProtocol.ts";
import { type Say, sayIn } from "../languageWords.ts";
import { positionMapper } from "../program/sourcePositions.ts";
import { eraseCellTypes, inOrder } from "./eraseTypes.ts";
import { rewriteTopLevel } from "./rewriteTopLevel.ts";

export interface CellSource {
  readonly cellId: string;
  /** How the cell is called in messages: "Cell 3". */
  readonly label: string;
  readonly source: string;
}

/**
 * Compiles a cell. The code is one expression: a promise of the value of the cell's last expression.
 *
 * It expects `declarations` to exist on the global object, and `$nn.import(specifier, neededNames)`, `$nn.meta` and `$nn.thrown(value)` there.
 * All syntax errors are given, each at its line and column of the cell.
 */
export function compileCell({ cellId, label, source }: CellSource, say: Say = sayIn("en")): CompileResult {
  const erased = eraseCellTypes(source, say);
  if (erased.kind === "failed") return erased;
  const rewritten = rewriteTopLevel(erased.code, source, say);
  if (rewritten.kind === "failed") {
    const sourcePosition = positionMapper(erased.code, erased.map);
    const errors: CompileError[] = rewritten.problems.map(({ offset, message }) => ({
      ...sourcePosition(offset),
      message,
    }));
    return { kind: "failed", errors: inOrder(errors) };
  }
  const rewriteMap = rewritten.text.generateMap({ hires: "boundary", source: "erased.js", includeContent: false });
  const map = remapping([rewriteMap.toString(), erased.map], () => null, { excludeContent: true });
  map.file = label;
  map.sources = [cellId];
  return {
    kind: "compiled",
    compiled: {
      code: rewritten.text.toString(),
      map: map.toString(),
      declarations: rewritten.declarations,
      imports: rewritten.imports,
    },
  };
}
