// Problems of models under the cells' text: what the code alone shows, and after a run what its diagnosis found.

import * as vscode from "vscode";
import type { ModelProblem, ProblemCode } from "../../shared/modelsInCode.ts";
import type { FindingKind } from "../../shared/views.ts";
import type { Locale } from "../../shared/words/message.ts";
import { type LanguageNotebooks, toRange } from "../languageFeatures/languageNotebooks.ts";
import { QuietNotebooks } from "../languageFeatures/quietNotebooks.ts";
import { cellIdOf, findCell, isCodeCell, isOurNotebook, ourOpenNotebooks } from "../notebooks.ts";
import type { NotebookKernels } from "../running/controller.ts";
import type { NotebookModels } from "./notebookModels.ts";
import type { OldRuns } from "./oldRuns.ts";
import type { ProblemsPage } from "./problemsPage.ts";
import { isReplaced, type RunFindingInCode, runFindings } from "./runFindings.ts";

export interface ModelDiagnosticsContext {
  readonly notebooks: LanguageNotebooks;
  readonly models: NotebookModels;
  readonly kernels: NotebookKernels;
  readonly oldRuns: OldRuns;
  readonly problemsPage: ProblemsPage;
  readonly locale: Locale;
  readonly log: vscode.LogOutputChannel;
}

/** A problem as it is marked, with what mends it. */
export class ModelDiagnostic extends vscode.Diagnostic {
  readonly origin:
    | { readonly kind: "code"; readonly problem: ModelProblem }
    | { readonly kind: "run"; readonly finding: RunFindingInCode };

  constructor(
    range: vscode.Range,
    message: string,
    severity: vscode.DiagnosticSeverity,
    origin: ModelDiagnostic["origin"],
  ) {
    super(range, message, severity);
    this.source = "nnbook";
    this.origin = origin;
  }
}

export class ModelDiagnostics implements vscode.Disposable {
  readonly #context: ModelDiagnosticsContext;
  readonly #collection = vscode.languages.createDiagnosticCollection("nnbook models");
  readonly #quiet: QuietNotebooks;
  /** What is marked, by the address of the cell. */
  readonly #marked = new Map<vscode.NotebookDocument, ReadonlyMap<string, readonly ModelDiagnostic[]>>();
  readonly #disposables: vscode.Disposable[] = [];

  constructor(context: ModelDiagnosticsContext) {
    this.#context = context;
    this.#quiet = new QuietNotebooks((notebook) => this.#mark(notebook), context.log);
    this.#disposables.push(
      this.#quiet,
      context.notebooks.onChange((notebook) => this.#quiet.changed(notebook)),
      context.kernels.onNews(({ notebook, news }) => {
        if (news.kind === "runChanged" && news.frame === null) this.#quiet.changed(notebook.document);
      }),
      vscode.workspace.onDidCloseNotebookDocument((notebook) => this.#close(notebook)),
    );
    for (const notebook of ourOpenNotebooks()) this.#quiet.changed(notebook);
  }

  /** What is marked in a cell. */
  of(notebook: vscode.NotebookDocument, document: vscode.TextDocument): readonly ModelDiagnostic[] {
    return this.#marked.get(notebook)?.get(document.uri.toString()) ?? [];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    this.#collection.dispose();
  }

  async #mark(notebook: vscode.NotebookDocument): Promise<void> {
    const { models, kernels, oldRuns, locale } = this.#context;
    const [described, isOld] = await Promise.all([models.of(notebook), oldRuns.of(notebook)]);
    const live = kernels.find(notebook);
    const textOf = (cellId: string) => live?.textOf(cellId);
    const findings = live ? runFindings({ runs: live.runs, textOf, isOld }, described, locale) : [];
    const inCode = described.problems.filter((problem) => !isReplaced(problem, findings));
    const all = await Promise.all(
      [
        ...inCode.map((problem) => ofCode(notebook, problem)),
        ...findings.map((finding) => ofRun(notebook, finding)),
      ].flatMap((each) => (each === null ? [] : this.#withPage(each))),
    );
    // What was typed meanwhile made the spans wrong; the next round is on its way.
    if (this.#quiet.isWaiting(notebook) || notebook.isClosed) return;
    const before = this.#marked.get(notebook) ?? new Map();
    const marked = new Map<string, ModelDiagnostic[]>();
    for (const { uri, diagnostic } of all) marked.set(uri, [...(marked.get(uri) ?? []), diagnostic]);
    this.#marked.set(notebook, marked);
    for (const uri of new Set([...before.keys(), ...marked.keys()]))
      this.#collection.set(vscode.Uri.parse(uri), marked.get(uri) ?? []);
  }

  /** Its code leads to where the problems page explains it. */
  async #withPage({ uri, diagnostic, code }: Placed): Promise<Marked> {
    diagnostic.code = { value: code, target: await this.#context.problemsPage.place(code) };
    return { uri, diagnostic };
  }

  #close(notebook: vscode.NotebookDocument): void {
    if (!isOurNotebook(notebook)) return;
    this.#quiet.forget(notebook);
    for (const uri of this.#marked.get(notebook)?.keys() ?? []) this.#collection.delete(vscode.Uri.parse(uri));
    this.#marked.delete(notebook);
  }
}

interface Marked {
  readonly uri: string;
  readonly diagnostic: ModelDiagnostic;
}

interface Placed extends Marked {
  readonly code: ProblemCode | FindingKind;
}

const severities: Readonly<Record<ModelProblem["severity"], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

function ofCode(notebook: vscode.NotebookDocument, problem: ModelProblem): Placed | null {
  const cell = findCell(notebook, problem.cellId);
  if (!cell) return null;
  const { message, severity, code } = problem;
  const range = toRange(cell.document, problem.span);
  const diagnostic = new ModelDiagnostic(range, message, severities[severity], { kind: "code", problem });
  return { uri: cell.document.uri.toString(), diagnostic, code };
}

function ofRun(notebook: vscode.NotebookDocument, finding: RunFindingInCode): Placed | null {
  const cell = notebook.getCells().find((each) => isCodeCell(each) && cellIdOf(each) === finding.cellId);
  if (!cell) return null;
  const start = cell.document.positionAt(finding.offset);
  const range = cell.document.getWordRangeAtPosition(start) ?? new vscode.Range(start, start);
  const diagnostic = new ModelDiagnostic(range, finding.message, severities[finding.severity], {
    kind: "run",
    finding,
  });
  return { uri: cell.document.uri.toString(), diagnostic, code: finding.kind };
}
