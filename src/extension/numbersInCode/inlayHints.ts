// Hints between the code of cells: the shape and size of each layer, and after a run how its gradient fares.

import * as vscode from "vscode";
import type { LayerInCode } from "../../shared/modelsInCode.ts";
import type { Locale } from "../../shared/words/message.ts";
import { settings } from "../ids.ts";
import type { LanguageNotebooks } from "../languageFeatures/languageNotebooks.ts";
import { cellIdOfDocument, notebookOfDocument } from "../notebooks.ts";
import type { NotebookKernels } from "../running/controller.ts";
import { hintOffset, layerHint } from "./layerHints.ts";
import type { LayerMarkdown } from "./layerMarkdown.ts";
import type { NotebookModels } from "./notebookModels.ts";
import type { OldRuns } from "./oldRuns.ts";

/** While a training runs its layers' numbers change with each epoch: the hints four times a second at most. */
const refreshMs = 250;

export interface InlayHintsContext {
  readonly notebooks: LanguageNotebooks;
  readonly models: NotebookModels;
  readonly kernels: NotebookKernels;
  readonly oldRuns: OldRuns;
  readonly layerMarkdown: LayerMarkdown;
  readonly locale: Locale;
}

class LayerInlayHint extends vscode.InlayHint {
  readonly notebook: vscode.NotebookDocument;
  readonly layer: LayerInCode;

  constructor(position: vscode.Position, label: string, about: Pick<LayerInlayHint, "notebook" | "layer">) {
    super(position, label);
    this.paddingLeft = true;
    // Its health follows its shape.
    this.paddingRight = true;
    this.notebook = about.notebook;
    this.layer = about.layer;
  }
}

export class LayerInlayHints implements vscode.InlayHintsProvider<LayerInlayHint>, vscode.Disposable {
  readonly #context: InlayHintsContext;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #watching: vscode.Disposable;
  #timer: NodeJS.Timeout | null = null;
  readonly onDidChangeInlayHints = this.#changes.event;

  constructor(context: InlayHintsContext) {
    this.#context = context;
    this.#watching = vscode.Disposable.from(
      context.kernels.onNews(({ news }) => {
        // Between two epochs nothing new is known of the layers.
        if (news.kind === "runChanged" && news.frame === null) this.#refreshSoon();
      }),
      // The data in one cell decide the shapes in another.
      context.notebooks.onChange(() => this.#refreshSoon()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("nnbook.inlayHints")) this.#changes.fire();
      }),
    );
  }

  async provideInlayHints(
    document: vscode.TextDocument,
    range: vscode.Range,
    token: vscode.CancellationToken,
  ): Promise<LayerInlayHint[]> {
    const notebook = notebookOfDocument(document);
    const configuration = vscode.workspace.getConfiguration();
    const shown = {
      shape: configuration.get(settings.shapeHints, true),
      health: configuration.get(settings.healthHints, true),
    };
    if (!notebook || (!shown.shape && !shown.health)) return [];
    const { version } = document;
    const { models, oldRuns } = this.#context;
    const [{ layers }, isOld] = await Promise.all([models.of(notebook), oldRuns.of(notebook)]);
    if (token.isCancellationRequested || document.version !== version) return [];
    const live = this.#context.kernels.find(notebook);
    const runs = live?.runs.newestFirst() ?? [];
    const textOf = (cellId: string) => live?.textOf(cellId);
    const text = document.getText();
    const cellId = cellIdOfDocument(document);
    return layers
      .filter(({ place }) => place.cellId === cellId)
      .flatMap((layer) => {
        const position = document.positionAt(hintOffset(text, layer.end));
        if (!range.contains(position)) return [];
        const hint = layerHint({ layer, runs, textOf, isOld, locale: this.#context.locale });
        return (["shape", "health"] as const).flatMap((kind) => {
          const label = shown[kind] ? hint[kind] : null;
          return label === null ? [] : [new LayerInlayHint(position, label, { notebook, layer })];
        });
      });
  }

  /** What the hover says of the layer. */
  async resolveInlayHint(hint: LayerInlayHint): Promise<LayerInlayHint> {
    hint.tooltip = (await this.#context.layerMarkdown(hint.notebook, hint.layer.place)) ?? shapeTooltip(hint.layer);
    return hint;
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#watching.dispose();
    this.#changes.dispose();
  }

  #refreshSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#changes.fire();
    }, refreshMs);
  }
}

function shapeTooltip({ name, parameters }: LayerInCode): string {
  const what = vscode.l10n.t("What {0} gives for a batch of examples", name);
  return parameters === null ? what : `${what} · ${vscode.l10n.t("{0} parameters", parameters)}`;
}
