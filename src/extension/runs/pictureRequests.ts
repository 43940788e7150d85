// What any picture may ask for, wherever it is drawn: to copy a text, to save a file.

import { basename } from "node:path";
import * as vscode from "vscode";
import type { FromRenderer } from "../../shared/rendererProtocol.ts";
import { folderOf } from "../notebooks.ts";

/** Does what was asked for; whatever else a picture asks for belongs to its notebook. */
export async function takeFromPicture(notebook: vscode.NotebookDocument, message: FromRenderer): Promise<void> {
  if (message.kind === "copyText") await vscode.env.clipboard.writeText(message.text);
  else if (message.kind === "saveFile") await saveFile(notebook, message);
}

async function saveFile(
  notebook: vscode.NotebookDocument,
  { suggestedName, format, content }: Extract<FromRenderer, { kind: "saveFile" }>,
): Promise<void> {
  const name = basename(suggestedName);
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(vscode.Uri.file(folderOf(notebook)), name),
    filters: { [format.toUpperCase()]: [format] },
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, Buffer.from(content, format === "png" ? "base64" : "utf8"));
}
