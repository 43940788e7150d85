// A variable, or a part of one, as a line of the view: icon, name, type and value, what can be done with it.

import * as vscode from "vscode";
import type { VariableInfo, VariableKind } from "../../shared/peekProtocol.ts";
import { commands } from "../ids.ts";
import { keyOf, type VariableNode } from "./variablesModel.ts";

const icons: Readonly<Record<VariableKind, string>> = {
  nothing: "symbol-null",
  boolean: "symbol-boolean",
  number: "symbol-numeric",
  string: "symbol-string",
  symbol: "symbol-key",
  function: "symbol-method",
  class: "symbol-class",
  object: "symbol-object",
  list: "symbol-array",
  tensor: "table",
  dataset: "database",
  model: "layers",
  layer: "symbol-structure",
  run: "graph-line",
  range: "ellipsis",
  group: "folder",
  getter: "eye-closed",
};

export function variableItem(node: VariableNode): vscode.TreeItem {
  const { info, path } = node;
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(info.name, info.hasParts ? Collapsed : None);
  item.id = keyOf(path);
  item.description = describe(info);
  item.tooltip = tooltip(info);
  item.iconPath = icon(info);
  item.contextValue = contextValue(info);
  // What is read out: the line, with words in place of the dots.
  item.accessibilityInformation = { label: [info.name, ...wordsOf(info), info.note ?? ""].filter(Boolean).join(", ") };
  if (info.cellId !== null && path.length > 0) {
    const title = vscode.l10n.t("Show Where It Is Declared");
    item.command = { command: commands.revealVariable, title, arguments: [node, { preserveFocus: true }] };
  }
  return item;
}

/** "Tensor [32, 4] · 0.10 … 2.5, mean 1.2" */
function describe(info: VariableInfo): string {
  return wordsOf(info).join(" · ");
}

function wordsOf({ kind, type, shape, value }: VariableInfo): readonly string[] {
  const sizes = shape === null || shape.length === 0 ? "" : ` [${shape.map((size) => size ?? "batch").join(", ")}]`;
  // Where the type is said by the value already, once is enough.
  const head = kind === "nothing" || kind === "getter" ? "" : `${type}${sizes}`;
  return [head, value].filter((text) => text !== "");
}

function tooltip(info: VariableInfo): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendCodeblock(`${info.name}${info.type === "" ? "" : `: ${info.type}`}`, "typescript");
  if (info.value !== "") text.appendText(info.value);
  if (info.note !== null && info.note !== "") text.appendText(`\n\n${info.note}`);
  return text;
}

function icon({ kind, tone }: VariableInfo): vscode.ThemeIcon {
  if (tone === "error") return new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
  if (tone === "warning") return new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
  return new vscode.ThemeIcon(icons[kind]);
}

/** Words that conditions of menus look for. */
function contextValue({ kind, cellId, hasGrid }: VariableInfo): string {
  const hasValue = kind !== "group" && kind !== "range";
  return [hasValue ? "value" : "", hasGrid ? "grid" : "", cellId === null ? "" : "declared"].filter(Boolean).join(" ");
}
