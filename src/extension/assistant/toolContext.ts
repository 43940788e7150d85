// What the tools share: which notebook and which run are meant.

import { basename } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "../../session/languageClient.ts";
import type { PeekAnswers, PeekQuestion } from "../../shared/peekProtocol.ts";
import type { Locale } from "../../shared/words/message.ts";
import { isOurNotebook, ourOpenNotebooks } from "../notebooks.ts";
import type { NotebookKernels } from "../running/controller.ts";
import type { LiveNotebook } from "../running/liveNotebook.ts";
import type { KnownRun } from "../runs/runStore.ts";
import { type SavedRun, savedRunsOf } from "./savedRuns.ts";

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

/** A run that is meant: one that this window's kernel trained, one that outputs show, or both. */
export interface AskedRun {
  readonly runId: string;
  readonly name: string;
  readonly live: LiveNotebook | null;
  readonly saved: SavedRun | null;
}

/** @throws Error that says what to run, or names the runs there are */
export function runOf({ kernels }: ToolContext, input: RunInput): AskedRun {
  const document = notebookOf(input);
  const runs = runsOf(document, kernels.find(document));
  const [newest] = runs;
  if (!newest) {
    throw new Error(
      vscode.l10n.t(
        "Nothing was trained in {0} since it was opened, and no output in it shows a training. Ask the user to run the cell that calls fit, then try again.",
        basename(document.uri.path),
      ),
    );
  }
  const { run: asked } = input;
  const found =
    asked === undefined || asked === "" ? newest : runs.find((run) => [run.runId, run.name].includes(asked));
  if (found) return found;
  const known = runs.map(({ runId, name }) => `${runId} (${name})`).join(", ");
  throw new Error(vscode.l10n.t("There is no run {0}. Known are, the newest first: {1}.", asked ?? "", known));
}

/** The newest first; those of this session before those that only outputs show. */
function runsOf(document: vscode.NotebookDocument, live: LiveNotebook | undefined): readonly AskedRun[] {
  const saved = savedRunsOf(document);
  const known = (live?.runs.newestFirst() ?? []).map((run) => ({
    ...{ runId: run.runId, name: nameOf(run), live: live ?? null },
    saved: saved.find(({ runId }) => runId === run.runId) ?? null,
  }));
  const others = saved.filter(({ runId }) => known.every((run) => run.runId !== runId));
  return [...known, ...others.map((run) => ({ runId: run.runId, name: run.name, live: null, saved: run }))];
}

export function nameOf({ report, runId }: KnownRun): string {
  return report?.name ?? runId;
}

/** What a kernel knows of a run; `null` when it, or the variable that held the run, is gone.
 *
 * @throws Error when the kernel is too busy to tell
 */
export async function askKernel<Question extends PeekQuestion>(
  { live }: AskedRun,
  question: Question,
): Promise<PeekAnswers[Question["kind"]] | null> {
  const peeked = (await live?.peek(question)) ?? { kind: "noKernel" };
  switch (peeked.kind) {
    case "noAnswer":
      throw new Error(vscode.l10n.t("The kernel is in the middle of a long computation. Try again in a few seconds."));
    case "noKernel":
      return null;
    case "answered":
      return peeked.answer;
  }
}

/** No kernel tells of it, nor does an output. */
export function goneRun({ name }: AskedRun): Error {
  return new Error(
    vscode.l10n.t(
      "The numbers of run {0} are gone with the kernel or with the variable that held it, and no output in the notebook shows them. Ask the user to run its cell again.",
      name,
    ),
  );
}
