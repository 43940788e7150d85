// For a line of Python: the same in TypeScript, with the end of the block that it opens; or all of the cell at once.

import type { LayoutChange, QuickFix } from "../../shared/editorProtocol.ts";
import type { CellDiagnostic } from "../../shared/languageProtocol.ts";
import { allPythonIn, joinedChanges } from "../foreign/python.ts";
import type { Say } from "../languageWords.ts";
import type { NotebookService } from "../program/notebookService.ts";

type Fix = Omit<QuickFix, "about">;

export function pythonFixes(
  notebook: NotebookService,
  { cellId, span, code }: CellDiagnostic,
  say: Say,
): readonly Fix[] {
  const source = notebook.cell(cellId)?.text ?? "";
  const all = allPythonIn(source);
  const marked = all.find(({ start }) => start === span.start);
  if (marked === undefined) return [];
  const fix = (title: string, changes: readonly LayoutChange[], isPreferred: boolean): Fix => ({
    ...{ title, isPreferred, fixAll: null, code },
    changes: changes.map((change) => ({ cellId, ...change })),
  });
  return [
    fix(say("toTypescript", { code: marked.code }), marked.changes, true),
    ...(all.length > 1 ? [fix(say("allToTypescript"), joinedChanges(source, all), false)] : []),
  ];
}
