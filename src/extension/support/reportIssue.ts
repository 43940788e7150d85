// "Report Issue…": gathers versions and states, and hands them to VS Code's issue reporter where it can send them, else to the reader as a text.

import os from "node:os";
import process from "node:process";
import * as vscode from "vscode";
import { commands } from "../ids.ts";
import { changedSettings, threadSetting } from "../settings/settings.ts";
import { factsText, type IssueFacts, issueText } from "./issueReport.ts";
import type { SessionLog } from "./sessionLog.ts";

const reporterCommand = "workbench.action.openIssueReporter";

export interface ReportIssueContext {
  readonly extension: vscode.Extension<unknown>;
  readonly sessionLog: SessionLog;
  readonly log: vscode.LogOutputChannel;
}

export function registerSupportCommands(context: ReportIssueContext): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commands.reportIssue, () => reportIssue(context)),
    vscode.commands.registerCommand(commands.showLog, () => context.log.show()),
  );
}

async function reportIssue({ extension, sessionLog }: ReportIssueContext): Promise<void> {
  const facts = gatherFacts(extension, sessionLog);
  const known = await vscode.commands.getCommands(true);
  if (hasAddress(extension) && known.includes(reporterCommand)) {
    await vscode.commands.executeCommand(reporterCommand, {
      extensionId: extension.id,
      extensionData: factsText(facts),
    });
    return;
  }
  const content = issueText(facts, {
    about: vscode.l10n.t(
      "Nothing is sent by itself: read this, complete it, and give it to whoever you have nnbook from. It holds no text of your files.",
    ),
    what: vscode.l10n.t("What happened?"),
    expected: vscode.l10n.t("What did you expect?"),
    steps: vscode.l10n.t("How can it be seen again? (the cells, if they may be shown)"),
  });
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
  await vscode.window.showTextDocument(document);
}

/** The reporter of VS Code sends to the address that the manifest names. */
function hasAddress({ packageJSON }: vscode.Extension<unknown>): boolean {
  return (
    typeof packageJSON === "object" && packageJSON !== null && ("bugs" in packageJSON || "repository" in packageJSON)
  );
}

function gatherFacts({ packageJSON }: vscode.Extension<unknown>, { kernels }: SessionLog): IssueFacts {
  const processors = os.cpus();
  return {
    extensionVersion: String(packageJSON.version),
    editor: {
      name: vscode.env.appName,
      version: vscode.version,
      host: vscode.env.appHost,
      remote: vscode.env.remoteName,
      language: vscode.env.language,
    },
    isTrusted: vscode.workspace.isTrusted,
    system: {
      os: `${os.type()} ${os.release()} (${process.platform}-${process.arch})`,
      node: process.version,
      processor: processors[0]?.model.trim() ?? "unknown",
      cores: os.availableParallelism(),
      memoryBytes: os.totalmem(),
      hasSimd: hasSimd(),
    },
    threads: threadSetting(),
    kernels,
    settings: changedSettings(),
  };
}

/** Asks the engine to read a module whose one function makes a vector of 128 bits. */
function hasSimd(): boolean {
  const head = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  const type = [0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b];
  const functions = [0x03, 0x02, 0x01, 0x00];
  // i32.const 0, i8x16.splat, end
  const code = [0x0a, 0x08, 0x01, 0x06, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0x0b];
  // Node has it; the types of a folder that knows no browser do not.
  const { WebAssembly } = globalThis as { readonly WebAssembly?: { validate(bytes: Uint8Array): boolean } };
  return WebAssembly?.validate(Uint8Array.from([...head, ...type, ...functions, ...code])) ?? false;
}
