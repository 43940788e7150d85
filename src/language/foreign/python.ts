// Python in a cell that is no TypeScript: the lines that are wrong because of it, what to write instead, and where a block would end.

import ts from "typescript";
import type { LayoutChange } from "../../shared/editorProtocol.ts";
import { hasParseErrors } from "../program/syntaxTree.ts";
import { pythonLine, type TranslatedLine } from "./pythonLine.ts";

export interface PythonStatement {
  /** Where its line begins, behind what indents it. */
  readonly start: number;
  /** The same in TypeScript, in one line: "for (const x of list) { … }". */
  readonly code: string;
  /** What makes it TypeScript, with the end of its block. */
  readonly changes: readonly LayoutChange[];
}

interface Line {
  readonly start: number;
  readonly indent: number;
  /** Without what indents it. */
  readonly text: string;
}

const mostCodeCharacters = 100;

/** All lines that are Python and no TypeScript, wherever TypeScript found fault: what changes a cell as a whole. */
export function allPythonIn(source: string): readonly PythonStatement[] {
  return pythonIn(
    source,
    linesOf(source).map(({ start }) => start),
  );
}

/** The changes of several statements as one: where blocks end together, the inner ones end first. */
export function joinedChanges(statements: readonly PythonStatement[]): readonly LayoutChange[] {
  const joined = new Map<string, LayoutChange>();
  for (const { span, text } of statements.flatMap(({ changes }) => changes)) {
    const place = `${span.start} ${span.length}`;
    joined.set(place, { span, text: text + (joined.get(place)?.text ?? "") });
  }
  return [...joined.values()];
}

/** `wrong`: offsets at which TypeScript found fault. Lines without any are never looked at. */
export function pythonIn(source: string, wrong: readonly number[]): readonly PythonStatement[] {
  const lines = linesOf(source);
  return lines.flatMap((line, index) => {
    const end = line.start + line.indent + line.text.length;
    if (!wrong.some((offset) => offset >= line.start && offset <= end)) return [];
    if (/^#[\p{L}_$]/u.test(line.text) && /\bclass\b/.test(source)) return [];
    const translated = pythonLine(line.text);
    if (translated === null || isTypescript(line.text) || !isTranslated(translated)) return [];
    const start = line.start + line.indent;
    const header = { span: { start, length: line.text.length }, text: translated.text };
    const closing = translated.closing === null ? [] : closingOf(lines, index, translated.closing);
    return [{ start, code: shown(translated), changes: [header, ...closing] }];
  });
}

function linesOf(source: string): readonly Line[] {
  let start = 0;
  return source.split("\n").map((whole) => {
    const text = whole.replace(/\r$/, "");
    const indent = text.length - text.trimStart().length;
    const line = { start, indent, text: text.slice(indent).trimEnd() };
    start += whole.length + 1;
    return line;
  });
}

function isTypescript(code: string): boolean {
  return !hasParseErrors(ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ESNext));
}

/** What became something that is no TypeScript either was not understood. */
function isTranslated({ text, closing, closesBefore }: TranslatedLine): boolean {
  const before = /^\} (?:catch|finally)/.test(text) ? "try {" : closesBefore ? "if (x) {" : "";
  const isMethod = /^(?:async )?(?!(?:if|for|while|function|class|try)\b)\w+\(.*\) \{/.test(text);
  const behind = /^try\b/.test(text) ? "} finally {}" : (closing ?? "");
  const whole = `${before}${text}\n${behind}`;
  return isTypescript(isMethod ? `class A {${whole}}` : whole);
}

/** Behind the last line that is indented further; none where the next line goes on with the statement: `else:`. */
function closingOf(lines: readonly Line[], index: number, closing: string): readonly LayoutChange[] {
  const { indent = 0 } = lines[index] ?? {};
  let last = index;
  for (const [at, line] of lines.entries()) {
    if (at <= index || line.text === "") continue;
    if (line.indent <= indent) {
      if (line.indent === indent && /^(?:\} *)?(?:elif|else|except|finally|catch)\b/.test(line.text)) return [];
      break;
    }
    last = at;
  }
  const end = lines[last];
  if (end === undefined) return [];
  const start = end.start + end.indent + end.text.length;
  return [{ span: { start, length: 0 }, text: `\n${" ".repeat(indent)}${closing}` }];
}

function shown({ text, closing, closesBefore }: TranslatedLine): string {
  const begun = closesBefore ? text.slice("} ".length) : text;
  const code = closing === null ? begun : `${begun.replace(/ \/\/.*$/, "")} … ${closing}`;
  return code.length <= mostCodeCharacters ? code : `${code.slice(0, mostCodeCharacters)}…`;
}
