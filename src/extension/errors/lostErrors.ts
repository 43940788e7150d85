// Errors that belong to no cell any more: a timer of one that was removed. They are told once in a while, and all stand in the log.

import * as vscode from "vscode";
import type { CellError } from "../../shared/outputs.ts";

/** A timer may fail many times a second; one message is enough until it is closed. */
let isTold = false;

export function tellLostError({ name, message, stack }: CellError, log: vscode.LogOutputChannel): void {
  log.error([`${name}: ${message}`, ...stack.split("\n")].join("\n    "));
  if (isTold) return;
  isTold = true;
  const showLog = vscode.l10n.t("Show Log");
  const text = vscode.l10n.t("Code of a cell that is not there any more failed: {0}", `${name}: ${message}`);
  const forget = () => {
    isTold = false;
  };
  vscode.window.showErrorMessage(text, showLog).then((choice) => {
    forget();
    if (choice === showLog) log.show();
  }, forget);
}
