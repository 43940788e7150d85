// The forms of export as the reader chooses among them.

import * as vscode from "vscode";
import type { ExportForm } from "../../convert/convert.ts";

/** By the ending of its files; "ts" is written by the language worker, the others by the converter. */
export type Form = ExportForm | "ts";

/** What the kinds of files are called in a dialog: names of their own in every language. */
export const fileTypes: Readonly<Record<Form, string>> = {
  html: "HTML",
  md: "Markdown",
  ipynb: "Jupyter",
  ts: "TypeScript",
};

export function isForm(value: unknown): value is Form {
  return typeof value === "string" && Object.hasOwn(fileTypes, value);
}

export async function askForForm(): Promise<Form | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly form: Form })[] = [
    {
      form: "html",
      label: `$(globe) ${fileTypes.html}`,
      description: ".html",
      detail: vscode.l10n.t("One page that opens in any browser, with its pictures alive. It prints well."),
    },
    {
      form: "md",
      label: `$(markdown) ${fileTypes.md}`,
      description: ".md",
      detail: vscode.l10n.t("Text with pictures as SVG files in a folder beside it, as GitHub shows them."),
    },
    {
      form: "ipynb",
      label: `$(notebook) ${fileTypes.ipynb}`,
      description: ".ipynb",
      detail: vscode.l10n.t("A Jupyter notebook, with pictures as SVG and text."),
    },
    {
      form: "ts",
      label: `$(file-code) ${fileTypes.ts}`,
      description: ".ts",
      detail: vscode.l10n.t("One file that runs in Node with the npm package nnbook. Text becomes comments."),
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Export Notebook"),
    placeHolder: vscode.l10n.t("The outputs go along as they are; no cell runs."),
    matchOnDescription: true,
  });
  return picked?.form;
}
