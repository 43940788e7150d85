// Which member of nnbook an expression is, under whatever name a cell knows it: "layers.dense", "sequential".

import ts from "typescript";

/** The way from the module to the member; `null` for anything else. `""` is the module itself. */
export function nnbookName(expression: ts.Expression, checker: ts.TypeChecker, steps = 8): string | null {
  const plain = plainExpression(expression);
  if (steps === 0) return null;
  if (ts.isPropertyAccessExpression(plain))
    return member(nnbookName(plain.expression, checker, steps), plain.name.text);
  if (ts.isElementAccessExpression(plain) && ts.isStringLiteralLike(plain.argumentExpression))
    return member(nnbookName(plain.expression, checker, steps), plain.argumentExpression.text);
  if (!ts.isIdentifier(plain)) return null;
  const declaration = checker.getSymbolAtLocation(plain)?.declarations?.[0];
  return declaration === undefined ? null : declaredAs(declaration, checker, steps - 1);
}

function declaredAs(declaration: ts.Declaration, checker: ts.TypeChecker, steps: number): string | null {
  if (ts.isImportSpecifier(declaration)) {
    const module = declaration.parent.parent.parent.moduleSpecifier;
    return isNnbook(module) ? (declaration.propertyName ?? declaration.name).text : null;
  }
  if (ts.isNamespaceImport(declaration)) return isNnbook(declaration.parent.parent.moduleSpecifier) ? "" : null;
  // const { dense } = layers; const dense = layers.dense;
  if (ts.isBindingElement(declaration)) {
    const { parent, propertyName, name } = declaration;
    const value = ts.isVariableDeclaration(parent.parent) ? parent.parent.initializer : undefined;
    const key = propertyName ?? name;
    if (value === undefined || !ts.isIdentifier(key) || declaration.dotDotDotToken !== undefined) return null;
    return member(nnbookName(value, checker, steps), key.text);
  }
  const value = constantValue(declaration);
  return value === null ? null : nnbookName(value, checker, steps);
}

/** Without what stands around it and means nothing when it runs: brackets, types. */
export function plainExpression(expression: ts.Expression): ts.Expression {
  const isAround =
    ts.isParenthesizedExpression(expression) ||
    ts.isAsExpression(expression) ||
    ts.isSatisfiesExpression(expression) ||
    ts.isNonNullExpression(expression);
  return isAround ? plainExpression(expression.expression) : expression;
}

/** The call that an expression is, or waits for. */
export function awaitedCall(expression: ts.Expression): ts.CallExpression | null {
  const plain = plainExpression(expression);
  const awaited = ts.isAwaitExpression(plain) ? plainExpression(plain.expression) : plain;
  return ts.isCallExpression(awaited) ? awaited : null;
}

/** What a `const` holds. */
export function constantValue(declaration: ts.Declaration): ts.Expression | null {
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return null;
  if ((ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) === 0) return null;
  return ts.isIdentifier(declaration.name) ? declaration.initializer : null;
}

function member(owner: string | null, name: string): string | null {
  if (owner === null) return null;
  return owner === "" ? name : `${owner}.${name}`;
}

function isNnbook(module: ts.Expression): boolean {
  return ts.isStringLiteral(module) && module.text === "nnbook";
}
