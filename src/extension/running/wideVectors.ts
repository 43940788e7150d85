// The setting for experimental 256-bit vectors: what the kernels of this window are started with, and who is told what came of it.

import * as vscode from "vscode";
import { WideVectors } from "../../session/wideVectors.ts";
import type { Locale } from "../../shared/words/message.ts";
import { vectorVerdictText } from "../../shared/words/vectorWords.ts";
import { settings } from "../ids.ts";

/** What a self-test measured goes to the log; that the setting has no effect is said to the user as well, once in a window. */
export function watchWideVectors(distFolder: string, locale: Locale, log: vscode.LogOutputChannel): WideVectors {
  return new WideVectors({
    distFolder,
    isWanted: () => vscode.workspace.getConfiguration().get(settings.wideVectors) === true,
    onVerdict: (verdict) => {
      const text = vectorVerdictText(verdict, locale);
      log.info(text);
      // It has no buttons: nothing is done with the answer.
      if (verdict.kind === "refused") void vscode.window.showWarningMessage(text);
    },
  });
}
