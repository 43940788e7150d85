// One execution of one cell, as the editor sees it: its outputs in order, text gathered so that the window is not flooded.

import * as vscode from "vscode";
import type { CellError, Output } from "../../shared/outputs.ts";
import { endLateOutputs, LateOutputs, type OutputOperation } from "./lateOutputs.ts";
import { errorItems, raceOf, runIdOf, streamItem, toOutputItems } from "./outputs.ts";
import { noteOutput } from "./runNotes.ts";

type Stream = "stdout" | "stderr";

/** Text is gathered this long before it is shown. */
const gatherMs = 60;
/** A cell's printed text beyond this is not kept: it would make the file, its backups and the window slow. */
const longestText = 1_000_000;

export interface CellRunContext {
  /** It runs because of what a reader changed: its new outputs take the place of those that stand, one by one. */
  readonly isAgain: boolean;
  readonly isDebugged: boolean;
  readonly controller: vscode.NotebookController;
  readonly log: (problem: unknown) => void;
}

export class CellRun {
  readonly cell: vscode.NotebookCell;
  /** A debugger is to be there when it runs. */
  readonly isDebugged: boolean;
  /** The cell's text when it was asked to run. */
  readonly source: string;
  /** It is ended because it is to run again at once. */
  makesWay = false;
  /** The user stopped it. */
  isStopped = false;
  readonly #context: CellRunContext;
  readonly #displays = new Map<string, vscode.NotebookCellOutput>();
  /** The display of each training and race, by their ids. */
  readonly #runs = new Map<string, string>();
  /** What the cell shows now, in order; a run that takes its place may write into these. */
  readonly #shown: vscode.NotebookCellOutput[] = [];
  /** Outputs of the run before that still stand: each new output takes the place of the next, so that the page does not jump. */
  #standing: vscode.NotebookCellOutput[] = [];
  #execution: vscode.NotebookCellExecution;
  #order = 0;
  #startMs = 0;
  #end: { readonly isSuccess: boolean | undefined; readonly ms: number } | null = null;
  #work: Promise<void> = Promise.resolve();
  #gathered: { readonly stream: Stream; text: string }[] = [];
  #timer: NodeJS.Timeout | null = null;
  #streamOutput: { readonly stream: Stream; readonly output: vscode.NotebookCellOutput } | null = null;
  #textLength = 0;
  /** Whether the editor was seen to show outputs of this run: none later means that the reader cleared them. */
  #hasStood = false;
  #showsRace = false;
  readonly #late: LateOutputs;

  constructor(cell: vscode.NotebookCell, context: CellRunContext) {
    this.cell = cell;
    this.source = cell.document.getText();
    this.#context = context;
    this.isDebugged = context.isDebugged;
    endLateOutputs(cell);
    this.#execution = context.controller.createNotebookCellExecution(cell);
    this.#late = new LateOutputs({
      ...{ cell, log: context.log },
      open: () => this.#openAgain(),
      close: (execution) => execution.end(this.#end?.isSuccess, this.#end?.ms),
    });
  }

  /** Fires when the user stops this cell. */
  get token(): vscode.CancellationToken {
    return this.#execution.token;
  }

  /** It shows a race, which says itself how it ended and how to go on. */
  get showsRace(): boolean {
    return this.#showsRace;
  }

  /** `before`: the cell's run before this one. */
  start(order: number, before: CellRun | null = null): void {
    this.#order = order;
    this.#startMs = Date.now();
    this.#execution.executionOrder = order;
    this.#execution.start(this.#startMs);
    // Outputs that the reader removed meanwhile cannot be written into.
    if (this.#context.isAgain && before !== null && before.#shown.length === this.cell.outputs.length)
      this.#standing = [...before.#shown];
    else this.#do((execution) => execution.clearOutput());
  }

  print(stream: Stream, text: string): void {
    if (this.#textLength >= longestText) return;
    const room = longestText - this.#textLength;
    this.#textLength += text.length;
    this.#gather(stream, text.slice(0, room));
    if (text.length >= room) {
      this.#gather(
        "stderr",
        `\n${vscode.l10n.t("The text is cut here: a cell keeps at most a million characters.")}\n`,
      );
    }
  }

  display(displayId: string, output: Output): void {
    this.#displays.set(displayId, this.#append(new vscode.NotebookCellOutput(toOutputItems(output))));
    if (raceOf(output) !== null) this.#showsRace = true;
    const runId = runIdOf(output);
    if (runId !== null && !this.#runs.has(runId)) this.#runs.set(runId, displayId);
  }

  updateDisplay(displayId: string, output: Output): void {
    const shown = this.#displays.get(displayId);
    if (!shown) return;
    this.#flush();
    this.#write("replaceOutputItems", toOutputItems(output), shown);
  }

  /** Puts the last known state of a training or a race into its output, when the kernel cannot do it any more or not yet. */
  async keepRun(runId: string, output: Output): Promise<void> {
    const displayId = this.#runs.get(runId);
    if (displayId !== undefined) this.updateDisplay(displayId, output);
    await this.#work;
    await this.#late.flush();
  }

  showError(error: CellError): void {
    this.#append(new vscode.NotebookCellOutput(errorItems(error)));
  }

  showNote(note: string): void {
    this.#append(new vscode.NotebookCellOutput(toOutputItems(noteOutput(note))));
  }

  /** Ends the execution after all outputs so far. `undefined` is neither success nor failure: it was stopped. */
  async end(isSuccess: boolean | undefined): Promise<void> {
    this.#flush();
    // What still stands of the run before goes, unless the next run is about to replace it.
    if (this.makesWay) this.#shown.push(...this.#standing);
    else if (this.#standing.length > 0) this.#do((execution) => execution.replaceOutput(this.#shown));
    this.#standing = [];
    const end = { isSuccess, ms: Date.now() };
    this.#do(async (execution) => {
      this.#end = end;
      execution.end(isSuccess, end.ms);
    });
    await this.#work;
  }

  /** Ends an execution that never started; the cell keeps what it shows. */
  skip(): void {
    this.#end = { isSuccess: undefined, ms: Date.now() };
    this.#execution.end(undefined);
  }

  /** Shows an output: at the end, or in the place of one that still stands, which is then the one to change later. */
  #append(output: vscode.NotebookCellOutput): vscode.NotebookCellOutput {
    this.#flush();
    this.#streamOutput = null;
    return this.#place(output);
  }

  #place(output: vscode.NotebookCellOutput): vscode.NotebookCellOutput {
    const standing = this.#standing.shift();
    this.#shown.push(standing ?? output);
    if (standing) this.#write("replaceOutputItems", output.items, standing);
    else this.#do((execution) => execution.appendOutput(output));
    return standing ?? output;
  }

  #gather(stream: Stream, text: string): void {
    const last = this.#gathered.at(-1);
    if (last?.stream === stream) last.text += text;
    else this.#gathered.push({ stream, text });
    this.#timer ??= setTimeout(() => this.#flush(), gatherMs);
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const texts = this.#gathered;
    this.#gathered = [];
    for (const { stream, text } of texts) this.#writeText(stream, text);
  }

  #writeText(stream: Stream, text: string): void {
    const item = streamItem(stream, text);
    if (this.#streamOutput?.stream === stream) {
      this.#write("appendOutputItems", [item], this.#streamOutput.output);
      return;
    }
    this.#streamOutput = { stream, output: this.#place(new vscode.NotebookCellOutput([item])) };
  }

  /** Writes into an output that stands. Where the reader cleared the outputs meanwhile, it stands anew, with what comes from now on. */
  #write(
    how: "replaceOutputItems" | "appendOutputItems",
    items: vscode.NotebookCellOutputItem[],
    output: vscode.NotebookCellOutput,
  ): void {
    this.#do((execution) => {
      const stands = this.cell.outputs.length > 0;
      this.#hasStood ||= stands;
      if (stands || !this.#hasStood) return execution[how](items, output);
      this.#hasStood = false;
      output.items = items;
      return execution.appendOutput(output);
    });
  }

  /** Output operations happen one after the other: the editor does not order them itself. */
  #do(operation: OutputOperation): void {
    this.#work = this.#work
      .then(() => (this.#end ? this.#late.add(operation) : operation(this.#execution)))
      // The cell may be gone, or busy with its next execution: then there is nowhere to show this.
      .then(undefined, this.#context.log);
  }

  #openAgain(): vscode.NotebookCellExecution {
    const execution = this.#context.controller.createNotebookCellExecution(this.cell);
    execution.executionOrder = this.#order;
    execution.start(this.#startMs);
    return execution;
  }
}
