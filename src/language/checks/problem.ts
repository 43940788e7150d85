// What a check finds, in places of the program; and how that becomes a problem in a cell.

import type ts from "typescript";
import type { CodeChange } from "../../shared/codePlaces.ts";
import type { ModelProblem, ProblemCode } from "../../shared/modelsInCode.ts";
import type { TextEdit } from "../change/callOptions.ts";
import type { CellsCode } from "../models/cellsCode.ts";

export interface Found {
  readonly node: ts.Node;
  readonly severity: ModelProblem["severity"];
  readonly code: ProblemCode;
  readonly message: string;
  readonly fixes: readonly FoundFix[];
}

export interface FoundFix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** A fix, where its edits are certain. */
export function fix(title: string, edits: readonly TextEdit[] | null): readonly FoundFix[] {
  return edits === null || edits.length === 0 ? [] : [{ title, edits }];
}

/** All edits, or none: a fix is never done by half. */
export function together(...parts: readonly (readonly TextEdit[] | null)[]): readonly TextEdit[] | null {
  return parts.includes(null) ? null : parts.flatMap((part) => part ?? []);
}

/** `null` for what does not stand in a cell. A fix of which a part stands in none is left out. */
export function problemInCell({ node, fixes, ...rest }: Found, code: CellsCode): ModelProblem | null {
  const place = code.spanOf(node);
  if (place === null) return null;
  return {
    ...place,
    ...rest,
    fixes: fixes.flatMap(({ title, edits }) => {
      const changes = edits.flatMap((edit) => changeInCell(edit, code) ?? []);
      return changes.length === edits.length ? [{ title, changes }] : [];
    }),
  };
}

function changeInCell({ start, end, text }: TextEdit, code: CellsCode): CodeChange | null {
  const [from, to] = [code.toCell(start), code.toCell(end)];
  if (from === null || to === null || from.cellId !== to.cellId) return null;
  return { cellId: from.cellId, span: { start: from.offset, length: to.offset - from.offset }, text };
}
