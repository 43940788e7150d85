// Whether something may run here: only in a workspace that the reader trusts. Where not, it is said at once, with the way to trust.

import * as vscode from "vscode";

/** VS Code's own page about trust. */
export const manageTrustCommand = "workbench.trust.manage";

/** Why cells do not run here. */
export function untrustedReason(): string {
  return vscode.l10n.t(
    "Cells do not run in this workspace until you trust it: code in a notebook can do whatever you can do on this machine.",
  );
}

/**
 * Whether the workspace is trusted. Where not, the reader is told so, and can go and trust it from there.
 *
 * @param reason what does not happen and why; that cells do not run, when absent.
 */
export function askTrusted(reason = untrustedReason()): boolean {
  if (vscode.workspace.isTrusted) return true;
  // Nobody waits for the answer to a message that may stay for long.
  void tell(reason);
  return false;
}

async function tell(reason: string): Promise<void> {
  const manage = vscode.l10n.t("Manage Workspace Trust");
  const choice = await vscode.window.showWarningMessage(reason, manage);
  if (choice === manage) await vscode.commands.executeCommand(manageTrustCommand);
}
