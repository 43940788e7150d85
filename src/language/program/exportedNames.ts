// `export { a, b as c }` in a cell, where it may not stand in the program: what it names must be found there all the same.

import ts from "typescript";
import type { MaskedText } from "./maskedText.ts";

/** What stands after a cell in the program, and which parts of it stand for parts of the cell. */
export interface CellEnding {
  readonly text: string;
  readonly echoes: readonly Echo[];
}

/** A name in the ending that is written in the cell as well, where an `export` was blanked. */
export interface Echo {
  readonly start: number;
  readonly cellStart: number;
  readonly length: number;
}

/** Makes `export { a, b as c }` a block that uses `a` and `b`, and adds `const c = b` to the ending. Types are only used in the ending. */
export function maskExports(
  statement: ts.ExportDeclaration,
  file: ts.SourceFile,
  { text, ending }: { readonly text: MaskedText; readonly ending: EndingWriter },
): void {
  const start = statement.getStart(file);
  const { exportClause } = statement;
  if (statement.moduleSpecifier !== undefined || exportClause === undefined || !ts.isNamedExports(exportClause)) {
    text.blank(start, statement.end);
    return;
  }
  const names = exportClause.elements.map((element) => exportedName(element, statement, file));
  text.blank(start, statement.end);
  const open = exportClause.getStart(file);
  // A statement that is still open ends here.
  text.replace(start, ";");
  text.replace(open, "{");
  text.replace(exportClause.end - 1, "}");
  for (const { local, alias, isType } of names) {
    if (local === null) continue;
    if (isType) ending.addTypeUse(local);
    else text.replace(local.start, `${local.text};`.slice(0, exportClause.end - 1 - local.start));
    if (alias !== null && !isType) ending.addAlias(alias, local.text);
  }
}

interface WrittenName {
  readonly text: string;
  readonly start: number;
}

function exportedName(element: ts.ExportSpecifier, { isTypeOnly }: ts.ExportDeclaration, file: ts.SourceFile) {
  const local = writtenName(element.propertyName ?? element.name, file);
  const isType = isTypeOnly || element.isTypeOnly || (local !== null && isDeclaredType(local.text, file));
  const alias = element.propertyName === undefined ? null : writtenName(element.name, file);
  return { local, alias: alias?.text === "default" ? null : alias, isType };
}

function writtenName(node: ts.ModuleExportName, file: ts.SourceFile): WrittenName | null {
  return ts.isIdentifier(node) ? { text: node.text, start: node.getStart(file) } : null;
}

function isDeclaredType(name: string, file: ts.SourceFile): boolean {
  return file.statements.some(
    (each) => (ts.isInterfaceDeclaration(each) || ts.isTypeAliasDeclaration(each)) && each.name.text === name,
  );
}

export class EndingWriter {
  #text: string;
  readonly #echoes: Echo[] = [];

  /** `closing` closes what the cell leaves open. */
  constructor(closing: string) {
    this.#text = closing;
  }

  addAlias(alias: WrittenName, of: string): void {
    this.#text += "\nconst ";
    this.#echo(alias);
    this.#text += ` = ${of};`;
  }

  addTypeUse(name: WrittenName): void {
    this.#text += `\ntype $nn${this.#echoes.length} = `;
    this.#echo(name);
    this.#text += ";";
  }

  finish(): CellEnding {
    return { text: this.#text, echoes: this.#echoes };
  }

  #echo({ text, start }: WrittenName): void {
    this.#echoes.push({ start: this.#text.length, cellStart: start, length: text.length });
    this.#text += text;
  }
}
