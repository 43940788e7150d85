// What a reader has done and seen, for the marks of the walkthrough: cells ran, gradients vanished, gradients came back.

import * as vscode from "vscode";
import { contexts } from "../ids.ts";
import type { NotebookKernels } from "../running/controller.ts";
import type { CellNews } from "../running/notebookNews.ts";

/** Sets each context once; the editor itself remembers which steps of the walkthrough are done. */
export function watchFirstSteps(kernels: NotebookKernels): vscode.Disposable {
  const done = new Set<string>();
  return kernels.onNews(({ news }) => {
    for (const context of stepsDone(news, done)) {
      done.add(context);
      void vscode.commands.executeCommand("setContext", context, true);
    }
  });
}

/** The steps that one piece of news adds to those done. Gradients come back only where they had vanished before. */
export function stepsDone(news: CellNews, done: ReadonlySet<string>): readonly string[] {
  return stepsShownBy(news, done).filter((context) => !done.has(context));
}

function stepsShownBy(news: CellNews, done: ReadonlySet<string>): readonly string[] {
  if (news.kind === "cellStarted") return [contexts.hasRunCell];
  if (news.kind !== "runChanged" || news.run.view?.state !== "finished") return [];
  const verdict = news.run.report?.verdict.kind;
  if (verdict === "vanishing") return [contexts.hasSeenVanishing];
  return verdict === "healthy" && done.has(contexts.hasSeenVanishing) ? [contexts.hasSeenHealthy] : [];
}
