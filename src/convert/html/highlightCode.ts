// Code with its keywords, strings and comments marked, as HTML.

import highlighter from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import json from "highlight.js/lib/languages/json";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";
import { escapeHtml } from "./escapeHtml.ts";

highlighter.registerLanguage("typescript", typescript);
highlighter.registerLanguage("json", json);
highlighter.registerLanguage("python", python);
highlighter.registerLanguage("bash", bash);
// TypeScript's rules are those of JavaScript with more words.
highlighter.registerAliases(["javascript", "js", "jsx", "tsx", "mjs"], { languageName: "typescript" });

/** HTML of `code`; as it is where the language is unknown. */
export function highlightCode(code: string, language: string): string {
  if (highlighter.getLanguage(language) === undefined) return escapeHtml(code);
  return highlighter.highlight(code, { language, ignoreIllegals: true }).value;
}
