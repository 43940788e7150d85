// Tools for the editor's assistant (and for whoever else asks VS Code's language model API): they read, and run nothing.

import * as vscode from "vscode";
import { languageModelTools } from "../ids.ts";
import { boundedJson } from "./boundedJson.ts";
import { type DiagnosisInput, readDiagnosis } from "./diagnosisTool.ts";
import { readLayerStatistics, type StatisticsInput } from "./statisticsTool.ts";
import { readStructure, type StructureInput } from "./structureTool.ts";
import type { ToolContext } from "./toolContext.ts";

export function registerTools(context: ToolContext): vscode.Disposable {
  return vscode.Disposable.from(
    tool<StructureInput>(languageModelTools.notebookStructure, {
      says: () => vscode.l10n.t("Reading the cells of the notebook"),
      read: (input) => readStructure(context, input),
    }),
    tool<StatisticsInput>(languageModelTools.layerStatistics, {
      says: () => vscode.l10n.t("Reading what the training recorded of each layer"),
      read: (input) => readLayerStatistics(context, input),
    }),
    tool<DiagnosisInput>(languageModelTools.diagnosis, {
      says: () => vscode.l10n.t("Looking for what goes wrong in the training"),
      read: (input) => readDiagnosis(context, input),
    }),
  );
}

interface Tool<Input> {
  /** What the assistant says while it asks. */
  readonly says: () => string;
  /** The answer as JSON. @throws Error that says what to do instead */
  readonly read: (input: Input) => Promise<object>;
}

function tool<Input>(name: string, { says, read }: Tool<Input>): vscode.Disposable {
  return vscode.lm.registerTool<Input>(name, {
    prepareInvocation: () => ({ invocationMessage: says() }),
    invoke: async ({ input }) => {
      const text = boundedJson(await read(input));
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
    },
  });
}
