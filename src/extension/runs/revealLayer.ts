// "Reveal in cell": shows the call that made a layer, wherever it stands by now.

import * as vscode from "vscode";
import type { FromRenderer } from "../../shared/rendererProtocol.ts";
import { findCell } from "../notebooks.ts";
import type { LiveNotebook } from "../running/liveNotebook.ts";
import { followOffset, offsetAt } from "./editedText.ts";

export async function revealLayer(
  live: LiveNotebook | undefined,
  { runId, layer }: Omit<Extract<FromRenderer, { kind: "revealLayer" }>, "kind">,
): Promise<void> {
  const run = live?.runs.get(runId);
  const place = run?.report?.layers.find((report) => report.layer.name === layer)?.place ?? undefined;
  const cell = live && place ? findCell(live.document, place.cellId) : undefined;
  const source = place && run?.sources.get(place.cellId);
  if (!cell || !place || source === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "The place of {0} in the cells is known only after the model was trained here. Run the cells first.",
        layer,
      ),
    );
    return;
  }
  const text = cell.document.getText();
  const offset = followOffset(source, text, offsetAt(source, place.line, place.column)) ?? 0;
  const start = cell.document.positionAt(offset);
  const selection = cell.document.getWordRangeAtPosition(start) ?? new vscode.Range(start, start);
  // Opening the cell's own address shows the notebook and puts the cursor into the cell.
  await vscode.commands.executeCommand("vscode.open", cell.document.uri, { selection });
}
