// Writes an import into a cell: into one it has from the same module, or as a line of its own above the code.
// Never into another cell: that would have to run again before this one can.

import ts from "typescript";
import type { LayoutChange } from "../../shared/editorProtocol.ts";

export interface NewImport {
  readonly name: string;
  readonly from: string;
  /** Only types use it. */
  readonly isType: boolean;
}

export function addImport(text: string, { name, from, isType }: NewImport): LayoutChange {
  const file = ts.createSourceFile("cell.ts", text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
  const imports = file.statements.filter(ts.isImportDeclaration);
  for (const each of imports) {
    if (!ts.isStringLiteral(each.moduleSpecifier) || each.moduleSpecifier.text !== from) continue;
    const added = addedName(each, file, { name, isType });
    if (added !== null) return added;
  }
  const last = imports.at(-1);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const quote = last && !last.moduleSpecifier.getText(file).startsWith('"') ? "'" : '"';
  const end = last && !last.getText(file).endsWith(";") ? "" : ";";
  const line = `import ${isType ? "type " : ""}{ ${name} } from ${quote}${from}${quote}${end}`;
  if (last !== undefined) return { span: { start: last.end, length: 0 }, text: newline + line };
  return { span: { start: 0, length: 0 }, text: line + newline };
}

/** `null` where the import has no place for a name: `import * as nn`. */
function addedName(
  { importClause }: ts.ImportDeclaration,
  file: ts.SourceFile,
  { name, isType }: { readonly name: string; readonly isType: boolean },
): LayoutChange | null {
  if (importClause === undefined) return null;
  const isOfTypes = importClause.phaseModifier === ts.SyntaxKind.TypeKeyword;
  if (isOfTypes && !isType) return null;
  const written = isType && !isOfTypes ? `type ${name}` : name;
  const { namedBindings } = importClause;
  if (namedBindings === undefined) {
    return isOfTypes ? null : { span: { start: importClause.end, length: 0 }, text: `, { ${written} }` };
  }
  if (ts.isNamespaceImport(namedBindings)) return null;
  const [last, before] = [namedBindings.elements.at(-1), namedBindings.elements.at(-2)];
  if (last === undefined) {
    const start = namedBindings.getStart(file);
    return { span: { start, length: namedBindings.end - start }, text: `{ ${written} }` };
  }
  // As the names before it stand: in one line, or each on its own.
  const gap = file.text.slice(before?.end ?? namedBindings.getStart(file) + 1, last.getStart(file));
  const space = /^[\s,]*$/.test(gap) && gap.includes("\n") ? gap.replaceAll(",", "") : " ";
  return { span: { start: last.end, length: 0 }, text: `,${space}${written}` };
}
