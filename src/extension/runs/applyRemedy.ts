// "Apply" of a diagnosis: changes the cells as a remedy says, in one step that undo takes back, where its places are certain.

import * as vscode from "vscode";
import type { CodeChange, RemedyQuestion } from "../../shared/languageProtocol.ts";
import type { FromRenderer, RemedyAnswer } from "../../shared/rendererProtocol.ts";
import { cellIdOf, findCell, isCodeCell } from "../notebooks.ts";
import type { LiveNotebook } from "../running/liveNotebook.ts";
import { askTrusted } from "../trust/trust.ts";
import { followOffset, offsetAt } from "./editedText.ts";
import { revealLayer } from "./revealLayer.ts";
import type { KnownRun } from "./runStore.ts";

/** Where a remedy's changes belong: the language worker knows. */
export type FindRemedyChanges = (question: RemedyQuestion) => Promise<readonly CodeChange[] | null>;

type Asked = Pick<Extract<FromRenderer, { kind: "applyRemedy" }>, "runId" | "edits">;

/** What can be done with a remedy's changes, as the cells are now. */
export async function answerRemedy(
  live: LiveNotebook | undefined,
  { runId, edits }: Asked,
  findChanges: FindRemedyChanges,
): Promise<RemedyAnswer> {
  const run = live?.runs.get(runId);
  if (!live || !run?.report) return "nothing";
  if (await isReadOnly(live.document.uri)) return "reveal";
  return (await certainChanges(live, run, { edits, findChanges })) === null ? "reveal" : "apply";
}

export async function applyRemedy(
  live: LiveNotebook | undefined,
  asked: Asked,
  findChanges: FindRemedyChanges,
): Promise<void> {
  // The renderer offers it in a trusted workspace only; this holds for whatever else comes here.
  const reason = vscode.l10n.t(
    "Cells are not changed from a picture in this workspace until you trust it: what the picture would put in comes from the file.",
  );
  if (!askTrusted(reason)) return;
  const run = live?.runs.get(asked.runId);
  if (!live || !run?.report) {
    tell(vscode.l10n.t("What made this model is known only after it was trained here. Run the cells first."));
    return;
  }
  if (await isReadOnly(live.document.uri)) {
    tell(vscode.l10n.t("This notebook is read-only. Copy the change instead."));
    return;
  }
  const changes = await certainChanges(live, run, { edits: asked.edits, findChanges });
  if (changes !== null) {
    await change(live.document, changes);
    return;
  }
  const show = vscode.l10n.t("Show the Place");
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t("Where this change belongs in the cells is not certain. Copy it, and put it in by hand."),
    show,
  );
  if (choice === show) await revealRemedy(live, asked);
}

/** Shows the call of the first layer that is to change; what a training is to change stands in or before the cell with its `fit`. */
export async function revealRemedy(live: LiveNotebook | undefined, { runId, edits }: Asked): Promise<void> {
  const [layer] = edits.flatMap((edit) => (edit.kind === "callOnData" ? [] : edit.layers));
  if (layer !== undefined) {
    await revealLayer(live, { runId, layer });
    return;
  }
  const cell = live && findCell(live.document, live.runs.get(runId)?.cellId ?? "");
  if (cell) await vscode.commands.executeCommand("vscode.open", cell.document.uri);
}

interface Remedy {
  readonly edits: Asked["edits"];
  readonly findChanges: FindRemedyChanges;
}

/** `null` where the place of any of them is not certain, or a cell was edited meanwhile. */
export async function certainChanges(
  { document }: LiveNotebook,
  run: KnownRun,
  { edits, findChanges }: Remedy,
): Promise<readonly CodeChange[] | null> {
  const cells = document.getCells().filter(isCodeCell);
  const texts = new Map(cells.map((cell) => [cellIdOf(cell), cell.document.getText()]));
  const changes = await findChanges({
    cells: [...texts].map(([id, text]) => ({ id, text })),
    fitCellId: run.cellId,
    layers: layerPlaces(run, texts),
    edits,
  });
  const isSame = [...texts].every(([id, text]) => findCell(document, id)?.document.getText() === text);
  return changes === null || changes.length === 0 || !isSame ? null : changes;
}

/** One edit over all cells: one step to undo. Then the reader is shown the first of its places. */
async function change(notebook: vscode.NotebookDocument, changes: readonly CodeChange[]): Promise<void> {
  const edit = workspaceEditOf(notebook, changes);
  const [first] = changes;
  const shown = first && findCell(notebook, first.cellId)?.document;
  const selection = first && shown && rangeOf(shown, { start: first.span.start, length: 0 });
  if (!(await vscode.workspace.applyEdit(edit))) {
    tell(vscode.l10n.t("The notebook did not take the change. Copy it, and put it in by hand."));
    return;
  }
  if (shown && selection) await vscode.commands.executeCommand("vscode.open", shown.uri, { selection });
}

/** All of them together, as the editor applies them. */
export function workspaceEditOf(
  notebook: vscode.NotebookDocument,
  changes: readonly CodeChange[],
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { cellId, span, text } of changes) {
    const document = findCell(notebook, cellId)?.document;
    if (document) edit.replace(document.uri, rangeOf(document, span), text);
  }
  return edit;
}

/** Of the layers whose calls still stand in the cells. */
function layerPlaces({ report, sources }: KnownRun, texts: ReadonlyMap<string, string>): RemedyQuestion["layers"] {
  return (report?.layers ?? []).flatMap(({ layer, place }) => {
    const before = place && sources.get(place.cellId);
    const now = place && texts.get(place.cellId);
    if (!place || before == null || now == null) return [];
    const offset = followOffset(before, now, offsetAt(before, place.line, place.column));
    return offset === null ? [] : [{ name: layer.name, cellId: place.cellId, offset }];
  });
}

function rangeOf(document: vscode.TextDocument, { start, length }: CodeChange["span"]): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(start + length));
}

/** As far as an extension can know: the file system, or the file's own permissions. */
async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme === "untitled") return false;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return true;
  try {
    const { permissions } = await vscode.workspace.fs.stat(uri);
    return (permissions ?? 0) !== 0;
  } catch {
    // The file is gone, its notebook is not: it can be changed and saved anew.
    return false;
  }
}

function tell(text: string): void {
  void vscode.window.showInformationMessage(text);
}
