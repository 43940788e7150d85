// Hovers with the net's numbers over models, runs, losses, optimizers and activations, and over whatever variable holds them.

import * as vscode from "vscode";
import type { Locale } from "../../shared/words/message.ts";
import { type LanguageNotebooks, toRange } from "../languageFeatures/languageNotebooks.ts";
import type { NotebookKernels } from "../running/controller.ts";
import { runMarkdown, showRunLink } from "./layerMarkdown.ts";
import type { NotebookModels } from "./notebookModels.ts";
import type { OldRuns } from "./oldRuns.ts";
import { type RaceSubject, raceHover } from "./raceHover.ts";
import { subjectHover } from "./subjectHover.ts";

export interface NumbersHoverContext {
  readonly notebooks: LanguageNotebooks;
  readonly models: NotebookModels;
  readonly kernels: NotebookKernels;
  readonly oldRuns: OldRuns;
  readonly locale: Locale;
}

export class NumbersHover implements vscode.HoverProvider {
  readonly #context: NumbersHoverContext;

  constructor(context: NumbersHoverContext) {
    this.#context = context;
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | null> {
    const { notebooks, models, kernels, oldRuns, locale } = this.#context;
    const place = notebooks.locate(document, position);
    if (!place) return null;
    const { notebook, notebookId, cellId, offset } = place;
    const subject = await notebooks.client.requestWhile(token, { kind: "findSubject", notebookId, cellId, offset });
    if (!subject || token.isCancellationRequested) return null;
    if (subject.kind === "race") return this.#hoverRace(document, notebook, subject);
    const [{ layers }, isOld] = await Promise.all([models.of(notebook), oldRuns.of(notebook)]);
    const live = kernels.find(notebook);
    const text = subjectHover({
      ...{ subject, layers, isOld, locale },
      runs: live?.runs.newestFirst() ?? [],
      textOf: (id) => live?.textOf(id),
      showRunLink: (runId) => showRunLink(notebook, runId),
    });
    return text === null ? null : new vscode.Hover(runMarkdown(text), toRange(document, subject.span));
  }

  async #hoverRace(document: vscode.TextDocument, notebook: vscode.NotebookDocument, subject: RaceSubject) {
    const { kernels, oldRuns, locale } = this.#context;
    const live = kernels.find(notebook);
    const races = live?.races.ofCell(subject.cellId) ?? [];
    if (!live || races.length === 0) return null;
    const edited = await oldRuns.editedCells(notebook, live);
    const text = raceHover({ subject, races, isOld: edited.has(subject.cellId), locale });
    return text === null
      ? null
      : new vscode.Hover(new vscode.MarkdownString(text, true), toRange(document, subject.span));
  }
}
