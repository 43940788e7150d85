// A cell's imports in order: one for each module, sorted, without what no cell uses.

import ts from "typescript";
import type { TextSpan } from "../../shared/codePlaces.ts";
import type { LayoutChange } from "../../shared/editorProtocol.ts";
import { hasParseErrors } from "../program/syntaxTree.ts";

interface ModuleImports {
  readonly specifier: string;
  readonly whole: string | null;
  readonly namespace: string | null;
  readonly named: readonly string[];
  readonly isOfTypes: boolean;
}

/**
 * `unused`: spans of the cell that hold names of imports which nothing uses. `null` where there is nothing to change, and where code, comments or
 * attributes stand among the imports: they would lose their place.
 */
export function organizeImports(text: string, unused: readonly TextSpan[]): LayoutChange | null {
  const file = ts.createSourceFile("cell.ts", text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
  if (hasParseErrors(file)) return null;
  const imports = file.statements.filter(ts.isImportDeclaration);
  const [first, last] = [imports[0], imports.at(-1)];
  if (first === undefined || last === undefined || imports.some(({ attributes }) => attributes !== undefined))
    return null;
  const start = first.getStart(file);
  const isTogether = imports.every((each) => each === first || text.slice(each.pos, each.getStart(file)).trim() === "");
  const isInOne = file.statements.indexOf(last) - file.statements.indexOf(first) === imports.length - 1;
  const hasComments = imports.some((each) => /\/[/*]/.test(each.getText(file).replace(/(["']).*?\1/g, "")));
  if (!isTogether || !isInOne || hasComments) return null;
  const isUnused = (node: ts.Node) =>
    unused.some((span) => span.start <= node.getStart(file) && span.start + span.length >= node.end);
  const kept = merged(imports.flatMap((each) => importsOf(each, isUnused)));
  const quote = first.moduleSpecifier.getText(file).startsWith("'") ? "'" : '"';
  const end = first.getText(file).endsWith(";") ? ";" : "";
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const written = kept.map((each) => `${importText(each, quote)}${end}`).join(newline);
  // With the last import its line goes too.
  const lineEnd = written === "" ? (/^[ \t]*\r?\n/.exec(text.slice(last.end))?.[0].length ?? 0) : 0;
  const span = { start, length: last.end + lineEnd - start };
  return written === text.slice(start, span.start + span.length) ? null : { span, text: written };
}

function importsOf(statement: ts.ImportDeclaration, isUnused: (node: ts.Node) => boolean): readonly ModuleImports[] {
  const specifier = ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : "";
  const { importClause } = statement;
  const nothing = { specifier, whole: null, namespace: null, named: [], isOfTypes: false };
  // For what it does, not for what it gives.
  if (importClause === undefined) return [nothing];
  const { name, namedBindings } = importClause;
  const whole = name === undefined || isUnused(name) ? null : name.text;
  const isNamespace = namedBindings !== undefined && ts.isNamespaceImport(namedBindings);
  const namespace = isNamespace && !isUnused(namedBindings.name) ? namedBindings.name.text : null;
  const elements = namedBindings !== undefined && ts.isNamedImports(namedBindings) ? namedBindings.elements : [];
  const named = elements.filter((each) => !isUnused(each.name)).map((each) => each.getText());
  if (whole === null && namespace === null && named.length === 0) return [];
  return [{ specifier, whole, namespace, named, isOfTypes: importClause.phaseModifier === ts.SyntaxKind.TypeKeyword }];
}

/** Named imports of the same module become one; a default import and a namespace stay as they are. Packages stand before files. */
function merged(imports: readonly ModuleImports[]): readonly ModuleImports[] {
  const found: ModuleImports[] = [];
  for (const each of imports) {
    const at = found.findIndex(
      (other) =>
        other.specifier === each.specifier &&
        other.isOfTypes === each.isOfTypes &&
        isNamed(other) &&
        isNamed(each) &&
        (other.whole === null || each.whole === null),
    );
    const other = found[at];
    if (other === undefined) found.push(each);
    else found[at] = { ...other, whole: other.whole ?? each.whole, named: [...other.named, ...each.named] };
  }
  const isFile = ({ specifier }: ModuleImports) => Number(specifier.startsWith("."));
  return found
    .map((each) => ({ ...each, named: [...new Set(each.named)].sort(byName) }))
    .toSorted((a, b) => isFile(a) - isFile(b) || byName(a.specifier, b.specifier));
}

function isNamed({ namespace, whole, named }: ModuleImports): boolean {
  return namespace === null && (whole !== null || named.length > 0);
}

function byName(a: string, b: string): number {
  const [left, right] = [a.replace(/^type /, "").toLowerCase(), b.replace(/^type /, "").toLowerCase()];
  return left < right ? -1 : Number(left > right);
}

function importText({ specifier, whole, namespace, named, isOfTypes }: ModuleImports, quote: string): string {
  const parts = [
    ...(whole === null ? [] : [whole]),
    ...(namespace === null ? [] : [`* as ${namespace}`]),
    ...(named.length === 0 ? [] : [`{ ${named.join(", ")} }`]),
  ];
  const from = `${quote}${specifier}${quote}`;
  return parts.length === 0 ? `import ${from}` : `import ${isOfTypes ? "type " : ""}${parts.join(", ")} from ${from}`;
}
