// A Markdown cell as HTML, as the editor shows it: links, tables, maths as MathML (which needs no fonts), and harmless markup.

import mathPlugin from "@vscode/markdown-it-katex";
import MarkdownIt from "markdown-it";
import { escapeHtml } from "./escapeHtml.ts";
import { highlightCode } from "./highlightCode.ts";
import { closeAll, safeHtml, type TagContext } from "./safeTags.ts";

export interface MarkdownOptions {
  /** The address under which a picture of the notebook can be shown; `null` when it cannot. */
  readonly pictureAddress: (source: string) => string | null;
}

/** The HTML of Markdown cells. Whatever they hold, it runs nothing and loads nothing. */
export class MarkdownPrinter {
  readonly #markdown = new MarkdownIt({ html: true, linkify: true, highlight: highlightCode });
  readonly #context: TagContext;
  readonly #usedAnchors = new Map<string, number>();

  constructor({ pictureAddress }: MarkdownOptions) {
    this.#context = { pictureAddress, isSafeLink: (address) => this.#markdown.validateLink(address), open: [] };
    // Without `trust` KaTeX makes neither links nor pictures; a formula that is wrong is shown as it was written.
    const maths = { output: "mathml", strict: "ignore", throwOnError: false, enableFencedBlocks: true };
    this.#markdown.use(mathPlugin, maths);
    const { rules } = this.#markdown.renderer;
    rules.html_block = (tokens, at) => safeHtml(tokens[at]?.content ?? "", this.#context);
    rules.html_inline = rules.html_block;
    rules.image = (tokens, at, options, env, self) => {
      const token = tokens[at];
      const source = token?.attrGet("src") ?? "";
      const words = token === undefined ? "" : self.renderInlineAsText(token.children ?? [], options, env);
      const address = pictureAddress(source);
      if (address !== null) return `<img src="${escapeHtml(address)}" alt="${escapeHtml(words)}">`;
      // What is elsewhere is not loaded: the reader decides whether to go there.
      return `<a href="${escapeHtml(source)}">${escapeHtml(words || source)}</a>`;
    };
    rules.heading_open = (tokens, at) => {
      const heading = tokens[at];
      return `<${heading?.tag} id="${escapeHtml(this.#anchor(tokens[at + 1]?.content ?? ""))}">`;
    };
  }

  print(source: string): string {
    return this.#markdown.render(source) + closeAll(this.#context);
  }

  /** As links within a notebook name headings: "Why it learns" → "why-it-learns". */
  #anchor(heading: string): string {
    const name = heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number}\s_-]/gu, "")
      .replace(/\s+/g, "-");
    const used = this.#usedAnchors.get(name) ?? 0;
    this.#usedAnchors.set(name, used + 1);
    return used === 0 ? name : `${name}-${used}`;
  }
}
