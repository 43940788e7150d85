// Puts the view of the variables together: which notebook, the lines, what can be done with them, the grids.

import * as vscode from "vscode";
import type { LanguageClient } from "../../session/languageClient.ts";
import { GridPanels, type GridPanelsContext } from "./gridPanels.ts";
import { ShownNotebook } from "./shownNotebook.ts";
import { registerVariableCommands } from "./variableCommands.ts";
import { VariablesView } from "./variablesView.ts";

export interface VariablesContext extends GridPanelsContext {
  readonly client: Pick<LanguageClient, "request">;
}

export function registerVariables(context: VariablesContext): vscode.Disposable {
  const shown = new ShownNotebook();
  const grids = new GridPanels(context);
  const view = new VariablesView({ kernels: context.kernels, shown });
  return vscode.Disposable.from(shown, grids, view, registerVariableCommands({ view, grids, client: context.client }));
}
