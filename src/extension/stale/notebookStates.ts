// What is known of an open notebook's cells, for whoever asks which are out of date: their names as the language worker reads them, and how they ran.

import type * as vscode from "vscode";
import type { CellNames } from "../../shared/cellNames.ts";
import { cellIdOf, isCodeCell } from "../notebooks.ts";
import type { LiveNotebook } from "../running/liveNotebook.ts";
import type { RanCell } from "../running/ranCells.ts";
import type { CellState, LastRun, NotebookState } from "./cellStates.ts";

export type FindCellNames = (texts: readonly string[]) => Promise<readonly CellNames[]>;

/** Texts whose names are kept; beyond, all are forgotten and asked for anew. */
const mostTexts = 1000;

export class NotebookStates {
  readonly #findCellNames: FindCellNames;
  readonly #names = new Map<string, CellNames>();

  constructor(findCellNames: FindCellNames) {
    this.#findCellNames = findCellNames;
  }

  async stateOf(notebook: vscode.NotebookDocument, live: LiveNotebook | undefined): Promise<NotebookState> {
    const cells = notebook.getCells().filter(isCodeCell);
    const ids = new Set(cells.map(cellIdOf));
    const last = live?.ran.last ?? new Map<string, RanCell>();
    const ranTexts = [...last.values()].flatMap(({ texts }) => texts.map(({ text }) => text));
    const texts = [...cells.map((cell) => cell.document.getText()), ...ranTexts];
    const namesOf = await this.#namesOf(texts);
    const lastRun = (id: string): LastRun | null => {
      const ran = last.get(id);
      if (ran === undefined) return null;
      const history = ran.texts.map(({ text, order }) => ({ names: namesOf(text), order }));
      return { ...ran, names: namesOf(ran.text), history };
    };
    const stateOfCell = (cell: vscode.NotebookCell): CellState => {
      const id = cellIdOf(cell);
      return {
        ...{ id, names: namesOf(cell.document.getText()), lastRun: lastRun(id) },
        ...{ isUnderWay: live?.isUnderWay(id) ?? false, hasOutputs: cell.outputs.length > 0 },
      };
    };
    const removed = [...last].filter(([id]) => !ids.has(id));
    return {
      cells: cells.map(stateOfCell),
      kernel: live?.ran.kernel ?? 1,
      deaths: live?.ran.deaths ?? new Map(),
      removedNames: new Set(removed.flatMap(([, { text }]) => namesOf(text).declares)),
    };
  }

  /** Asks for what is not known yet. */
  async #namesOf(texts: readonly string[]): Promise<(text: string) => CellNames> {
    if (this.#names.size > mostTexts) this.#names.clear();
    const unknown = [...new Set(texts)].filter((text) => !this.#names.has(text));
    const found = new Map(this.#names);
    if (unknown.length > 0) {
      const names = await this.#findCellNames(unknown);
      for (const [index, text] of unknown.entries()) {
        const ofText = names[index];
        if (ofText) found.set(text, ofText);
        if (ofText) this.#names.set(text, ofText);
      }
    }
    return (text) => found.get(text) ?? nameless(text);
  }
}

function nameless(text: string): CellNames {
  return { declares: [], imports: [], fixed: [], uses: [], changes: [], makings: new Map(), code: text };
}
