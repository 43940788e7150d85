// Doc comments → Markdown for hovers, completion and signature help.

import ts from "typescript";
import type { NotebookService } from "../program/notebookService.ts";
import { unaliased } from "../program/syntaxTree.ts";

/** The doc comment with its tags: parameters, errors, sources, examples. */
export function documentationMarkdown(
  documentation: readonly ts.SymbolDisplayPart[] | undefined,
  tags: readonly ts.JSDocTagInfo[] | undefined,
): string {
  const text = partsMarkdown(documentation);
  return [text, ...(tags ?? []).map(tagMarkdown)].filter((part) => part !== "").join("\n\n");
}

/**
 * The doc comment of the name at `offset`. `ofCall` is that of the function which is called: it counts where the name is
 * that function's own (each overload has its words). A property or variable that holds a function has words of its own,
 * meant for those who use it; failing them, those of what it was taken from.
 */
export function nameDocumentation(notebook: NotebookService, offset: number, ofCall = ""): string {
  const found = notebook.symbolAt(offset);
  if (found === null) return ofCall;
  const { checker } = found;
  let symbol: ts.Symbol | undefined = unaliased(found.symbol, checker);
  if (ofCall !== "" && (symbol.flags & holder) === 0) return ofCall;
  for (let step = 0; symbol !== undefined && step < mostSteps; step++) {
    const own = documentationMarkdown(symbol.getDocumentationComment(checker), symbol.getJsDocTags(checker));
    if (own !== "") return own;
    symbol = takenFrom(symbol, checker);
  }
  return ofCall;
}

const holder = ts.SymbolFlags.Property | ts.SymbolFlags.Variable;
/** `const a = b; const b = a` leads nowhere. */
const mostSteps = 8;

/** What a name was declared from: `layers.dense` for `const { dense } = layers` and `const dense = layers.dense`. */
function takenFrom(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol | undefined {
  const declaration = symbol.valueDeclaration;
  if (declaration === undefined) return undefined;
  if (ts.isBindingElement(declaration)) {
    const name = declaration.propertyName ?? declaration.name;
    return ts.isIdentifier(name) ? checker.getTypeAtLocation(declaration.parent).getProperty(name.text) : undefined;
  }
  if (ts.isShorthandPropertyAssignment(declaration)) return checker.getShorthandAssignmentValueSymbol(declaration);
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const isName = value !== undefined && (ts.isIdentifier(value) || ts.isPropertyAccessExpression(value));
  const source = isName ? checker.getSymbolAtLocation(value) : undefined;
  return source === undefined ? undefined : unaliased(source, checker);
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
