// Variables opened as grids: a tab each, beside the notebook, that follows its value while it is seen.

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { FromGrid, ToGrid } from "../../shared/gridProtocol.ts";
import type { Peeked, VariablePath } from "../../shared/peekProtocol.ts";
import { type TensorWindow, viewMimeTypes } from "../../shared/views.ts";
import type { Locale } from "../../shared/words/message.ts";
import { gridPanelType } from "../ids.ts";
import { editorsOf } from "../notebooks.ts";
import type { NotebookKernels } from "../running/controller.ts";
import type { LiveNotebook } from "../running/liveNotebook.ts";
import { takeFromPicture } from "../runs/pictureRequests.ts";
import { gridHtml } from "./gridHtml.ts";
import { notThere } from "./missingVariable.ts";
import { keyOf } from "./variablesModel.ts";

const busyDelayMs = 1000;
const idleDelayMs = 2500;

export interface GridPanelsContext {
  readonly kernels: NotebookKernels;
  /** The folder of the extension. */
  readonly extension: vscode.Uri;
  readonly locale: Locale;
  readonly log: vscode.LogOutputChannel;
}

export class GridPanels implements vscode.Disposable {
  readonly #context: GridPanelsContext;
  readonly #panels = new Map<string, GridPanel>();
  readonly #watching: vscode.Disposable;

  constructor(context: GridPanelsContext) {
    this.#context = context;
    this.#watching = context.kernels.onNews(({ notebook, news }) => {
      if (news.kind !== "cellEnded" && news.kind !== "kernelEnded") return;
      for (const panel of this.#panels.values()) if (panel.live === notebook) panel.refresh();
    });
  }

  /** Shows a value of a notebook, in the tab that shows it already if there is one. */
  async open(live: LiveNotebook, path: VariablePath): Promise<void> {
    const key = `${live.document.uri.toString()} ${keyOf(path)}`;
    const known = this.#panels.get(key);
    if (known) return known.reveal();
    const first = await live.peek({ kind: "drawGrid", path, window: null });
    if (first.kind !== "answered" || first.answer === null) {
      void vscode.window.showInformationMessage(notThere(path.at(-1) ?? "", first.kind === "noAnswer"));
      return;
    }
    const title = first.answer.name ?? path.at(-1) ?? "";
    const panel = new GridPanel(this.#context, { live, path, title });
    this.#panels.set(key, panel);
    panel.onEnd(() => this.#panels.delete(key));
  }

  dispose(): void {
    this.#watching.dispose();
    for (const panel of [...this.#panels.values()]) panel.dispose();
  }
}

class GridPanel {
  readonly live: LiveNotebook;
  readonly #context: GridPanelsContext;
  readonly #path: VariablePath;
  readonly #title: string;
  readonly #panel: vscode.WebviewPanel;
  #window: TensorWindow | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** What the page shows. */
  #shown = "";

  constructor(
    context: GridPanelsContext,
    { live, path, title }: { readonly live: LiveNotebook; readonly path: VariablePath; readonly title: string },
  ) {
    this.#context = context;
    this.live = live;
    this.#path = path;
    this.#title = title;
    const dist = vscode.Uri.joinPath(context.extension, "dist");
    // Beside the notebook: what changes it stays in sight.
    const beside = editorsOf(live.document).length > 0 ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    this.#panel = vscode.window.createWebviewPanel(
      gridPanelType,
      title,
      { viewColumn: beside, preserveFocus: false },
      { enableScripts: true, localResourceRoots: [dist], enableFindWidget: true },
    );
    const icon = (name: string) => vscode.Uri.joinPath(context.extension, "media", "icons", name);
    this.#panel.iconPath = { light: icon("notebookLight.svg"), dark: icon("notebookDark.svg") };
    this.#panel.webview.onDidReceiveMessage((message: FromGrid) => {
      this.#receive(message).then(undefined, (problem) => context.log.error(problem));
    });
    this.#panel.onDidChangeViewState(() => this.refresh());
    this.#panel.onDidDispose(() => {
      if (this.#timer) clearTimeout(this.#timer);
    });
    this.#panel.webview.html = gridHtml(this.#panel.webview, {
      dist,
      title,
      locale: context.locale,
      nonce: randomBytes(16).toString("base64url"),
    });
  }

  onEnd(end: () => void): void {
    this.#panel.onDidDispose(end);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  /** Asks for the value now, and again as long as the tab is seen. */
  refresh(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#panel.visible) this.#show().then(undefined, (problem) => this.#context.log.error(problem));
  }

  async #receive(message: FromGrid): Promise<void> {
    switch (message.kind) {
      case "gridReady":
        // A page that was hidden begins anew.
        this.#shown = "";
        this.refresh();
        break;
      case "showWindow":
        this.#window = message.window;
        this.refresh();
        break;
      case "fromPicture":
        await takeFromPicture(this.live.document, message.message);
        break;
    }
  }

  async #show(): Promise<void> {
    const window = this.#window;
    const peeked = await this.live.peek({ kind: "drawGrid", path: this.#path, window });
    // Another part was asked for meanwhile.
    if (window !== this.#window) return;
    const message = this.#messageOf(peeked, window);
    const text = JSON.stringify(message);
    if (message && text !== this.#shown) {
      this.#shown = text;
      void this.#panel.webview.postMessage(message);
    }
    if (this.#timer === null && this.#panel.visible && peeked.kind !== "noKernel")
      this.#timer = setTimeout(() => this.refresh(), this.live.isBusy ? busyDelayMs : idleDelayMs);
  }

  #messageOf(peeked: Peeked<"drawGrid">, window: TensorWindow | null): ToGrid | null {
    switch (peeked.kind) {
      case "answered":
        if (peeked.answer === null) return { kind: "gridGone", text: notThere(this.#title, false) };
        return { kind: "gridShown", mime: viewMimeTypes[peeked.answer.kind], view: peeked.answer, window };
      case "noKernel":
        return {
          kind: "gridGone",
          text: vscode.l10n.t("The kernel is gone: these are the numbers of before. Run the cells again."),
        };
      case "noAnswer":
        return null;
    }
  }
}
