// Messages between whoever edits or runs notebooks and the language worker (TypeScript over all cells of a notebook).
// Offsets are UTF-16 code units from the start of a cell's text; lines and columns count from 1.

import type { CellNames } from "./cellNames.ts";
import type { CodeChange, CodePlace, TextSpan } from "./codePlaces.ts";
import type { EditorAnswers, EditorRequest } from "./editorProtocol.ts";
import type { CompiledCell, ModulesAnswer } from "./kernelProtocol.ts";
import type { CallPlace } from "./layerReport.ts";
import type { CodeSubject, ModelsInCode } from "./modelsInCode.ts";
import type { RemedyEdit } from "./views.ts";

export interface LanguageCell {
  readonly id: string;
  readonly text: string;
  /** Its place among all cells, as a reader counts them from 1; failing that, its place among those that are given. */
  readonly number?: number;
}

/**
 * A notebook's code cells in order. `folder` is where its imports resolve; `null` for an untitled one outside of any folder.
 * `workspaceFolder`: up to where a tsconfig.json above it counts; its own folder by default.
 */
export interface NotebookSnapshot {
  readonly notebookId: string;
  readonly folder: string | null;
  readonly workspaceFolder?: string | undefined;
  readonly version: number;
  readonly cells: readonly LanguageCell[];
}

export type { CodeChange, TextSpan };

export type LanguageRequest =
  | EditorRequest
  | { readonly kind: "updateNotebook"; readonly notebook: NotebookSnapshot }
  | { readonly kind: "closeNotebook"; readonly notebookId: string }
  /** Compiles one cell; `label` ("Cell 3") stands in messages and stack traces. Needs no open notebook. */
  | { readonly kind: "compileCell"; readonly cellId: string; readonly label: string; readonly source: string }
  | {
      readonly kind: "compileModules";
      readonly specifier: string;
      readonly folder: string;
      readonly workspaceFolder?: string | undefined;
    }
  | {
      readonly kind: "complete";
      readonly notebookId: string;
      readonly cellId: string;
      readonly offset: number;
      readonly trigger: string | null;
    }
  | {
      readonly kind: "resolveCompletion";
      readonly notebookId: string;
      readonly cellId: string;
      readonly offset: number;
      readonly name: string;
      readonly source: string | null;
      readonly importFrom: string | null;
    }
  | { readonly kind: "signatureHelp"; readonly notebookId: string; readonly cellId: string; readonly offset: number }
  | { readonly kind: "hover"; readonly notebookId: string; readonly cellId: string; readonly offset: number }
  | { readonly kind: "definition"; readonly notebookId: string; readonly cellId: string; readonly offset: number }
  /** `unsaved`: paths of files that the editor holds with changes; modules are read as they were saved. */
  | { readonly kind: "diagnose"; readonly notebookId: string; readonly unsaved?: readonly string[] }
  /** What do the cells say of models before they run? */
  | { readonly kind: "describeModels"; readonly notebookId: string }
  /** What is the code at a place about, that a run may know numbers of? */
  | { readonly kind: "findSubject"; readonly notebookId: string; readonly cellId: string; readonly offset: number }
  /** The text of a file of types, by the path that a place in it has. */
  | { readonly kind: "readTypes"; readonly notebookId: string; readonly path: string }
  /** Which cells use the value of a control? Needs no open notebook. */
  | ({ readonly kind: "findControlUsers" } & ControlQuestion)
  /** Which names do these cells make and take? An answer for each text. Needs no open notebook. */
  | { readonly kind: "findCellNames"; readonly texts: readonly string[] }
  /** Where does a remedy's change belong in the cells? Needs no open notebook. */
  | ({ readonly kind: "findRemedyChanges" } & RemedyQuestion)
  /** What does each cell declare, and use of the others? Needs no open notebook. */
  | { readonly kind: "outlineCells"; readonly cells: readonly LanguageCell[] }
  /** Where does a cell declare a name at its top level? Needs no open notebook. */
  | { readonly kind: "findDeclaration"; readonly source: string; readonly name: string }
  /** The notebook as one TypeScript file. `folders`: where it and the notebook stand; `null` where that is not known. Needs no open notebook. */
  | {
      readonly kind: "writeScript";
      readonly cells: readonly ScriptCell[];
      readonly title: string;
      readonly folders: {
        readonly script: string;
        readonly notebook: string;
        readonly workspace?: string | undefined;
      } | null;
    }
  /** Other values for variables of cells. Needs no open notebook. */
  | {
      readonly kind: "setParameters";
      readonly cells: readonly LanguageCell[];
      readonly parameters: readonly NotebookParameter[];
    };

/** A variable of a cell, and the value it is to have, as text. */
export interface NotebookParameter {
  readonly name: string;
  readonly value: string;
}

export type ParameterAnswer =
  | { readonly kind: "set"; readonly changes: readonly CodeChange[] }
  | {
      readonly kind: "unknown";
      readonly name: string;
      readonly known: readonly string[];
      readonly nearest: string | null;
    }
  | { readonly kind: "wrongValue"; readonly name: string; readonly value: string; readonly expected: string }
  /** A menu that does not offer the value. `offered`: what it does, as code. */
  | { readonly kind: "notOffered"; readonly name: string; readonly value: string; readonly offered: readonly string[] }
  /** A slider that does not reach the value. */
  | {
      readonly kind: "outOfRange";
      readonly name: string;
      readonly value: string;
      readonly min: number;
      readonly max: number;
    };

export interface CellOutline {
  readonly id: string;
  /** The names it declares at its top level, imported ones among them. */
  readonly declares: readonly string[];
  /** The names of other cells that it reads or changes. */
  readonly uses: readonly string[];
}

export interface ScriptCell {
  /** "other": code in another language, which a script holds as a comment. */
  readonly kind: "code" | "markdown" | "other";
  readonly text: string;
}

export interface Script {
  readonly text: string;
  /** Names that only notebooks have and whose results cells use: there the script must be changed by hand. */
  readonly leftOver: readonly { readonly cell: number; readonly name: string }[];
}

export interface ControlQuestion {
  /** All code cells in order; the one that shows the control with the text it ran with. */
  readonly cells: readonly LanguageCell[];
  /** The cell that shows the control. */
  readonly cellId: string;
  /** The call that made it; `null` when it was not made in a cell. */
  readonly place: CallPlace | null;
}

export interface ControlUsers {
  /** The variable that holds nothing but the control's value, where no other part of its own cell reads it: giving it the value is enough. */
  readonly name: string | null;
  /** The cells that must run again, in order. Holds the control's own cell only when it must. */
  readonly cellIds: readonly string[];
}

export interface RemedyQuestion {
  /** All code cells in order, as they are now. */
  readonly cells: readonly LanguageCell[];
  /** The cell with the run's `fit`. */
  readonly fitCellId: string;
  /** The run's layers that were made in cells, with the place of their calls in the texts as they are now. */
  readonly layers: readonly { readonly name: string; readonly cellId: string; readonly offset: number }[];
  readonly edits: readonly RemedyEdit[];
}

/** The answer to each kind of request. */
export interface LanguageAnswers extends EditorAnswers {
  readonly updateNotebook: null;
  readonly closeNotebook: null;
  readonly compileCell: CompileResult;
  readonly compileModules: ModulesAnswer;
  readonly complete: CompletionList | null;
  readonly resolveCompletion: CompletionDetails | null;
  readonly signatureHelp: SignatureHelp | null;
  readonly hover: Hover | null;
  readonly definition: readonly CodePlace[];
  readonly diagnose: readonly CellDiagnostic[];
  readonly describeModels: ModelsInCode;
  readonly findSubject: CodeSubject | null;
  /** `null` for what is no file of types. */
  readonly readTypes: string | null;
  readonly findControlUsers: ControlUsers;
  readonly findCellNames: readonly CellNames[];
  /** `null` where the place or the value to change is not certain. */
  readonly findRemedyChanges: readonly CodeChange[] | null;
  readonly outlineCells: readonly CellOutline[];
  readonly findDeclaration: TextSpan | null;
  readonly writeScript: Script;
  readonly setParameters: ParameterAnswer;
}

export type LanguageToWorker =
  | { readonly id: number; readonly request: LanguageRequest }
  /** Nobody waits for the answer any more: it is left out if it has not begun. */
  | { readonly cancelled: number };
export type LanguageFromWorker =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: string };

export type CompileResult =
  | { readonly kind: "compiled"; readonly compiled: CompiledCell }
  | { readonly kind: "failed"; readonly errors: readonly CompileError[] };

export interface CompileError {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface CompletionList {
  readonly entries: readonly CompletionEntry[];
  /** True when more may follow as the user types. */
  readonly incomplete: boolean;
}

export interface CompletionEntry {
  readonly name: string;
  /** TypeScript's kind of the element: "method", "property", "const" … */
  readonly kind: string;
  readonly sortText: string;
  readonly insertText: string | null;
  readonly replace: TextSpan | null;
  readonly source: string | null;
  readonly deprecated: boolean;
  /** Characters that take the suggestion as well when they are typed. */
  readonly commit: readonly string[];
  readonly isRecommended: boolean;
  /** The module that the cell would have to import it from. */
  readonly importFrom: string | null;
}

export interface CompletionDetails {
  readonly signature: string;
  /** Markdown. */
  readonly documentation: string;
  /** What else changes in the cell: an import is added. */
  readonly changes: readonly CodeChange[];
}

export interface SignatureHelp {
  readonly activeSignature: number;
  readonly activeParameter: number;
  readonly signatures: readonly {
    readonly label: string;
    readonly documentation: string;
    readonly parameters: readonly {
      readonly label: readonly [start: number, end: number];
      readonly documentation: string;
    }[];
  }[];
}

export interface Hover {
  readonly signature: string;
  /** Markdown: the doc comment with its tags. */
  readonly documentation: string;
  readonly span: TextSpan;
  /** Set when the hovered call makes a layer: the place to look up in the runs' reports. */
  readonly layerCall: { readonly cellId: string; readonly line: number; readonly column: number } | null;
}

export interface CellDiagnostic {
  readonly cellId: string;
  readonly span: TextSpan;
  readonly severity: "error" | "warning" | "hint";
  readonly code: number;
  readonly message: string;
  /** Drawn faded (unused) or struck through (deprecated). */
  readonly tag: "unnecessary" | "deprecated" | null;
  /** What should stand there instead, where that is certain. */
  readonly replacement?: string;
  /** What the replacement stands for, where that is not just what is marked. */
  readonly replaced?: TextSpan;
  /** Path of the module that an editor holds with changes, where that is what it says. */
  readonly unsavedModule?: string;
}
