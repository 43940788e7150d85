// Where the editor starts us: puts the parts together and hands them over to be disposed of.

import { join } from "node:path";
import * as vscode from "vscode";
import { LanguageClient } from "../session/languageClient.ts";
import { NotebookSession } from "../session/notebookSession.ts";
import { registerTools } from "./assistant/registerTools.ts";
import { registerCommands } from "./commands.ts";
import { registerConvertCommands } from "./convert/convertCommands.ts";
import { CellDebugger } from "./debugging/cellDebugger.ts";
import { registerDebugCommand } from "./debugging/debugCommand.ts";
import { CellErrors } from "./errors/cellErrors.ts";
import { keepCellLanguage } from "./file/cellLanguage.ts";
import { watchLeftOutOutputs } from "./file/savedOutputs.ts";
import { NotebookFileSerializer } from "./file/serializer.ts";
import { EmptyNotebookHelp } from "./firstSteps/emptyNotebook.ts";
import { watchFirstSteps } from "./firstSteps/progress.ts";
import { registerStartingCommands } from "./firstSteps/startingCommands.ts";
import { notebookType } from "./ids.ts";
import { registerLanguageFeatures } from "./languageFeatures/register.ts";
import { NotebookKernels } from "./running/controller.ts";
import type { FindControlUsers } from "./running/controls.ts";
import { InterruptedRuns } from "./running/interruptedRuns.ts";
import type { CreateSession } from "./running/liveSession.ts";
import { CellStatusBar } from "./running/statusBar.ts";
import { watchWideVectors } from "./running/wideVectors.ts";
import { WindowProgress } from "./running/windowProgress.ts";
import type { FindRemedyChanges } from "./runs/applyRemedy.ts";
import { RendererMessages } from "./runs/rendererMessages.ts";
import { watchLanguage } from "./settings/languageChange.ts";
import { languageSetting, savesOutputsSetting, threadSetting, traceDetailSetting } from "./settings/settings.ts";
import { CellMarks } from "./stale/cellMarks.ts";
import { NotebookStates } from "./stale/notebookStates.ts";
import { registerSupportCommands } from "./support/reportIssue.ts";
import { SessionLog } from "./support/sessionLog.ts";
import { offerTerminalCommand } from "./terminalCommand.ts";
import { UntrustedHint } from "./trust/untrustedHint.ts";
import { registerVariables } from "./variables/register.ts";

export function activate(context: vscode.ExtensionContext): void {
  const { subscriptions, extensionPath, extensionUri, extension } = context;
  const locale = languageSetting();
  const distFolder = join(extensionPath, "dist");
  const log = vscode.window.createOutputChannel("nnbook", { log: true });
  const languageRestarts = new vscode.EventEmitter<void>();
  const onRestart = (reason: Error) => {
    log.error(`${reason.message} It starts anew with the next question.`);
    languageRestarts.fire();
  };
  const client = new LanguageClient({ distFolder, locale, onRestart, onFailure: (reason) => log.error(reason) });
  const sessionLog = new SessionLog(log);
  const wideVectors = watchWideVectors(distFolder, locale, log);
  const kernelFlags = () => wideVectors.kernelFlags();
  const createSession: CreateSession = ({ name, ...options }) =>
    new NotebookSession({
      ...{ distFolder, language: client, locale, kernelFlags, yields: true, ...options },
      onMoment: sessionLog.listener(name),
      threads: threadSetting,
      traceDetail: traceDetailSetting,
    });
  const findControlUsers: FindControlUsers = (question) => client.request({ kind: "findControlUsers", ...question });
  const findRemedyChanges: FindRemedyChanges = (question) => client.request({ kind: "findRemedyChanges", ...question });
  const cellDebugger = new CellDebugger(distFolder, log);
  const kernels = new NotebookKernels({ createSession, findControlUsers, cellDebugger, locale, log });
  const interrupted = new InterruptedRuns(kernels, context.workspaceState, (problem) => log.warn(String(problem)));
  const states = new NotebookStates((texts) => client.request({ kind: "findCellNames", texts }));
  offerTerminalCommand(context);
  subscriptions.push(
    log,
    languageRestarts,
    client,
    cellDebugger,
    interrupted,
    kernels,
    vscode.workspace.registerNotebookSerializer(notebookType, new NotebookFileSerializer(locale, savesOutputsSetting)),
    new RendererMessages({ kernels, findRemedyChanges, locale, log }),
    new CellStatusBar(kernels, locale),
    new CellErrors(kernels),
    new WindowProgress(kernels, locale),
    new CellMarks({ kernels, states, interrupted, log }),
    keepCellLanguage(log),
    watchLeftOutOutputs(),
    watchLanguage(locale),
    registerLanguageFeatures({
      ...{ client, onRestart: languageRestarts.event, kernels, states, findRemedyChanges },
      ...{ extension: extensionUri, locale, log },
    }),
    registerCommands(kernels),
    registerDebugCommand({ kernels, cellDebugger }),
    registerStartingCommands({ extension: extensionUri, extensionId: extension.id, locale }),
    registerSupportCommands({ extension, sessionLog, log }),
    registerConvertCommands({ distFolder, client, locale, log }),
    new EmptyNotebookHelp(),
    new UntrustedHint(),
    registerVariables({ kernels, client, extension: extensionUri, locale, log }),
    registerTools({ kernels, client, locale }),
    watchFirstSteps(kernels),
  );
}
