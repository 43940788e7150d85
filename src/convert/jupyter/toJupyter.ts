// A notebook as a Jupyter notebook: views go along as their JSON, beside a drawing and their text, so that nothing is lost on the way back.

import { codeLanguage } from "../../notebook/notebookCells.ts";
import {
  errorMimeType,
  fileLanguage,
  type NotebookFile,
  type NotebookFileCell,
  type NotebookFileOutput,
  streamMimeTypes,
} from "../../notebook/notebookFile.ts";
import { fromLines } from "../../notebook/printNotebook.ts";
import type { JsonValue } from "../../shared/json.ts";
import type { Locale } from "../../shared/words/message.ts";
import { outputPicture } from "../outputPicture.ts";
import { type JupyterCell, type JupyterFile, type JupyterOutput, jupyterFormat } from "./jupyterFile.ts";

/** The kernel of TypeScript that is kept up: Deno's. It runs cells whose imports it can find. */
const metadata = {
  kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  language_info: {
    codemirror_mode: "typescript",
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    name: "typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
  },
} as const;

/** The text of the `.ipynb` file. */
export function toJupyter(notebook: NotebookFile, locale: Locale): string {
  const file: JupyterFile = {
    cells: notebook.cells.map((cell, index) => toCell(cell, `cell-${index + 1}`, locale)),
    // By this field the way back knows a notebook of ours.
    metadata: { ...metadata, nnbook: { metadata: notebook.metadata ?? {} } },
    ...jupyterFormat,
  };
  // Jupyter itself indents by one.
  return `${JSON.stringify(file, null, 1)}\n`;
}

function toCell(cell: NotebookFileCell, id: string, locale: Locale): JupyterCell {
  const own = cell.metadata === undefined ? {} : { nnbook: { metadata: cell.metadata } };
  const source = jupyterLines(fromLines(cell.source));
  if (cell.kind === "markdown") return { cell_type: "markdown", id, metadata: own, source };
  const language = codeLanguage(cell);
  // The editor's own way to say that a cell has another language than its notebook.
  const other = language === fileLanguage ? {} : { vscode: { languageId: language } };
  const outputs = (cell.outputs ?? []).map((output) => toOutput(output, locale));
  return { cell_type: "code", execution_count: null, id, metadata: { ...own, ...other }, outputs, source };
}

function toOutput(output: NotebookFileOutput, locale: Locale): JupyterOutput {
  const { items } = output;
  for (const name of ["stdout", "stderr"] as const) {
    const text = items[streamMimeTypes[name]];
    if (typeof text === "string") return { output_type: "stream", name, text: jupyterLines(text) };
  }
  const failure = items[errorMimeType];
  if (typeof failure === "object" && failure !== null && !Array.isArray(failure)) return toError(failure as JsonObject);
  const picture = outputPicture(output, locale);
  const drawn = picture?.kind === "svg" ? { "image/svg+xml": jupyterLines(picture.content) } : {};
  const data = Object.entries(items).map(([mime, value]) => [
    mime,
    typeof value === "string" && !isBase64(mime) ? jupyterLines(value) : value,
  ]);
  return { output_type: "display_data", data: { ...Object.fromEntries(data), ...drawn }, metadata: {} };
}

type JsonObject = { readonly [key: string]: JsonValue };

function toError({ name, message, stack }: JsonObject): JupyterOutput {
  const lines = typeof stack === "string" && stack !== "" ? stack.split("\n") : [`${name}: ${message}`];
  return { output_type: "error", ename: String(name ?? ""), evalue: String(message ?? ""), traceback: lines };
}

function isBase64(mime: string): boolean {
  return /^(image|audio|video)\//.test(mime) && !mime.endsWith("+xml");
}

/** Lines that keep their newline. */
function jupyterLines(text: string): readonly string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}
