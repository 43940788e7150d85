// What the newest run says of the layers that a call made, as Markdown with the link to its pictures; before a run, what the code says.

import * as vscode from "vscode";
import type { CellPlace } from "../../shared/layerReport.ts";
import type { Locale } from "../../shared/words/message.ts";
import { commands } from "../ids.ts";
import type { NotebookKernels } from "../running/controller.ts";
import { layerHover, layerInCodeText } from "./layerHover.ts";
import type { NotebookModels } from "./notebookModels.ts";
import type { OldRuns } from "./oldRuns.ts";
import { isSameCallPlace } from "./placedLayers.ts";

/** `null` when neither a run nor the code tells anything of the call. */
export type LayerMarkdown = (
  notebook: vscode.NotebookDocument,
  place: CellPlace,
) => Promise<vscode.MarkdownString | null>;

export interface LayerMarkdownContext {
  readonly kernels: NotebookKernels;
  readonly models: NotebookModels;
  readonly oldRuns: OldRuns;
  readonly locale: Locale;
}

export function layerMarkdownOf({ kernels, models, oldRuns, locale }: LayerMarkdownContext): LayerMarkdown {
  return async (notebook, place) => {
    const live = kernels.find(notebook);
    const isOld = await oldRuns.of(notebook);
    const ofRun = live
      ? layerHover({
          ...{ runs: live.runs.newestFirst(), place, isOld, locale },
          textOf: (cellId) => live.textOf(cellId),
          showRunLink: (runId) => showRunLink(notebook, runId),
        })
      : null;
    if (ofRun !== null) return runMarkdown(ofRun);
    const { layers } = await models.of(notebook);
    const layer = layers.find((each) => isSameCallPlace(each.place, place));
    const text = layer ? layerInCodeText(layer, locale) : null;
    return text === null ? null : new vscode.MarkdownString(text);
  };
}

/** The command link that shows a run's pictures. */
export function showRunLink(notebook: vscode.NotebookDocument, runId: string): string {
  return `command:${commands.showRun}?${encodeURIComponent(JSON.stringify([notebook.uri.toString(), runId]))}`;
}

/** Markdown that may hold such links. */
export function runMarkdown(text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text, true);
  markdown.isTrusted = { enabledCommands: [commands.showRun] };
  return markdown;
}
