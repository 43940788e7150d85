// What may be typed at a place in a cell, and what each of it is.

import ts from "typescript";
import type { CompletionDetails, CompletionEntry, CompletionList } from "../../shared/languageProtocol.ts";
import { namedThing } from "../program/knownNames.ts";
import type { CellSpot } from "../program/notebookProgram.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { documentationMarkdown } from "./documentation.ts";

const preferences: ts.UserPreferences = {
  includeCompletionsWithInsertText: true,
  includeCompletionsForModuleExports: false,
  includeCompletionsWithSnippetText: false,
  quotePreference: "double",
};

const triggerCharacters: ReadonlySet<string> = new Set<ts.CompletionsTriggerCharacter>([
  ".",
  '"',
  "'",
  "`",
  "/",
  "@",
  "<",
  "#",
  " ",
]);

export function completeAt(notebook: NotebookService, spot: CellSpot, trigger: string | null): CompletionList | null {
  const offset = notebook.offset(spot);
  if (offset === null) return null;
  const found = notebook.service.getCompletionsAtPosition(notebook.file, offset, {
    ...preferences,
    ...(isTrigger(trigger) ? { triggerCharacter: trigger } : {}),
  });
  if (found === undefined) return null;
  const shared = found.optionalReplacementSpan;
  const entries = found.entries.filter(isUseful).map((entry) => completionEntry(notebook, spot, entry, shared));
  return { entries, incomplete: found.isIncomplete === true };
}

export function resolveCompletion(
  notebook: NotebookService,
  spot: CellSpot,
  entry: { readonly name: string; readonly source: string | null },
): CompletionDetails | null {
  const offset = notebook.offset(spot);
  if (offset === null) return null;
  const source = entry.source ?? undefined;
  const details = notebook.service.getCompletionEntryDetails(
    notebook.file,
    offset,
    entry.name,
    {},
    source,
    preferences,
    undefined,
  );
  if (details === undefined) return null;
  return {
    signature: ts.displayPartsToString(details.displayParts),
    documentation:
      documentationMarkdown(details.documentation, details.tags) ||
      (namedThing(notebook, offset, entry.name)?.documentation ?? ""),
  };
}

function completionEntry(
  notebook: NotebookService,
  spot: CellSpot,
  entry: ts.CompletionEntry,
  shared: ts.TextSpan | undefined,
): CompletionEntry {
  const span = entry.replacementSpan ?? shared;
  const replaced = span === undefined ? null : notebook.program.toCellSpan(span);
  return {
    name: entry.name,
    kind: entry.kind,
    sortText: entry.sortText,
    insertText: entry.insertText ?? null,
    replace: replaced?.cellId === spot.cellId ? replaced.span : null,
    source: entry.source ?? null,
    deprecated: entry.kindModifiers?.split(",").includes("deprecated") === true,
  };
}

/** Words that merely occur in the text are no suggestions of ours. */
function isUseful(entry: ts.CompletionEntry): boolean {
  return entry.kind !== ts.ScriptElementKind.warning;
}

function isTrigger(trigger: string | null): trigger is ts.CompletionsTriggerCharacter {
  return trigger !== null && triggerCharacters.has(trigger);
}
