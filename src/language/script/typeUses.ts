// Imports of types that do not say so: TypeScript leaves them out by itself, Node does not, and misses what they name.

import ts from "typescript";

/** Names that code uses in types, and nowhere else. */
export function namesOfTypes(files: readonly ts.SourceFile[]): ReadonlySet<string> {
  const inTypes = new Set<string>();
  const inValues = new Set<string>();
  const visit = (node: ts.Node, isType: boolean): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isIdentifier(node)) (isType ? inTypes : inValues).add(node.text);
    // `class A extends B<C>`: B is a value, though it stands like a type.
    const isBase = ts.isExpressionWithTypeArguments(node) && isExtended(node);
    const begins =
      ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || (ts.isTypeNode(node) && !isBase);
    ts.forEachChild(node, (child) => visit(child, begins || (isType && !isBase)));
  };
  for (const file of files) visit(file, false);
  return new Set([...inTypes].filter((name) => !inValues.has(name)));
}

function isExtended({ parent }: ts.Node): boolean {
  return (
    ts.isHeritageClause(parent) &&
    parent.token === ts.SyntaxKind.ExtendsKeyword &&
    !ts.isInterfaceDeclaration(parent.parent)
  );
}

/** The imports of a module that should say `type`, as they stand and as Node takes them. */
export function typeImportsOf(file: ts.SourceFile): readonly (readonly [before: string, after: string])[] {
  const types = namesOfTypes([file]);
  return file.statements.flatMap((statement): (readonly [string, string])[] => {
    if (!ts.isImportDeclaration(statement)) return [];
    const { importClause } = statement;
    const list = importClause?.namedBindings;
    if (list === undefined || !ts.isNamedImports(list) || importClause?.phaseModifier !== undefined) return [];
    const unsaid = list.elements.filter(({ name, isTypeOnly }) => !isTypeOnly && types.has(name.text));
    if (unsaid.length === 0) return [];
    const before = statement.getText(file);
    const after = unsaid.reduceRight((text, element) => {
      const at = element.getStart(file) - statement.getStart(file);
      return `${text.slice(0, at)}type ${text.slice(at)}`;
    }, before);
    return [[before, after]];
  });
}
