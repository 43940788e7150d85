// A Jupyter notebook (nbformat 4) as a notebook of ours. One that was exported from ours comes back as it was.

import {
  errorMimeType,
  itemEncoding,
  type NotebookFile,
  type NotebookFileCell,
  type NotebookFileOutput,
  streamMimeTypes,
} from "../../notebook/notebookFile.ts";
import { newCell, toLines } from "../../notebook/printNotebook.ts";
import type { JsonValue } from "../../shared/json.ts";
import { ImportProblem, type ImportReader, isObject, type JsonObject, joined } from "../importReader.ts";
import { isView } from "../outputPicture.ts";
import { withoutColours } from "../outputText.ts";

export function fromJupyter(bytes: Uint8Array, reader: ImportReader): NotebookFile {
  const { file, cells } = reader.file(bytes, ({ nbformat, cells: own }) => {
    // Formats before 4 keep their cells in worksheets.
    if (nbformat === undefined ? Array.isArray(own) : nbformat !== 4)
      throw new ImportProblem(reader.say("oldJupyter", { found: String(nbformat ?? "–") }));
  });
  const metadata = isObject(file.metadata) ? file.metadata : {};
  const ours = isObject(metadata.nnbook) ? metadata.nnbook : null;
  const language = notebookLanguage(metadata);
  return {
    nnbook: 1,
    metadata: isObject(ours?.metadata) ? (ours.metadata as NonNullable<NotebookFile["metadata"]>) : {},
    cells: cells.map((cell, index) => fromCell(cell, { index, language, isOurs: ours !== null, reader })),
  };
}

interface CellContext {
  readonly index: number;
  /** The notebook's language. */
  readonly language: string;
  readonly isOurs: boolean;
  readonly reader: ImportReader;
}

function fromCell(cell: JsonObject, { index, language, isOurs, reader }: CellContext): NotebookFileCell {
  const source = reader.text(cell.source, index, "source");
  const metadata = isObject(cell.metadata) ? cell.metadata : {};
  const own =
    isObject(metadata.nnbook) && isObject(metadata.nnbook.metadata) ? { metadata: metadata.nnbook.metadata } : {};
  const kept = own as Pick<NotebookFileCell, "metadata">;
  switch (cell.cell_type) {
    case "markdown":
      return newCell({ kind: "markdown", source: toLines(withAttachments(source, cell.attachments)), ...kept });
    case "raw":
      return reader.code(source, "text");
    case "code": {
      const vscode = isObject(metadata.vscode) ? metadata.vscode.languageId : undefined;
      const cellLanguage = typeof vscode === "string" ? vscode : language;
      const outputs = (Array.isArray(cell.outputs) ? cell.outputs : []).flatMap(fromOutput);
      // What was ours keeps its cells in other languages, as our files do.
      if (isOurs && cellLanguage !== language)
        return newCell({ kind: "code", language: cellLanguage, source: toLines(source), outputs, ...kept });
      return reader.code(source, cellLanguage, { ...(outputs.length === 0 ? {} : { outputs }), ...kept });
    }
    default:
      return reader.broken(index, "cell_type", "kind", cell.cell_type);
  }
}

/** Of Python where the file says nothing: so it is in the oldest ones. */
function notebookLanguage({ language_info, kernelspec }: JsonObject): string {
  const names = [
    isObject(language_info) ? language_info.name : undefined,
    isObject(kernelspec) ? kernelspec.language : undefined,
    isObject(kernelspec) ? kernelspec.name : undefined,
  ];
  return names.find((name) => typeof name === "string" && name !== "")?.toString() ?? "python";
}

/** Outputs of a kind that the format does not have are left out. */
function fromOutput(output: unknown): readonly NotebookFileOutput[] {
  if (!isObject(output)) return [];
  switch (output.output_type) {
    case "stream": {
      const text = joined(output.text);
      return text === null
        ? []
        : [{ items: { [streamMimeTypes[output.name === "stderr" ? "stderr" : "stdout"]]: text } }];
    }
    case "error": {
      const lines = Array.isArray(output.traceback) ? output.traceback.map(String) : [];
      const error = {
        name: String(output.ename),
        message: String(output.evalue),
        stack: withoutColours(lines.join("\n")),
      };
      return [{ items: { [errorMimeType]: error } }];
    }
    case "display_data":
    case "execute_result":
      return isObject(output.data) ? dataOutput(fromData(output.data)) : [];
    default:
      return [];
  }
}

/** An output that can show something. */
function dataOutput(items: NotebookFileOutput["items"]): readonly NotebookFileOutput[] {
  return Object.keys(items).length === 0 ? [] : [{ items }];
}

/** What could act: a notebook of ours holds none of it, so that one from a stranger is safe to open. */
const activeTypes: ReadonlySet<string> = new Set(["text/html", "application/javascript"]);

function fromData(data: JsonObject): NotebookFileOutput["items"] {
  const hasView = Object.keys(data).some(isView);
  const items = Object.entries(data)
    // Beside a view an SVG is how the export drew it.
    .filter(([mime]) => !(hasView && mime === "image/svg+xml") && !activeTypes.has(mime))
    .map(([mime, value]) => [mime, itemEncoding(mime) === "json" ? value : (joined(value) ?? value)] as const);
  return Object.fromEntries(items) as Readonly<Record<string, JsonValue>>;
}

/** Pictures that are kept in the cell: `attachment:name.png`. */
function withAttachments(source: string, attachments: unknown): string {
  if (!isObject(attachments)) return source;
  return source.replace(/attachment:([^\s)"']+)/g, (whole, name: string) => {
    const forms = attachments[decodeURIComponent(name)];
    const [mime, data] = Object.entries(isObject(forms) ? forms : {})[0] ?? [];
    return typeof data === "string" && mime?.startsWith("image/")
      ? `data:${mime};base64,${data.replace(/\s/g, "")}`
      : whole;
  });
}
