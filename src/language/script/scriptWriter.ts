// A notebook as one TypeScript file for the npm package: cells in order, Markdown as comments, what only notebooks have as comments too.
//
// Cells may declare a name anew; a file may not. A name that several cells declare becomes one variable that they assign,
// as it is when cells run: functions made earlier see its newest value.

import MagicString from "magic-string";
import ts from "typescript";
import type { Script, ScriptCell } from "../../shared/languageProtocol.ts";
import { type Say, sayIn } from "../languageWords.ts";
import { collectImports, ScriptImports } from "./scriptImports.ts";
import { importedModules, scriptModules } from "./scriptModules.ts";
import {
  boundNamesOf,
  commentOut,
  isForNotebooks,
  isMoreThanTypes,
  lineEnd,
  rewriteAgain,
  rewriteFirst,
} from "./scriptParts.ts";
import { enterFolder, type ScriptFolders, usesFiles } from "./scriptPlace.ts";
import { namesOfTypes } from "./typeUses.ts";

export interface ScriptPlace {
  readonly title: string;
  /** Where it and the notebook stand: what cells import and read from beside the notebook is found. Null where that is not known. */
  readonly folders: ScriptFolders | null;
}

export function writeScript(
  cells: readonly ScriptCell[],
  { title, folders }: ScriptPlace,
  say: Say = sayIn("en"),
): Script {
  const parsed = cells.map((cell) => ({ cell, file: parse(cell.text) }));
  const code = parsed.filter(({ cell }) => cell.kind === "code");
  const modules = scriptModules([...new Set(code.flatMap(({ file }) => importedModules(file)))], folders);
  const imports = new ScriptImports(folders, modules, namesOfTypes(code.map(({ file }) => file)));
  for (const { file } of code) collectImports(file, imports);
  const counts = new Map<string, number>();
  for (const { file } of code)
    for (const name of new Set(file.statements.flatMap(boundNamesOf))) counts.set(name, (counts.get(name) ?? 0) + 1);
  const repeated = new Set([...counts].filter(([, count]) => count > 1).map(([name]) => name));
  const known = new Set<string>();
  const parts = parsed.map(({ cell, file }, index) => {
    if (cell.kind === "markdown") return commented(cell.text);
    if (cell.kind === "other")
      return commented(`${say("otherLanguageCell", { number: String(index + 1) })}\n\n${cell.text}`);
    return writeCell(file, { imports, repeated, known, say });
  });
  const leftOver = parsed.flatMap(({ cell, file }, index) =>
    cell.kind === "code" ? usesLeft(file, imports).map((name) => ({ cell: index, name })) : [],
  );
  const body = parts.filter((part) => part.trim() !== "").join("\n\n");
  const needsTransform = modules.needsTransform || code.some(({ file }) => isMoreThanTypes(file));
  const head = commented(`${title}\n\n${say(needsTransform ? "scriptOriginTransformed" : "scriptOrigin")}`);
  const readsFiles = folders !== null && code.some(({ file }) => usesFiles(file));
  const start = readsFiles ? `// ${say("scriptFolder")}\n${enterFolder(folders)}` : "";
  return {
    text: `${[head, imports.text(say("scriptModules")), start, body].filter((part) => part !== "").join("\n\n")}\n`,
    leftOver,
  };
}

interface Surroundings {
  readonly imports: ScriptImports;
  /** Names that more than one cell declares. */
  readonly repeated: ReadonlySet<string>;
  /** Those of them that have been declared so far. Changed in place. */
  readonly known: Set<string>;
  readonly say: Say;
}

function writeCell(file: ts.SourceFile, { imports, repeated, known, say }: Surroundings): string {
  const label = (code: string) => say("inNotebook", { code });
  const text = new MagicString(file.text);
  const last = file.statements.findLast((statement) => !ts.isEmptyStatement(statement));
  moveImportCalls(text, file, imports);
  for (const statement of file.statements) {
    const names = boundNamesOf(statement);
    if (ts.isImportDeclaration(statement)) text.remove(statement.getFullStart(), statement.end);
    else if (isForNotebooks(statement, imports)) commentOut(text, statement, file, label);
    else if (names.some((name) => repeated.has(name))) {
      if (names.every((name) => !known.has(name))) rewriteFirst(text, statement, file);
      else rewriteAgain(text, statement, file, known);
      for (const name of names) known.add(name);
    } else if (statement === last && ts.isExpressionStatement(statement)) printValue(text, statement, file);
    if (statement !== last || !ts.isExpressionStatement(statement))
      commentInside(text, statement, file, { imports, label });
  }
  const written = text.toString().trim();
  // The cell before may end without a semicolon: then it would go on here.
  return /^(?:[([`+-]|\/(?![/*]))/.test(written) ? `;${written}` : written;
}

/** `import("./helper.ts")`: the way from where the script stands. */
function moveImportCalls(text: MagicString, file: ts.SourceFile, imports: ScriptImports): void {
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [module] = node.arguments;
      if (module !== undefined && ts.isStringLiteralLike(module) && imports.moved(module.text) !== module.text)
        text.overwrite(module.getStart(file), module.end, JSON.stringify(imports.moved(module.text)));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
}

/** The value that the cell would show. Of a training or a race it would be pages: those say themselves while they run. */
function printValue(text: MagicString, { expression }: ts.ExpressionStatement, file: ts.SourceFile): void {
  const isAssignment = ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  const isPrint = /^console\b/.test(expression.getText(file));
  if (ts.isAwaitExpression(expression) || isAssignment || isPrint) return;
  text.appendRight(expression.getStart(file), "console.log(");
  text.appendLeft(expression.end, ")");
}

/** Calls that only notebooks have, as statements of a loop or a function. */
function commentInside(
  text: MagicString,
  statement: ts.Node,
  file: ts.SourceFile,
  { imports, label }: { readonly imports: ScriptImports; readonly label: (code: string) => string },
): void {
  const visit = (node: ts.Node): void => {
    if (node !== statement && ts.isExpressionStatement(node) && isForNotebooks(node, imports)) {
      commentOut(text, node, file, label);
      return;
    }
    ts.forEachChild(node, visit);
  };
  if (!isForNotebooks(statement, imports)) visit(statement);
}

/** Names that only notebooks have, where their results are used. */
function usesLeft(file: ts.SourceFile, imports: ScriptImports): readonly string[] {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || (ts.isExpressionStatement(node) && isForNotebooks(node, imports))) return;
    const isName = ts.isIdentifier(node) && imports.notebookOnly.has(node.text);
    if (isName && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)) found.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...found];
}

function commented(text: string): string {
  const lines = text.replace(/\s+$/, "").split(lineEnd);
  return lines.join("") === "" ? "" : lines.map((line) => `// ${line}`.trimEnd()).join("\n");
}

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile("cell.ts", text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
}
