// What can be done with a variable: see where it is declared, copy its value, open it as a grid.

import * as vscode from "vscode";
import type { LanguageClient } from "../../session/languageClient.ts";
import { commands, contexts, variablesViewId } from "../ids.ts";
import { findCell } from "../notebooks.ts";
import type { GridPanels } from "./gridPanels.ts";
import { notThere } from "./missingVariable.ts";
import type { VariableNode } from "./variablesModel.ts";
import type { VariablesView } from "./variablesView.ts";

export interface VariableCommandsContext {
  readonly view: VariablesView;
  readonly grids: GridPanels;
  readonly client: Pick<LanguageClient, "request">;
}

export function registerVariableCommands(context: VariableCommandsContext): vscode.Disposable {
  const { view, grids } = context;
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register(commands.revealVariable, (node?: VariableNode, options?: { readonly preserveFocus?: boolean }) =>
      node ? revealVariable(context, node, options?.preserveFocus === true) : undefined,
    ),
    register(commands.copyVariable, (node?: VariableNode) => (node ? copyVariable(view, node) : undefined)),
    register(commands.openGrid, async (node?: VariableNode) => {
      const chosen = node ?? (await chooseGrid(view));
      if (chosen && view.live) await grids.open(view.live, chosen.path);
    }),
    register(commands.sortVariablesByName, () => sort(view, true)),
    register(commands.sortVariablesByDeclaration, () => sort(view, false)),
    register(commands.findVariable, async () => {
      await vscode.commands.executeCommand(`${variablesViewId}.focus`);
      await vscode.commands.executeCommand("list.find");
    }),
  );
}

async function sort(view: VariablesView, byName: boolean): Promise<void> {
  await vscode.commands.executeCommand("setContext", contexts.isSortedByName, byName);
  view.sort(byName);
}

/** Shows the declaration as the cell stands now; the cell alone where the declaration was edited away. */
async function revealVariable(
  { view, client }: VariableCommandsContext,
  { info }: VariableNode,
  preserveFocus: boolean,
): Promise<void> {
  const cell = view.live && info.cellId !== null ? findCell(view.live.document, info.cellId) : undefined;
  if (!cell) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("No cell of this notebook declares {0} any more: the cell that did was removed.", info.name),
    );
    return;
  }
  const { document } = cell;
  const span = await client.request({ kind: "findDeclaration", source: document.getText(), name: info.name });
  const start = document.positionAt(span?.start ?? 0);
  const selection = new vscode.Range(start, document.positionAt((span?.start ?? 0) + (span?.length ?? 0)));
  // Opening the cell's own address shows the notebook and puts the cursor into the cell.
  await vscode.commands.executeCommand("vscode.open", document.uri, { selection, preserveFocus });
}

async function copyVariable(view: VariablesView, { path, info }: VariableNode): Promise<void> {
  const peeked = await view.live?.peek({ kind: "writeValue", path });
  if (peeked?.kind === "answered" && peeked.answer !== null) {
    await vscode.env.clipboard.writeText(peeked.answer);
    return;
  }
  void vscode.window.showInformationMessage(notThere(info.name, peeked?.kind === "noAnswer"));
}

/** From the palette: any variable that can be drawn. */
async function chooseGrid(view: VariablesView): Promise<VariableNode | undefined> {
  const nodes = (await view.getChildren()).filter(({ info }) => info.hasGrid);
  if (nodes.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("No variable holds a tensor, a list or a data set. Run a cell that makes one first."),
    );
    return undefined;
  }
  const items = nodes.map((node) => ({
    label: node.info.name,
    description: `${node.info.type} ${node.info.shape === null ? "" : `[${node.info.shape.join(", ")}]`}`,
    node,
  }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Open as a grid") });
  return chosen?.node;
}
