// The notebook file ↔ the editor's notebook. Nothing the file holds is dropped: what the editor has no place for travels in metadata.

import * as vscode from "vscode";
import {
  errorMimeType,
  fileLanguage,
  itemEncoding,
  type NotebookFile,
  type NotebookFileCell,
  type NotebookFileOutput,
} from "../../notebook/notebookFile.ts";
import { describeFileError, parseNotebookBytes } from "../../notebook/parseNotebook.ts";
import { fromLines, newCell, printNotebook, toLines, withOutputs } from "../../notebook/printNotebook.ts";
import type { JsonValue } from "../../shared/json.ts";
import { shownErrorMimeType, shownErrorOf } from "../../shared/shownError.ts";
import type { Locale } from "../../shared/words/message.ts";
import { cellLanguage } from "../ids.ts";

type EditorMetadata = { readonly [key: string]: unknown } | undefined;

/** The metadata field under which the file's own object travels, without what the editor holds itself. */
const keptField = "file";

export class NotebookFileSerializer implements vscode.NotebookSerializer {
  readonly #locale: Locale;
  readonly #savesOutputs: () => boolean;

  /** @param savesOutputs whether outputs go into files that do not say it themselves. */
  constructor(locale: Locale, savesOutputs: () => boolean) {
    this.#locale = locale;
    this.#savesOutputs = savesOutputs;
  }

  /** @throws Error with line and column for a broken file: the editor then shows the error instead of a notebook. */
  deserializeNotebook(content: Uint8Array): vscode.NotebookData {
    const result = parseNotebookBytes(content, this.#locale);
    if (result.kind === "failed") throw new Error(describeFileError(result.error, this.#locale));
    return toNotebookData(result.notebook);
  }

  serializeNotebook(data: vscode.NotebookData): Uint8Array {
    const file = toNotebookFile(data);
    const holdsOutputs = ownSaveOutputs(data.metadata) ?? this.#savesOutputs();
    return new TextEncoder().encode(printNotebook(holdsOutputs ? file : withoutOutputs(file)));
  }
}

/** What a notebook says of its own outputs: whether they go into its file. `undefined` where it says nothing, or no yes or no. */
export function ownSaveOutputs(metadata: EditorMetadata): boolean | undefined {
  const own = (keptObject(metadata)?.metadata as { readonly saveOutputs?: unknown } | undefined)?.saveOutputs;
  return typeof own === "boolean" ? own : undefined;
}

/** The editor's metadata of a notebook that says so; `undefined`: that leaves it to the setting. */
export function withSaveOutputs(metadata: EditorMetadata, own: boolean | undefined): Record<string, unknown> {
  const kept = keptObject(metadata) ?? { nnbook: 1, metadata: {}, cells: [] };
  const { saveOutputs: _, ...rest } = (kept.metadata ?? {}) as Record<string, unknown>;
  return { ...metadata, [keptField]: { ...kept, metadata: own === undefined ? rest : { ...rest, saveOutputs: own } } };
}

/** Whether a cell's outputs stood in the file when it was opened. */
export function hasOutputsInFile(metadata: EditorMetadata): boolean {
  return keptObject(metadata)?.outputs === null;
}

function withoutOutputs(file: NotebookFile): NotebookFile {
  return { ...file, cells: file.cells.map((cell) => withOutputs(cell, [])) };
}

export function toNotebookData(notebook: NotebookFile): vscode.NotebookData {
  const data = new vscode.NotebookData(notebook.cells.map(toCellData));
  data.metadata = { [keptField]: { ...notebook, cells: [] } };
  return data;
}

export function toNotebookFile(data: vscode.NotebookData): NotebookFile {
  const kept = keptObject(data.metadata) ?? { nnbook: 1, metadata: {}, cells: [] };
  return { ...(kept as unknown as NotebookFile), nnbook: 1, cells: data.cells.map(toFileCell) };
}

/** An open notebook as its file would be now, saved or not. */
export function documentToFile(document: vscode.NotebookDocument): NotebookFile {
  const cells = document.getCells().map((cell) => {
    const data = new vscode.NotebookCellData(cell.kind, cell.document.getText(), cell.document.languageId);
    data.metadata = cell.metadata;
    data.outputs = [...cell.outputs];
    return data;
  });
  const data = new vscode.NotebookData(cells);
  data.metadata = document.metadata;
  return toNotebookFile(data);
}

function toCellData(cell: NotebookFileCell): vscode.NotebookCellData {
  const isCode = cell.kind === "code";
  const kind = isCode ? vscode.NotebookCellKind.Code : vscode.NotebookCellKind.Markup;
  const language = cell.language ?? (isCode ? fileLanguage : "markdown");
  const text = fromLines(cell.source);
  const data = new vscode.NotebookCellData(kind, text, isCode && language === fileLanguage ? cellLanguage : language);
  // Lines that are split in another way than ours come back as they were, as long as the text stays.
  const source = sameLines(cell.source, toLines(text)) ? [] : cell.source;
  // `null` holds the place of outputs, so that an empty list in the file stays apart from outputs that were cleared.
  data.metadata = { [keptField]: { ...cell, source, ...(cell.outputs?.length ? { outputs: null } : {}) } };
  data.outputs = (cell.outputs ?? []).map(toEditorOutput);
  return data;
}

function toFileCell(data: vscode.NotebookCellData): NotebookFileCell {
  const isCode = data.kind === vscode.NotebookCellKind.Code;
  const kind = isCode ? "code" : "markdown";
  const language = isCode && data.languageId === cellLanguage ? fileLanguage : data.languageId;
  const outputs = (data.outputs ?? []).map(toFileOutput);
  const kept = keptObject(data.metadata) as NotebookFileCell | undefined;
  if (!kept) {
    return newCell({ kind, ...(isCode ? { language } : {}), source: toLines(data.value), outputs });
  }
  const isUsual = language === (isCode ? fileLanguage : "markdown");
  const source = kept.source.length > 0 && fromLines(kept.source) === data.value ? kept.source : toLines(data.value);
  const cell = { ...kept, kind, source, ...(Object.hasOwn(kept, "language") || !isUsual ? { language } : {}) } as const;
  return withOutputs(cell, outputs);
}

function toEditorOutput(output: NotebookFileOutput): vscode.NotebookCellOutput {
  const odd: Record<string, JsonValue> = {};
  const items = Object.entries(withShownError(output.items)).map(([mime, value]) => {
    const item = toOutputItem(mime, value);
    if (fromOutputItem(item) !== value && itemEncoding(mime) !== "json") odd[mime] = value;
    return item;
  });
  return new vscode.NotebookCellOutput(items, { [keptField]: { ...output, items: odd } });
}

function toFileOutput(output: vscode.NotebookCellOutput): NotebookFileOutput {
  const kept = keptObject(output.metadata) as NotebookFileOutput | undefined;
  const items = withoutShownError(output.items).map((item) => {
    const odd = kept && Object.hasOwn(kept.items, item.mime) ? kept.items[item.mime] : undefined;
    const isUnchanged = odd !== undefined && sameBytes(toOutputItem(item.mime, odd).data, item.data);
    return [item.mime, isUnchanged ? odd : fromOutputItem(item)] as const;
  });
  return { ...kept, items: Object.fromEntries(items) };
}

/** An error as the file holds it is shown by our renderer, with places to go to; beside it stands what the file holds. */
export function withShownError(items: NotebookFileOutput["items"]): NotebookFileOutput["items"] {
  const error = Object.hasOwn(items, shownErrorMimeType) ? null : shownErrorOf(items[errorMimeType]);
  // Plain JSON: strings and a number.
  return error === null ? items : { [shownErrorMimeType]: error as unknown as JsonValue, ...items };
}

function withoutShownError(items: readonly vscode.NotebookCellOutputItem[]): readonly vscode.NotebookCellOutputItem[] {
  const hasError = items.some(({ mime }) => mime === errorMimeType);
  return hasError ? items.filter(({ mime }) => mime !== shownErrorMimeType) : items;
}

/** An output's item as the editor has it: bytes. Data that does not fit its type is shown as it stands in the file. */
export function toOutputItem(mime: string, value: JsonValue): vscode.NotebookCellOutputItem {
  if (itemEncoding(mime) === "json") return textItem(JSON.stringify(value), mime);
  if (typeof value !== "string") return textItem(JSON.stringify(value, null, 2), mime);
  if (itemEncoding(mime) === "text") return textItem(value, mime);
  const bytes = Buffer.from(value, "base64");
  return bytes.toString("base64") === value
    ? new vscode.NotebookCellOutputItem(new Uint8Array(bytes), mime)
    : textItem(value, mime);
}

function fromOutputItem(item: vscode.NotebookCellOutputItem): JsonValue {
  const encoding = itemEncoding(item.mime);
  if (encoding === "base64") return Buffer.from(item.data).toString("base64");
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(item.data);
  if (encoding === "text") return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    // Another kernel's output that is not the JSON its type promises: kept as text.
    return text;
  }
}

function textItem(text: string, mime: string): vscode.NotebookCellOutputItem {
  return new vscode.NotebookCellOutputItem(new TextEncoder().encode(text), mime);
}

function keptObject(metadata: EditorMetadata): Record<string, unknown> | undefined {
  const kept = metadata?.[keptField];
  return typeof kept === "object" && kept !== null ? (kept as Record<string, unknown>) : undefined;
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
