// The cells of a notebook as HTML. Outputs go in as data or as text, never as markup: the renderer draws them when the page opens.

import { stillPicture } from "../../../renderer/still/stillPicture.ts";
import { codeLanguage } from "../../notebook/notebookCells.ts";
import {
  errorMimeType,
  type NotebookFile,
  type NotebookFileCell,
  streamMimeTypes,
} from "../../notebook/notebookFile.ts";
import { fromLines } from "../../notebook/printNotebook.ts";
import type { JsonValue } from "../../shared/json.ts";
import { type Locale, plainMessage } from "../../shared/words/message.ts";
import { isView } from "../outputPicture.ts";
import { plainError } from "../outputText.ts";
import { escapeHtml, scriptJson } from "./escapeHtml.ts";
import { highlightCode } from "./highlightCode.ts";
import { MarkdownPrinter } from "./markdownHtml.ts";
import { pageWords } from "./pageWords.ts";

export interface CellPageOptions {
  readonly locale: Locale;
  readonly pictureAddress: (source: string) => string | null;
}

/** The cells one below the other, empty ones left out. */
export function cellsHtml(notebook: NotebookFile, options: CellPageOptions): string {
  const markdown = new MarkdownPrinter(options);
  const say = (id: "code" | "output", number: number) =>
    escapeHtml(plainMessage(pageWords, { id, args: { number: String(number) } }, options.locale));
  const parts = notebook.cells.map((cell, index) => {
    const source = fromLines(cell.source);
    if (cell.kind === "markdown")
      return source.trim() === "" ? "" : `<section class="words">${markdown.print(source)}</section>`;
    const outputs = (cell.outputs ?? []).map(({ items }) => outputHtml(items, options.locale)).join("\n");
    const code =
      source.trim() === ""
        ? ""
        : `<div class="code" role="group" aria-label="${say("code", index + 1)}"><pre tabindex="0"><code>${highlightCode(source, codeLanguage(cell))}</code></pre></div>`;
    const shown =
      outputs === ""
        ? ""
        : `<div class="outputs" role="group" aria-label="${say("output", index + 1)}">${outputs}</div>`;
    return code === "" && shown === "" ? "" : `<section class="cell">${code}${shown}</section>`;
  });
  return parts.filter((part) => part !== "").join("\n");
}

type Items = NonNullable<NotebookFileCell["outputs"]>[number]["items"];

/** The form of an output that says most. */
function outputHtml(items: Items, locale: Locale): string {
  const word = (id: keyof (typeof pageWords)["en"], args = {}) =>
    escapeHtml(plainMessage(pageWords, { id, args }, locale));
  const text = typeof items["text/plain"] === "string" ? items["text/plain"] : null;
  const view = Object.keys(items).find(isView);
  if (view !== undefined) {
    const data = `<script type="application/json">${scriptJson(items[view])}</script>`;
    const still = stillPicture(view, items[view], locale);
    // The words stand there until the picture is drawn; where no script runs, below one that stands still.
    const picture = still === null ? "" : `<noscript>${pictureHtml(svgAddress(still.svg), still.label)}</noscript>`;
    const words = text === null ? "" : textHtml(text);
    return `<div class="view" data-mime="${escapeHtml(view)}">${data}${picture}${words}</div>`;
  }
  const failure = items[errorMimeType];
  if (failure !== undefined)
    return `<pre class="error" role="group" aria-label="${word("error")}">${escapeHtml(plainError(failure))}</pre>`;
  const printed = items[streamMimeTypes.stdout];
  if (typeof printed === "string") return textHtml(printed);
  const warned = items[streamMimeTypes.stderr];
  if (typeof warned === "string")
    return `<pre class="warned" role="group" aria-label="${word("warnings")}">${escapeHtml(warned)}</pre>`;
  for (const [mime, value] of Object.entries(items)) {
    const address = pictureData(mime, value);
    if (address !== null) return pictureHtml(address, text ?? word("picture"));
  }
  if (text !== null) return textHtml(text);
  const [mime = "", value = null] = Object.entries(items)[0] ?? [];
  if (mime === "") return "";
  if (typeof value === "string" && mime.startsWith("text/")) return textHtml(value);
  if (mime.endsWith("json")) return textHtml(JSON.stringify(value, null, 2));
  return `<p class="notShown">${word("notShown", { mime })}</p>`;
}

function textHtml(text: string): string {
  return `<pre class="text" tabindex="0">${escapeHtml(text.replace(/\n$/, ""))}</pre>`;
}

function pictureHtml(address: string, label: string): string {
  return `<img class="picture" src="${escapeHtml(address)}" alt="${escapeHtml(label)}">`;
}

function svgAddress(svg: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
}

/** A picture as an `img` element may show it: there even an SVG runs no script and loads nothing. */
function pictureData(mime: string, value: JsonValue): string | null {
  if (typeof value !== "string") return null;
  if (mime === "image/svg+xml") return svgAddress(value);
  const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(mime) && /^[A-Za-z\d+/=\s]+$/.test(value);
  return isPicture ? `data:${mime};base64,${value.replace(/\s/g, "")}` : null;
}
