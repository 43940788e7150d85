// A notebook as Markdown with its pictures as files beside it: places that show Markdown load files, and drop pictures held in the text.

import { codeLanguage } from "../../notebook/notebookCells.ts";
import type { NotebookFile, NotebookFileOutput } from "../../notebook/notebookFile.ts";
import { fromLines } from "../../notebook/printNotebook.ts";
import type { Locale } from "../../shared/words/message.ts";
import type { Exported, ExportedFile } from "../exported.ts";
import { type OutputPicture, outputPicture } from "../outputPicture.ts";
import { outputText } from "../outputText.ts";

/** `name` is the Markdown file's, without its ending: pictures go into `name-pictures/`. */
export function toMarkdown(notebook: NotebookFile, name: string, locale: Locale): Exported {
  const files: ExportedFile[] = [];
  const folder = `${name}-pictures`;
  const parts = notebook.cells.flatMap((cell, index) => {
    const source = fromLines(cell.source);
    if (cell.kind === "markdown") return source.trim() === "" ? [] : [source];
    const code = source.trim() === "" ? [] : [fenced(source, codeLanguage(cell))];
    const outputs = (cell.outputs ?? []).flatMap((output, at) => {
      const picture = outputPicture(output, locale);
      const file = picture === null ? null : pictureFile(picture, `${folder}/cell-${index + 1}-${at + 1}`);
      if (file !== null) files.push(file);
      const shown = picture === null || file === null ? [] : [`![${alternative(picture)}](${encodeURI(file.path)})`];
      return [...shown, ...textOf(output)];
    });
    return [...code, ...outputs];
  });
  return { text: `${parts.map((part) => part.replace(/\n+$/, "")).join("\n\n")}\n`, files };
}

function textOf(output: NotebookFileOutput): readonly string[] {
  const text = outputText(output);
  return text === null || text.trim() === "" ? [] : [fenced(text.replace(/\n+$/, ""), "text")];
}

/** A fence longer than any that stands in the text. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/^\s*(`{3,})/gm)].map(([, ticks = ""]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function pictureFile({ kind, content }: OutputPicture, path: string): ExportedFile {
  if (kind === "svg") return { path: `${path}.svg`, content };
  return { path: `${path}.${kind === "jpeg" ? "jpg" : kind}`, content: new Uint8Array(Buffer.from(content, "base64")) };
}

/** In brackets, on one line. */
function alternative({ label }: OutputPicture): string {
  return label.replace(/[\\[\]]/g, "\\$&").replace(/\s+/g, " ");
}
