// Doc comments → Markdown for hovers, completion and signature help.

import type ts from "typescript";
import type { NotebookService } from "./notebookService.ts";

/** The doc comment with its tags: parameters, errors, sources, examples. */
export function documentationMarkdown(
  documentation: readonly ts.SymbolDisplayPart[] | undefined,
  tags: readonly ts.JSDocTagInfo[] | undefined,
): string {
  const text = partsMarkdown(documentation);
  return [text, ...(tags ?? []).map(tagMarkdown)].filter((part) => part !== "").join("\n\n");
}

/**
 * The doc comment of the name at `offset`. Where a call is made, TypeScript looks only at the function's own comment;
 * this one stands at the property that holds the function.
 */
export function nameDocumentation(notebook: NotebookService, offset: number): string {
  const found = notebook.symbolAt(offset);
  if (found === null) return "";
  const { symbol, checker } = found;
  return documentationMarkdown(symbol.getDocumentationComment(checker), symbol.getJsDocTags(checker));
}

/** `{@link x}` becomes code; all else stands as written. */
export function partsMarkdown(parts: readonly ts.SymbolDisplayPart[] | undefined): string {
  return (parts ?? [])
    .map(({ kind, text }) => {
      if (kind === "link") return ""; // The braces around a link.
      if (kind === "linkName" || kind === "linkText") return `\`${text.trim()}\``;
      return text;
    })
    .join("");
}

function tagMarkdown(tag: ts.JSDocTagInfo): string {
  const text = partsMarkdown(tag.text).trim();
  switch (tag.name) {
    case "example":
      return exampleMarkdown(text);
    case "param":
    case "typeParam":
    case "template":
      return parameterMarkdown(tag.name, text);
    default:
      return text === "" ? `*@${tag.name}*` : `*@${tag.name}* ${text}`;
  }
}

function exampleMarkdown(text: string): string {
  if (text.includes("```")) return `*@example*\n${text}`;
  return `*@example*\n\`\`\`typescript\n${text}\n\`\`\``;
}

/** "units - how many" → "*@param* `units`: how many" */
function parameterMarkdown(tag: string, text: string): string {
  const [, name = text, words = ""] = /^(\S+)\s*(?:[-–—]\s*)?([\s\S]*)$/.exec(text) ?? [];
  return words === "" ? `*@${tag}* \`${name}\`` : `*@${tag}* \`${name}\`: ${words}`;
}
