// What the tools share: which notebook and which run are meant.

import { basename } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "../../session/languageClient.ts";
import type { Locale } from "../../shared/words/message.ts";
import { isOurNotebook, ourOpenNotebooks } from "../notebooks.ts";
import type { NotebookKernels } from "../running/controller.ts";
import type { LiveNotebook } from "../running/liveNotebook.ts";
import type { KnownRun } from "../runs/runStore.ts";

export interface ToolContext {
  readonly kernels: NotebookKernels;
  readonly client: Pick<LanguageClient, "request">;
  readonly locale: Locale;
}

/** What every tool may be told. */
export interface NotebookInput {
  /** The file's name or path; the notebook in front of the reader when absent. */
  readonly notebook?: string;
}

export interface RunInput extends NotebookInput {
  /** A run's id or name; the newest when absent. */
  readonly run?: string;
}

/** @throws Error that names the notebooks there are */
export function notebookOf({ notebook: asked }: NotebookInput): vscode.NotebookDocument {
  const open = ourOpenNotebooks();
  const active = vscode.window.activeNotebookEditor?.notebook;
  const visible = vscode.window.visibleNotebookEditors.map(({ notebook }) => notebook).filter(isOurNotebook);
  const found =
    asked === undefined || asked === ""
      ? active && isOurNotebook(active)
        ? active
        : (visible[0] ?? open[0])
      : open.find(({ uri }) => uri.path === asked || uri.fsPath === asked || basename(uri.path) === asked);
  if (found) return found;
  const names = open.map(({ uri }) => basename(uri.path)).join(", ");
  throw new Error(
    open.length === 0
      ? vscode.l10n.t("No nnbook notebook is open. Ask the user to open one, then try again.")
      : vscode.l10n.t("No open notebook is called {0}. Open are: {1}.", asked ?? "", names),
  );
}

export interface AskedRun {
  readonly live: LiveNotebook;
  readonly run: KnownRun;
}

/** @throws Error that says what to run, or names the runs there are */
export function runOf({ kernels }: ToolContext, input: RunInput): AskedRun {
  const document = notebookOf(input);
  const live = kernels.find(document);
  const runs = live?.runs.newestFirst() ?? [];
  const [newest] = runs;
  if (!live || !newest) {
    throw new Error(
      vscode.l10n.t(
        "Nothing was trained in {0} since it was opened. Ask the user to run the cell that calls fit, then try again.",
        basename(document.uri.path),
      ),
    );
  }
  const { run: asked } = input;
  const found =
    asked === undefined || asked === "" ? newest : runs.find((run) => [run.runId, nameOf(run)].includes(asked));
  if (found) return { live, run: found };
  const known = runs.map((run) => `${run.runId} (${nameOf(run)})`).join(", ");
  throw new Error(vscode.l10n.t("There is no run {0}. Known are, the newest first: {1}.", asked ?? "", known));
}

export function nameOf({ report, runId }: KnownRun): string {
  return report?.name ?? runId;
}

/** @throws Error that says why the kernel does not tell */
export function goneRun(kind: "answered" | "noKernel" | "noAnswer", run: KnownRun): Error {
  switch (kind) {
    case "noAnswer":
      return new Error(vscode.l10n.t("The kernel is in the middle of a long computation. Try again in a few seconds."));
    case "answered":
    case "noKernel":
      return new Error(
        vscode.l10n.t(
          "The numbers of run {0} are gone with the kernel or with the variable that held it. Ask the user to run its cell again.",
          nameOf(run),
        ),
      );
  }
}
