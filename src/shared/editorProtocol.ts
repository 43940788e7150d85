// What an editor asks the language worker beside completion, hovers and diagnostics: where names are used, how cells are laid out, what can
// be put right. Every answer is `null` where the notebook or the cell is not known.

import type { CodeChange, CodePlace, FilePlace, TextSpan } from "./codePlaces.ts";

interface OfCell {
  readonly notebookId: string;
  readonly cellId: string;
}

interface AtOffset extends OfCell {
  readonly offset: number;
}

export type EditorRequest =
  | ({ readonly kind: "typeDefinition" | "implementations" | "highlights" | "prepareRename" } & AtOffset)
  | ({ readonly kind: "references"; readonly withDeclarations: boolean } & AtOffset)
  | ({ readonly kind: "rename"; readonly newName: string } & AtOffset)
  | ({ readonly kind: "outline" | "folding" | "semanticTokens" | "organizeImports" } & OfCell)
  | ({ readonly kind: "selectionRanges"; readonly offsets: readonly number[] } & OfCell)
  /** Of a span, or of the whole cell. */
  | ({ readonly kind: "format"; readonly span: TextSpan | null; readonly layout: CodeLayout } & OfCell)
  /** After `key` was typed, which stands before `offset`. */
  | ({ readonly kind: "formatTyped"; readonly key: string; readonly layout: CodeLayout } & AtOffset)
  /** For what is marked in a span. */
  | ({ readonly kind: "quickFixes"; readonly span: TextSpan; readonly layout: CodeLayout } & OfCell)
  /** A quick fix everywhere: its `code` and the id of its `fixAll`. */
  | ({ readonly kind: "fixAll"; readonly code: number; readonly fixId: string; readonly layout: CodeLayout } & OfCell);

export interface EditorAnswers {
  readonly typeDefinition: readonly CodePlace[] | null;
  readonly implementations: readonly CodePlace[] | null;
  readonly references: readonly CodePlace[] | null;
  readonly highlights: readonly Highlight[] | null;
  readonly prepareRename: RenameStart | RenameRefusal | null;
  readonly rename: RenameChanges | RenameRefusal | null;
  readonly outline: readonly OutlineItem[] | null;
  readonly folding: readonly FoldedSpan[] | null;
  /** For each offset the spans around it, from the smallest to the whole cell. */
  readonly selectionRanges: readonly (readonly TextSpan[])[] | null;
  readonly format: readonly LayoutChange[] | null;
  readonly formatTyped: readonly LayoutChange[] | null;
  /** Four numbers for each name: start, length, type, modifiers (a bit for each). */
  readonly semanticTokens: readonly number[] | null;
  readonly quickFixes: readonly QuickFix[] | null;
  readonly fixAll: readonly CodeChange[] | null;
  readonly organizeImports: readonly CodeChange[] | null;
}

/** In TypeScript's order; the names are VS Code's. */
export const semanticTokenTypes = [
  ...(["class", "enum", "interface", "namespace", "typeParameter", "type", "parameter", "variable"] as const),
  ...(["enumMember", "property", "function", "method"] as const),
] as const;
export const semanticTokenModifiers = ["declaration", "static", "async", "readonly", "defaultLibrary"] as const;

/** As the editor is set for the cell. */
export interface CodeLayout {
  /** Columns of one level. */
  readonly indentSize: number;
  readonly usesTabs: boolean;
}

export interface LayoutChange {
  readonly span: TextSpan;
  readonly text: string;
}

/** A use of the name at a place, in the same cell. */
export interface Highlight {
  readonly span: TextSpan;
  readonly isWritten: boolean;
}

export interface RenameStart {
  readonly kind: "ready";
  readonly span: TextSpan;
  readonly name: string;
}

export interface RenameRefusal {
  readonly kind: "refused";
  /** In the reader's language. */
  readonly reason: string;
}

export interface RenameChanges {
  readonly kind: "changes";
  readonly cells: readonly CodeChange[];
  readonly files: readonly (FilePlace & { readonly text: string })[];
}

export interface OutlineItem {
  readonly name: string;
  /** TypeScript's kind of the element: "function", "const" … */
  readonly kind: string;
  readonly isDeprecated: boolean;
  readonly span: TextSpan;
  readonly nameSpan: TextSpan;
  readonly children: readonly OutlineItem[];
}

export interface FoldedSpan {
  readonly span: TextSpan;
  readonly kind: "comment" | "imports" | "region" | "code";
}

export interface QuickFix {
  readonly title: string;
  /** What nearly always is meant. */
  readonly isPreferred: boolean;
  readonly changes: readonly CodeChange[];
  /** The place and code of the diagnostic that it is for. */
  readonly about: TextSpan;
  readonly code: number;
  /** Set when the notebook has the same problem elsewhere too. */
  readonly fixAll: { readonly id: string; readonly title: string } | null;
}
