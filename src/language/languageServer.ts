// Answers every request of the language protocol. Compiling works at once; the type files are read when first needed.

import ts from "typescript";
import type { CellDiagnostic, LanguageAnswers, LanguageRequest, NotebookSnapshot } from "../shared/languageProtocol.ts";
import type { ModelRules } from "../shared/modelRules.ts";
import type { Locale } from "../shared/words/message.ts";
import { cellNames } from "./change/cellNames.ts";
import { findControlUsers } from "./change/controlUsers.ts";
import { setParameters } from "./change/parameters.ts";
import { findRemedyChanges } from "./change/remedyChanges.ts";
import { compileCell } from "./compile/cellCompiler.ts";
import { compileModules } from "./compile/moduleCompiler.ts";
import { diagnoseNotebook } from "./diagnostics/diagnostics.ts";
import { unsavedModules } from "./diagnostics/unsavedModules.ts";
import { answerEditor } from "./editorAnswers.ts";
import { outlineCells } from "./features/cellOutline.ts";
import { completeAt, resolveCompletion } from "./features/completion.ts";
import { declarationPlace } from "./features/declarationPlace.ts";
import { hoverAt } from "./features/hover.ts";
import { signatureAt } from "./features/signature.ts";
import { withOtherMembers } from "./foreign/otherMembers.ts";
import { type Say, sayIn } from "./languageWords.ts";
import { describeModels } from "./models/describeModels.ts";
import { subjectAt } from "./models/subjectAt.ts";
import { definitionAt } from "./names/definition.ts";
import { type LanguageFiles, SharedFiles } from "./program/languageHost.ts";
import { NotebookService } from "./program/notebookService.ts";
import { writeScript } from "./script/scriptWriter.ts";

type AnyAnswer = LanguageAnswers[keyof LanguageAnswers];

interface OpenNotebook {
  snapshot: NotebookSnapshot;
  /** Made when the notebook is first asked about. */
  service: NotebookService | null;
}

/** Both are read when they are first needed. */
export interface LanguageServerOptions {
  readonly readFiles: () => LanguageFiles;
  readonly readRules: () => ModelRules;
  /** English by default. */
  readonly locale?: Locale;
  /** Asked during long work: `true` ends it, and `answer` throws TypeScript's `OperationCanceledException`. */
  readonly isInterrupted?: () => boolean;
}

export class LanguageServer {
  readonly #readFiles: () => LanguageFiles;
  readonly #readRules: () => ModelRules;
  readonly #locale: Locale;
  readonly #isInterrupted: () => boolean;
  readonly #say: Say;
  readonly #notebooks = new Map<string, OpenNotebook>();
  #shared: { readonly files: SharedFiles; readonly registry: ts.DocumentRegistry } | null = null;

  constructor({ readFiles, readRules, locale = "en", isInterrupted = () => false }: LanguageServerOptions) {
    this.#readFiles = readFiles;
    this.#readRules = readRules;
    this.#locale = locale;
    this.#isInterrupted = isInterrupted;
    this.#say = sayIn(locale);
  }

  answer<Request extends LanguageRequest>(request: Request): LanguageAnswers[Request["kind"]];
  answer(request: LanguageRequest): AnyAnswer {
    switch (request.kind) {
      case "updateNotebook":
        return this.#update(request.notebook);
      case "closeNotebook":
        return this.#close(request.notebookId);
      case "compileCell":
        return compileCell(request, this.#say);
      case "compileModules":
        return compileModules(request.specifier, request, this.#say);
      case "complete":
        return this.#ask(request, (notebook) => completeAt(notebook, request, request.trigger), null);
      case "resolveCompletion":
        return this.#ask(request, (notebook) => resolveCompletion(notebook, request, request), null);
      case "signatureHelp":
        return this.#ask(request, (notebook) => signatureAt(notebook, request), null);
      case "hover":
        return this.#ask(request, (notebook) => hoverAt(notebook, request), null);
      case "definition":
        return this.#ask(request, (notebook) => definitionAt(notebook, request), []);
      case "diagnose":
        return this.#ask(request, (notebook) => this.#diagnose(notebook, request.unsaved), []);
      case "describeModels":
        return this.#ask(request, (notebook) => describeModels(notebook, this.#readRules(), this.#locale), {
          layers: [],
          problems: [],
          fits: [],
        });
      case "findSubject":
        return this.#ask(request, (notebook) => subjectAt(notebook, request, this.#readRules()), null);
      case "readTypes":
        return this.#ask(request, (notebook) => notebook.typesText(request.path), null);
      case "findControlUsers":
        return findControlUsers(request);
      case "findCellNames":
        return request.texts.map(cellNames);
      case "findRemedyChanges":
        return findRemedyChanges(request);
      case "outlineCells":
        return outlineCells(request.cells);
      case "findDeclaration":
        return declarationPlace(request.source, request.name);
      case "writeScript":
        return writeScript(request.cells, request, this.#say);
      case "setParameters":
        return setParameters(request.cells, request.parameters);
      case "typeDefinition":
      case "implementations":
      case "references":
      case "highlights":
      case "prepareRename":
      case "rename":
      case "outline":
      case "folding":
      case "selectionRanges":
      case "format":
      case "formatTyped":
      case "semanticTokens":
      case "quickFixes":
      case "fixAll":
      case "organizeImports":
        return this.#ask(request, (notebook) => answerEditor(notebook, request, this.#say), null);
    }
  }

  #diagnose(notebook: NotebookService, unsaved: readonly string[] = []): readonly CellDiagnostic[] {
    const found = withOtherMembers(notebook, diagnoseNotebook(notebook, this.#say), this.#readRules, this.#say);
    return [...found, ...unsavedModules(notebook, unsaved, this.#say)];
  }

  #update(snapshot: NotebookSnapshot): null {
    const open = this.#notebooks.get(snapshot.notebookId);
    if (open === undefined) {
      this.#notebooks.set(snapshot.notebookId, { snapshot, service: null });
      return null;
    }
    // Messages come in order, but an older version must never win.
    if (snapshot.version < open.snapshot.version) return null;
    const { folder, workspaceFolder } = open.snapshot;
    if (snapshot.folder !== folder || snapshot.workspaceFolder !== workspaceFolder) {
      open.service?.dispose();
      open.service = null;
    }
    open.snapshot = snapshot;
    open.service?.update(snapshot.cells);
    return null;
  }

  #close(notebookId: string): null {
    this.#notebooks.get(notebookId)?.service?.dispose();
    this.#notebooks.delete(notebookId);
    return null;
  }

  /** The answer for an open notebook; `unknown` for one that is closed or was never opened. */
  #ask<Answer>(
    { notebookId }: { readonly notebookId: string },
    answer: (notebook: NotebookService) => Answer,
    unknown: Answer,
  ): Answer {
    const open = this.#notebooks.get(notebookId);
    if (open === undefined) return unknown;
    if (open.service === null) {
      this.#shared ??= {
        files: new SharedFiles(this.#readFiles(), this.#isInterrupted),
        registry: ts.createDocumentRegistry(ts.sys.useCaseSensitiveFileNames),
      };
      open.service = new NotebookService(open.snapshot, this.#shared.files, this.#shared.registry);
    }
    return open.service.answer(answer);
  }
}
