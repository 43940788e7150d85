// What a reader points at in one editor of a notebook, for its other editors: the step and the layer of a run.

import type * as vscode from "vscode";
import type { LinkMoved } from "../../shared/rendererProtocol.ts";

/** The steps of so many choices of runs are kept for editors that open later. */
const keptSteps = 50;

export class LinkedEditors {
  /** Editors that could be seen when they last changed. */
  #visible: ReadonlySet<vscode.NotebookEditor> = new Set();
  readonly #steps = new WeakMap<vscode.NotebookDocument, Map<string, LinkMoved>>();

  /** Keeps the step that the reader chose; where a layer is pointed at passes. */
  moved(notebook: vscode.NotebookDocument, message: LinkMoved): void {
    if (message.to.kind !== "step") return;
    const steps = this.#steps.get(notebook) ?? new Map<string, LinkMoved>();
    this.#steps.set(notebook, steps);
    const key = message.runIds.join();
    // The newest come last: a run that stands in two pictures is where it was moved to last.
    steps.delete(key);
    steps.set(key, message);
    const [oldest] = steps.keys();
    if (steps.size > keptSteps && oldest !== undefined) steps.delete(oldest);
  }

  /** Takes the editors that can be seen now, and gives those that could not before: what was moved meanwhile did not reach them. */
  shown(visible: readonly vscode.NotebookEditor[]): readonly vscode.NotebookEditor[] {
    const before = this.#visible;
    this.#visible = new Set(visible);
    return visible.filter((editor) => !before.has(editor));
  }

  /** Where an editor begins that shows this notebook only now. */
  whereRunsStand(notebook: vscode.NotebookDocument): readonly LinkMoved[] {
    return [...(this.#steps.get(notebook)?.values() ?? [])];
  }
}
