// Ways through TypeScript's syntax trees, and from a name to what it stands for.

import ts from "typescript";

/** The smallest part of a tree that an offset is in or beside. */
export function innermostNode(source: ts.SourceFile, offset: number): ts.Node {
  let found: ts.Node = source;
  const visit = (node: ts.Node): void => {
    if (offset < node.getStart(source) || offset > node.end) return;
    found = node;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

export function hasParseErrors(file: ts.SourceFile): boolean {
  return "parseDiagnostics" in file && Array.isArray(file.parseDiagnostics) && file.parseDiagnostics.length > 0;
}

/** What a name that was imported or exported anew stands for. */
export function unaliased(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}
