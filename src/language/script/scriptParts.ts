// Statements of cells as statements of one file: names that are declared again, and calls that only notebooks have.

import type MagicString from "magic-string";
import ts from "typescript";
import type { ScriptImports } from "./scriptImports.ts";

/** A call of `show`, `display`, `check` or `diagnose` whose value nothing uses. */
export function isForNotebooks(statement: ts.Node, { notebookOnly }: ScriptImports): boolean {
  if (!ts.isExpressionStatement(statement)) return false;
  let node: ts.Node = statement.expression;
  while (
    ts.isAwaitExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isParenthesizedExpression(node)
  )
    node = node.expression;
  return ts.isIdentifier(node) && notebookOnly.has(node.text);
}

/** Whether TypeScript makes code of something that is no JavaScript: enums, namespaces, parameters that are properties. Node erases types alone. */
export function isMoreThanTypes(node: ts.Node): boolean {
  const isDeclared =
    ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
  if (isDeclared === true) return false;
  if (ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node) || ts.isImportEqualsDeclaration(node)) return true;
  if (ts.isParameter(node) && ts.isParameterPropertyDeclaration(node, node.parent)) return true;
  return ts.forEachChild(node, isMoreThanTypes) ?? false;
}

/** What ends a line, and so a comment, in TypeScript: in texts of a notebook these may stand anywhere. */
export const lineEnd = /\r\n|[\n\r\u2028\u2029]/;

/** `label`: its first line with words around it. */
export function commentOut(
  text: MagicString,
  statement: ts.Statement,
  file: ts.SourceFile,
  label: (code: string) => string,
): void {
  const start = statement.getStart(file);
  const indent = /[ \t]*$/.exec(file.text.slice(0, start))?.[0] ?? "";
  const [first = "", ...others] = file.text.slice(start, statement.end).split(lineEnd);
  const lines = [`// ${label(first)}`, ...others.map((line) => `${indent}// ${line.slice(indentOf(line, indent))}`)];
  // What follows on the same line is no part of the comment.
  const rest = /^[^\n]*/.exec(file.text.slice(statement.end))?.[0] ?? "";
  text.overwrite(
    start,
    statement.end,
    `${isAlone(statement) ? "" : "; "}${lines.join("\n")}${rest.trim() === "" ? "" : "\n"}`,
  );
}

/** Among other statements; else it is the body of an `if` or a loop, which cannot be empty. */
function isAlone({ parent }: ts.Node): boolean {
  return ts.isSourceFile(parent) || ts.isBlock(parent) || ts.isCaseOrDefaultClause(parent);
}

function indentOf(line: string, most: string): number {
  return Math.min(most.length, /^[ \t]*/.exec(line)?.[0].length ?? 0);
}

/** The values that a top-level statement gives names to; imports and types apart. */
export function boundNamesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
  const isNamed = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  return isNamed && statement.name !== undefined ? [statement.name.text] : [];
}

function namesIn(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesIn(element.name)));
}

/** `const model = …` → `let model: any = …`: the next cell that declares it may give it another type. */
export function rewriteFirst(text: MagicString, statement: ts.Statement, file: ts.SourceFile): void {
  dropModifiers(text, statement, file);
  if (ts.isVariableStatement(statement)) {
    const { declarationList } = statement;
    const [first] = declarationList.declarations;
    if (first === undefined) return;
    text.overwrite(declarationList.getStart(file), first.getStart(file), "let ");
    for (const { name, type } of declarationList.declarations) {
      if (type !== undefined) text.overwrite(name.end, type.end, ": any");
      else text.appendLeft(name.end, ": any");
    }
  } else asValue(text, statement, file, "let ", ": any");
}

/** `const model = …` → `model = …`, and `let` for the names of the statement that are new. */
export function rewriteAgain(
  text: MagicString,
  statement: ts.Statement,
  file: ts.SourceFile,
  known: ReadonlySet<string>,
): void {
  dropModifiers(text, statement, file);
  const added = boundNamesOf(statement).filter((name) => !known.has(name));
  const before = added.length === 0 ? "" : `let ${added.map((name) => `${name}: any`).join(", ")};\n`;
  if (!ts.isVariableStatement(statement)) {
    asValue(text, statement, file, before, "");
    return;
  }
  const { declarationList } = statement;
  const [first] = declarationList.declarations;
  if (first === undefined) return;
  // A line that begins with a bracket would go on with the one before.
  const opening = ts.isObjectBindingPattern(first.name) ? ";(" : ts.isArrayBindingPattern(first.name) ? ";" : "";
  text.overwrite(declarationList.getStart(file), first.getStart(file), before + opening);
  if (opening === ";(") text.appendLeft(declarationList.end, ")");
  for (const { name, type, initializer } of declarationList.declarations) {
    if (type !== undefined) text.remove(name.end, type.end);
    if (initializer === undefined) text.appendLeft(type?.end ?? name.end, " = undefined");
  }
}

/** `function f() {}` → `f = function f() {};`, at the cell's top, because functions may be called above their place. */
function asValue(text: MagicString, statement: ts.Statement, file: ts.SourceFile, before: string, after: string): void {
  if (!(ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) || statement.name === undefined)
    return;
  const start = statement.getStart(file);
  text.prependRight(start, `${before}${statement.name.text}${after} = `);
  text.appendLeft(statement.end, ";\n");
  if (ts.isFunctionDeclaration(statement) && start > 0) text.move(start, statement.end, 0);
}

/** `export` would export the name twice, or not at all. */
function dropModifiers(text: MagicString, statement: ts.Statement, file: ts.SourceFile): void {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  for (const modifier of modifiers)
    if (modifier.kind === ts.SyntaxKind.ExportKeyword || modifier.kind === ts.SyntaxKind.DefaultKeyword)
      text.remove(modifier.getStart(file), modifier.end + 1);
}
