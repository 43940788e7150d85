// The view of the variables: what the kernel of the shown notebook holds, asked for again while the view is seen.

import { basename } from "node:path";
import * as vscode from "vscode";
import { variablesViewId } from "../ids.ts";
import type { NotebookKernels } from "../running/controller.ts";
import type { LiveNotebook } from "../running/liveNotebook.ts";
import type { ShownNotebook } from "./shownNotebook.ts";
import { variableItem } from "./variableItem.ts";
import { type VariableNode, VariablesModel } from "./variablesModel.ts";

/** While a cell runs, values change all the time; after it timers and controls may still change some. */
const busyDelayMs = 1000;
const idleDelayMs = 2500;
/** In a long native call, or with objects that take long to look at, it is not asked again at once. */
const unansweredDelayMs = 5000;
/** What is asked may take this share of the kernel's time, not more. */
const largestShare = 0.05;
/** After a cell ended, or another notebook came to the front. */
const soonMs = 50;

export interface VariablesViewContext {
  readonly kernels: NotebookKernels;
  readonly shown: ShownNotebook;
}

export class VariablesView implements vscode.TreeDataProvider<VariableNode>, vscode.Disposable {
  readonly #kernels: NotebookKernels;
  readonly #shown: ShownNotebook;
  readonly #model: VariablesModel;
  readonly #changes = new vscode.EventEmitter<readonly VariableNode[] | null>();
  readonly #view: vscode.TreeView<VariableNode>;
  readonly #disposables: vscode.Disposable[] = [];
  #timer: NodeJS.Timeout | null = null;
  #isAsking = false;
  readonly onDidChangeTreeData = this.#changes.event as vscode.Event<VariableNode[] | null>;

  constructor({ kernels, shown }: VariablesViewContext) {
    this.#kernels = kernels;
    this.#shown = shown;
    this.#model = new VariablesModel({
      ask: async (question) => (await this.live?.peek(question)) ?? { kind: "noKernel" },
      changed: (nodes) => this.#changes.fire(nodes),
    });
    this.#view = vscode.window.createTreeView(variablesViewId, { treeDataProvider: this, showCollapseAll: true });
    this.#disposables.push(
      this.#view,
      this.#changes,
      this.#view.onDidChangeVisibility(() => this.#askIn(soonMs)),
      this.#view.onDidCollapseElement(({ element }) => this.#model.close(element.path)),
      shown.onDidChange(() => this.#begin()),
      kernels.onNews(({ notebook, news }) => {
        if (notebook !== this.live) return;
        if (news.kind === "kernelEnded") this.#begin();
        // The first time after a cell began: what it declared is there.
        else if (news.kind === "cellEnded" || news.kind === "cellStarted") this.#askIn(soonMs);
      }),
    );
    this.#begin();
  }

  /** The notebook whose variables are shown, if it has run a cell. */
  get live(): LiveNotebook | undefined {
    return this.#shown.document ? this.#kernels.find(this.#shown.document) : undefined;
  }

  get isSortedByName(): boolean {
    return this.#model.order === "name";
  }

  sort(byName: boolean): void {
    this.#model.clear(byName ? "name" : "defined");
    this.#askIn(soonMs);
  }

  getTreeItem(node: VariableNode): vscode.TreeItem {
    return variableItem(node);
  }

  async getChildren(node?: VariableNode): Promise<VariableNode[]> {
    return [...(await this.#model.children(node?.path ?? []))];
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** Another notebook, or another kernel. */
  #begin(): void {
    const { document } = this.#shown;
    this.#view.description = document ? basename(document.uri.path) : "";
    this.#view.message = "";
    this.#model.clear();
    this.#askIn(soonMs);
  }

  #askIn(delayMs: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      // Problems are answers: it never rejects.
      void this.#ask();
    }, delayMs);
  }

  async #ask(): Promise<void> {
    if (!this.#view.visible || this.#isAsking) return;
    this.#isAsking = true;
    const { kind, tookMs } = await this.#model.refresh();
    this.#isAsking = false;
    this.#view.message = this.#message(kind);
    const isBusy = this.live?.isBusy === true;
    // A first cell that is busy has a kernel soon.
    if (this.#timer === null && (kind !== "noKernel" || isBusy))
      this.#askIn(
        kind === "noAnswer" ? unansweredDelayMs : Math.max(isBusy ? busyDelayMs : idleDelayMs, tookMs / largestShare),
      );
  }

  #message(kind: "answered" | "noKernel" | "noAnswer"): string {
    switch (kind) {
      case "answered":
        // The cell that runs may declare some yet.
        return this.#model.variables.length === 0 && !this.live?.isBusy
          ? vscode.l10n.t("The cells that ran have declared no variables.")
          : "";
      case "noAnswer":
        return vscode.l10n.t("The kernel is in the middle of a long computation: these are the values of before.");
      case "noKernel":
        return "";
    }
  }
}
