// Another language for pictures and sentences holds once the window is loaded anew: who changes it is asked whether to do that now.

import * as vscode from "vscode";
import type { Locale } from "../../shared/words/message.ts";
import { settings } from "../ids.ts";
import { languageSetting } from "./settings.ts";

/** @param locale what this window started with. */
export function watchLanguage(locale: Locale): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration(async (change) => {
    if (!change.affectsConfiguration(settings.language) || languageSetting() === locale) return;
    const reload = vscode.l10n.t("Reload Window");
    const choice = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        "Pictures and sentences change their language when the window is loaded anew. Kernels end with it: cells and outputs are kept, variables are lost.",
      ),
      reload,
    );
    if (choice === reload) await vscode.commands.executeCommand("workbench.action.reloadWindow");
  });
}
