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

/** The changes of several statements as one: where blocks end together, the inner ones end first; nothing is imported twice. */
export function joinedChanges(source: string, statements: readonly PythonStatement[]): readonly LayoutChange[] {
  const joined = new Map<string, LayoutChange>();
  const imported = importedIn(source);
  const changes = statements.flatMap((each) => each.changes.map((change) => importedOnce(change, imported, source)));
  for (const { span, text } of changes) {
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
    const next = lines.slice(index + 1).find(({ text }) => text !== "");
    // Of `import torch` TypeScript reads on, and finds fault with what follows.
    const last = next !== undefined && bareImport.test(line.text) ? next.start + next.indent : end;
    if (!wrong.some((offset) => offset >= line.start && (offset <= end || offset === last))) return [];
    if (/^#[\p{L}_$]/u.test(line.text) && /\bclass\b/.test(source)) return [];
    const translated = pythonLine(line.text);
    if (translated === null || isTypescript(withoutComma(line.text)) || !isTranslated(translated)) return [];
    const start = line.start + line.indent;
    const whole = { span: { start, length: line.text.length }, text: translated.text };
    const header = importedOnce(whole, importedIn(source), source);
    const closing = translated.closing === null ? [] : closingOf(lines, index, translated.closing);
    return [
      { start, code: shown({ ...translated, text: header.text || translated.text }), changes: [header, ...closing] },
    ];
  });
}

const bareImport = /^import\s+[\w.]+$/;
const nnbookImport = /^[ \t]*import \{ ([^}]*) \} from "nnbook";?/gm;

/** What TypeScript's own lines import from nnbook. */
function importedIn(source: string): Set<string> {
  return new Set([...source.matchAll(nnbookImport)].flatMap(([, names = ""]) => names.split(/,\s*/)));
}

/** The same change without what is imported already, which grows by the rest; a line that has nothing left is taken out. */
function importedOnce(change: LayoutChange, imported: Set<string>, source: string): LayoutChange {
  const [[, names = ""] = []] = change.text.matchAll(nnbookImport);
  const all = names.split(/,\s*/);
  if (names === "" || !all.some((name) => imported.has(name))) {
    if (names !== "") for (const name of all) imported.add(name);
    return change;
  }
  const left = all.filter((name) => !imported.has(name));
  for (const name of left) imported.add(name);
  if (left.length > 0) return { ...change, text: change.text.replace(names, left.join(", ")) };
  const { start, length } = change.span;
  const [lineEnd = ""] = /^[^\n]*\n?/.exec(source.slice(start + length)) ?? [];
  return { span: { start, length: length + (lineEnd.trim() === "" ? lineEnd.length : 0) }, text: "" };
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

/** One of several arguments or elements, each on a line of its own. */
function withoutComma(line: string): string {
  return line.replace(/,(?=\s*(?:\/\/.*)?$)/, "");
}

/** What became something that is no TypeScript either was not understood. */
function isTranslated({ text, closing, closesBefore }: TranslatedLine): boolean {
  const before = /^\} (?:catch|finally)/.test(text) ? "try {" : closesBefore ? "if (x) {" : "";
  const isMethod = /^(?:async )?(?!(?:if|for|while|function|class|try)\b)[\p{L}\p{N}_]+\(.*\) \{/u.test(text);
  const behind = /^try\b/.test(text) ? "} finally {}" : (closing ?? "");
  const whole = `${before}${withoutComma(text)}\n${behind}`;
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
  const isOnLine = closing.startsWith(" ");
  return [{ span: { start, length: 0 }, text: isOnLine ? closing : `\n${" ".repeat(indent)}${closing}` }];
}

function shown({ text, closing, closesBefore }: TranslatedLine): string {
  const begun = closesBefore ? text.slice("} ".length) : text;
  const block = closing?.startsWith(" ") ? `${begun}${closing}` : `${begun.replace(/ \/\/.*$/, "")} … ${closing}`;
  const code = closing === null ? begun : block;
  return code.length <= mostCodeCharacters ? code : `${code.slice(0, mostCodeCharacters)}…`;
}
