// What the newest run says of the layers that a call made, as Markdown with the link to its pictures.

import * as vscode from "vscode";
import type { CellPlace } from "../../shared/layerReport.ts";
import type { Locale } from "../../shared/words/message.ts";
import { commands } from "../ids.ts";
import type { NotebookKernels } from "../running/controller.ts";
import { layerHover } from "./layerHover.ts";

/** `null` when no run knows of the call. */
export type LayerMarkdown = (notebook: vscode.NotebookDocument, place: CellPlace) => vscode.MarkdownString | null;

export function layerMarkdownOf(kernels: NotebookKernels, locale: Locale): LayerMarkdown {
  return (notebook, place) => {
    const live = kernels.find(notebook);
    if (!live) return null;
    const text = layerHover({
      runs: live.runs.newestFirst(),
      place,
      textOf: (cellId) => live.textOf(cellId),
      locale,
      showRunLink: (runId) => showRunLink(notebook, runId),
    });
    return text === null ? null : runMarkdown(text);
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
