// What a notebook is called and asks, by its own first words: for lists of notebooks.

import type { NotebookFile } from "./notebookFile.ts";

export interface NotebookHeading {
  /** The words of its first heading. */
  readonly title: string;
  /** The first paragraph below it, without marks of Markdown; empty when there is none. */
  readonly summary: string;
}

/** `null` for a notebook that does not begin with a Markdown cell that begins with a heading. */
export function headingOf(notebook: NotebookFile): NotebookHeading | null {
  const [first] = notebook.cells;
  if (first?.kind !== "markdown") return null;
  const [heading = "", ...paragraphs] = first.source
    .join("\n")
    .trim()
    .split(/\n\s*\n/);
  const title = /^#+ +(.+)$/.exec(heading)?.[1];
  if (title === undefined) return null;
  const [paragraph = ""] = paragraphs;
  return { title: plainWords(title), summary: plainWords(paragraph) };
}

/** One line of the words alone. A label that begins a paragraph ("**Question.**") is none of them. */
function plainWords(markdown: string): string {
  return markdown
    .replace(/^\*\*[^*]+\.\*\*\s*/, "")
    .replace(/\*\*|\*|`/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
