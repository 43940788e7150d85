// Answers what an editor asks about the cells of an open notebook: names, layout, what can be put right.

import type { CodeChange } from "../shared/codePlaces.ts";
import type { EditorAnswers, EditorRequest } from "../shared/editorProtocol.ts";
import type { LanguageCell } from "../shared/languageProtocol.ts";
import { diagnoseNotebook } from "./diagnostics/diagnostics.ts";
import { fixAllOf, quickFixesAt } from "./fixes/quickFixes.ts";
import { organizeImports } from "./imports/organizeImports.ts";
import type { Say } from "./languageWords.ts";
import { implementationsAt, typeDefinitionAt } from "./names/definition.ts";
import { highlightsAt, referencesAt } from "./names/references.ts";
import { prepareRename, rename } from "./names/rename.ts";
import { semanticTokensOf } from "./names/semanticTokens.ts";
import type { NotebookService } from "./program/notebookService.ts";
import { foldingOf } from "./syntax/folding.ts";
import { formatCell, formatTyped } from "./syntax/formatting.ts";
import { outlineOf } from "./syntax/outline.ts";
import { selectionRangesOf } from "./syntax/selectionRanges.ts";

export function answerEditor(
  notebook: NotebookService,
  request: EditorRequest,
  say: Say,
): EditorAnswers[EditorRequest["kind"]] {
  const cell = notebook.cell(request.cellId);
  if (cell === null) return null;
  switch (request.kind) {
    case "typeDefinition":
      return typeDefinitionAt(notebook, request);
    case "implementations":
      return implementationsAt(notebook, request);
    case "references":
      return referencesAt(notebook, request, request.withDeclarations);
    case "highlights":
      return highlightsAt(notebook, request);
    case "prepareRename":
      return prepareRename(notebook, request, say);
    case "rename":
      return rename(notebook, request, request.newName, say);
    case "outline":
      return outlineOf(cell.text);
    case "folding":
      return foldingOf(cell.text);
    case "selectionRanges":
      return selectionRangesOf(cell.text, request.offsets);
    case "format":
      return formatCell(cell.text, request.span, request.layout);
    case "formatTyped":
      return formatTyped(cell.text, request, request.layout);
    case "semanticTokens":
      return semanticTokensOf(notebook, cell.id);
    case "quickFixes":
      return quickFixesAt(notebook, request, say);
    case "fixAll":
      return fixAllOf(notebook, request, say);
    case "organizeImports":
      return organizedImports(notebook, cell, say);
  }
}

/** What is unused is what the whole notebook does not use. */
function organizedImports(notebook: NotebookService, { id, text }: LanguageCell, say: Say): readonly CodeChange[] {
  const unused = diagnoseNotebook(notebook, say).filter(({ cellId, tag }) => cellId === id && tag === "unnecessary");
  const change = organizeImports(
    text,
    unused.map(({ span }) => span),
  );
  return change === null ? [] : [{ cellId: id, ...change }];
}
