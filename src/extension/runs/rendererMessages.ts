// Talks with the renderer of each notebook editor: live trainings to those who follow them, and what the reader asks for.

import * as vscode from "vscode";
import type { FromRenderer, ToRenderer } from "../../shared/rendererProtocol.ts";
import type { Locale } from "../../shared/words/message.ts";
import { revealPlace } from "../errors/revealPlace.ts";
import { rendererId } from "../ids.ts";
import { editorsOf, findCell, isOurNotebook } from "../notebooks.ts";
import type { NotebookKernels } from "../running/controller.ts";
import type { LiveNotebook } from "../running/liveNotebook.ts";
import type { NotebookNews } from "../running/notebookNews.ts";
import { runIdInItem } from "../running/outputs.ts";
import { askTrusted } from "../trust/trust.ts";
import { answerRemedy, applyRemedy, type FindRemedyChanges, revealRemedy } from "./applyRemedy.ts";
import { LinkedEditors } from "./linkedEditors.ts";
import { takeFromPicture } from "./pictureRequests.ts";
import { revealLayer } from "./revealLayer.ts";
import { cellsToRunAgain, type KnownRun } from "./runStore.ts";

/** After an edit, the outputs are told that they are from an earlier text; not at every key. */
const outdatedDelayMs = 300;

export interface RendererMessagesContext {
  readonly kernels: NotebookKernels;
  readonly findRemedyChanges: FindRemedyChanges;
  readonly locale: Locale;
  readonly log: vscode.LogOutputChannel;
}

export class RendererMessages implements vscode.Disposable {
  readonly #messaging = vscode.notebooks.createRendererMessaging(rendererId);
  readonly #kernels: NotebookKernels;
  readonly #findRemedyChanges: FindRemedyChanges;
  readonly #locale: Locale;
  readonly #followed = new WeakMap<vscode.NotebookEditor, Set<string>>();
  readonly #linkedEditors = new LinkedEditors();
  readonly #outdatedTimers = new Map<vscode.NotebookDocument, NodeJS.Timeout>();
  readonly #disposables: vscode.Disposable[] = [];

  constructor({ kernels, findRemedyChanges, locale, log }: RendererMessagesContext) {
    this.#kernels = kernels;
    this.#findRemedyChanges = findRemedyChanges;
    this.#locale = locale;
    this.#disposables.push(
      this.#messaging.onDidReceiveMessage(({ editor, message }) => {
        // Only our own renderer can send here, in the shapes of `FromRenderer`.
        this.#handle(editor, message as FromRenderer).then(undefined, (problem) => log.error(problem));
      }),
      kernels.onNews((news) => this.#forward(news)),
      vscode.window.onDidChangeVisibleNotebookEditors((visible) => {
        for (const editor of this.#linkedEditors.shown(visible)) this.#sendSteps(editor);
      }),
      vscode.workspace.onDidChangeNotebookDocument(({ notebook }) => this.#checkOutdated(notebook)),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        for (const editor of vscode.window.visibleNotebookEditors) this.#sendEnvironment(editor);
      }),
    );
  }

  dispose(): void {
    for (const timer of this.#outdatedTimers.values()) clearTimeout(timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #handle(editor: vscode.NotebookEditor, message: FromRenderer): Promise<void> {
    const live = this.#kernels.find(editor.notebook);
    switch (message.kind) {
      case "ready":
        this.#sendEnvironment(editor);
        this.#sendOutdated(editor.notebook);
        if (live) this.#sendControls(live, editor);
        this.#sendSteps(editor);
        break;
      case "linkMoved":
        this.#linkedEditors.moved(editor.notebook, message);
        for (const other of editorsOf(editor.notebook)) if (other !== editor) this.#post(message, other);
        break;
      case "followRun":
        this.#follow(editor, message.runId);
        break;
      case "stopTraining":
        live?.stopTraining(message.runId);
        break;
      case "moveControl":
        // Cells run only in a trusted workspace; the renderer knows, and this holds for whatever else comes here.
        if (askTrusted()) live?.moveControl(message.controlId, message.value);
        break;
      case "runAgain":
        await this.#runAgain(editor.notebook, message.runId);
        break;
      case "revealLayer":
        await revealLayer(live, message);
        break;
      case "applyRemedy":
        await applyRemedy(live, message, this.#findRemedyChanges);
        break;
      case "revealRemedy":
        await revealRemedy(live, message);
        break;
      case "askRemedy": {
        const can = await answerRemedy(live, message, this.#findRemedyChanges);
        this.#post({ kind: "remedyAnswered", question: message.question, can }, editor);
        break;
      }
      case "revealPlace":
        await revealPlace(editor.notebook, live, message.place);
        break;
      case "copyText":
      case "saveFile":
        await takeFromPicture(editor.notebook, message);
        break;
    }
  }

  async #runAgain(notebook: vscode.NotebookDocument, runId: string): Promise<void> {
    const live = this.#kernels.find(notebook);
    const run = live?.runs.get(runId);
    const cellIds = live && run ? cellsToRunAgain(run, (cellId) => live.textOf(cellId)) : [];
    const known = cellIds.flatMap((cellId) => findCell(notebook, cellId) ?? []);
    // A race, and a training from the file, are known by their output alone.
    const cells = known.length > 0 ? known : notebook.getCells().filter((cell) => showsRun(cell, runId));
    const ranges = cells.map(({ index }) => ({ start: index, end: index + 1 })).sort((a, b) => a.start - b.start);
    // The editor's own command asks for trust, chooses the kernel and shows the cells as waiting.
    if (ranges.length > 0)
      await vscode.commands.executeCommand("notebook.cell.execute", { ranges, document: notebook.uri });
  }

  #follow(editor: vscode.NotebookEditor, runId: string): void {
    const live = this.#kernels.find(editor.notebook);
    const race = live?.races.get(runId);
    const run = live?.runs.get(runId);
    if (!race && !run?.view) {
      this.#post({ kind: "runUnknown", runId }, editor);
      return;
    }
    const followed = this.#followed.get(editor) ?? new Set();
    this.#followed.set(editor, followed.add(runId));
    if (race) this.#post({ kind: "raceSnapshot", view: race.view, sequence: race.sequence }, editor);
    else if (run) this.#sendSnapshot(run, editor);
  }

  #forward({ notebook, news }: NotebookNews): void {
    if (news.kind !== "runChanged" && news.kind !== "controlsChanged" && news.kind !== "raceChanged") return;
    for (const editor of editorsOf(notebook.document)) {
      if (news.kind === "controlsChanged") {
        this.#sendControls(notebook, editor);
        continue;
      }
      const runId = news.kind === "raceChanged" ? news.view.raceId : news.run.runId;
      if (!this.#followed.get(editor)?.has(runId)) continue;
      if (news.kind === "raceChanged") {
        const race = notebook.races.get(runId);
        if (news.frame) this.#post({ kind: "raceProgressed", frame: news.frame }, editor);
        else if (race) this.#post({ kind: "raceSnapshot", view: race.view, sequence: race.sequence }, editor);
        continue;
      }
      if (news.frame) this.#post({ kind: "trainingProgressed", frame: news.frame }, editor);
      else if (news.run.view?.state !== "running") this.#sendSnapshot(news.run, editor);
    }
  }

  #sendEnvironment(editor: vscode.NotebookEditor): void {
    if (!isOurNotebook(editor.notebook)) return;
    this.#post({ kind: "environment", locale: this.#locale, trusted: vscode.workspace.isTrusted }, editor);
  }

  #sendSteps(editor: vscode.NotebookEditor): void {
    for (const moved of this.#linkedEditors.whereRunsStand(editor.notebook)) this.#post(moved, editor);
  }

  #sendControls({ controlIds }: LiveNotebook, editor: vscode.NotebookEditor): void {
    this.#post({ kind: "controlsLive", controlIds }, editor);
  }

  #sendSnapshot({ view, sequence, stepsPerSecond, secondsLeft }: KnownRun, editor: vscode.NotebookEditor): void {
    if (view) this.#post({ kind: "trainingSnapshot", view, sequence, stepsPerSecond, secondsLeft }, editor);
  }

  #checkOutdated(notebook: vscode.NotebookDocument): void {
    if (!this.#kernels.find(notebook) || this.#outdatedTimers.has(notebook)) return;
    const timer = setTimeout(() => {
      this.#outdatedTimers.delete(notebook);
      this.#sendOutdated(notebook);
    }, outdatedDelayMs);
    this.#outdatedTimers.set(notebook, timer);
  }

  #sendOutdated(notebook: vscode.NotebookDocument): void {
    const live = this.#kernels.find(notebook);
    if (!live) return;
    const textOf = (cellId: string) => live.textOf(cellId);
    const runIds = [...live.runs.outdated(textOf), ...live.races.outdated(textOf)];
    for (const editor of editorsOf(notebook)) this.#post({ kind: "runsOutdated", runIds }, editor);
  }

  #post(message: ToRenderer, editor: vscode.NotebookEditor): void {
    // False when the editor has no renderer just now; it asks again when it gets one.
    void this.#messaging.postMessage(message, editor);
  }
}

/** Whether a cell's outputs show the training or the race of this id. */
function showsRun(cell: vscode.NotebookCell, runId: string): boolean {
  return cell.outputs.some(({ items }) => items.some((item) => runIdInItem(item) === runId));
}
