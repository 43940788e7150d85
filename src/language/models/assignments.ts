// What a variable holds at a place, where statements one after the other set it: no branch, loop or function in between.

import ts from "typescript";

/**
 * What a `let` was last set to before `use`; `null` where the order of the statements does not tell.
 *
 * @param uses Every place that names it.
 */
export function lastAssigned(
  use: ts.Identifier,
  symbol: ts.Symbol,
  uses: readonly ts.Identifier[],
): ts.Expression | null {
  const [declaration, ...more] = symbol.declarations ?? [];
  if (declaration === undefined || more.length > 0 || !ts.isVariableDeclaration(declaration)) return null;
  if ((ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Let) === 0 || !ts.isIdentifier(declaration.name))
    return null;
  if (use === declaration.name) return declaration.initializer ?? null;
  const block = blockOf(declaration.parent.parent);
  const now = block === null ? null : placeIn(block, use);
  if (block === null || now === null) return null;
  let value = declaration.initializer ?? null;
  for (const each of uses) {
    if (each === declaration.name) continue;
    const set = settingOf(each);
    if (set === "none") continue;
    const place = placeIn(block, each);
    // What is set elsewhere, or in a function, may be set at any time.
    if (place === null) return null;
    if (place > now) continue;
    const isPlain = set !== "unclear" && set.statement.parent === block;
    if (!isPlain) return null;
    if (place < now) value = set.value;
  }
  return value;
}

/** The block whose statements stand one after the other; a cell's is one too. */
export function blockOf(statement: ts.Node): ts.Block | ts.SourceFile | null {
  const { parent } = statement;
  return ts.isBlock(parent) || ts.isSourceFile(parent) ? parent : null;
}

/** Which of a block's statements holds a node; `null` where a function around the node may be called at any time, or the node is elsewhere. */
export function placeIn(block: ts.Block | ts.SourceFile, node: ts.Node): number | null {
  let part = node;
  while (part.parent !== undefined && part.parent !== block) {
    if (ts.isFunctionLike(part) || ts.isClassLike(part)) return null;
    part = part.parent;
  }
  if (part.parent !== block || ts.isFunctionLike(part) || ts.isClassLike(part)) return null;
  return block.statements.indexOf(part as ts.Statement);
}

interface Setting {
  /** `name = value;` */
  readonly statement: ts.ExpressionStatement;
  readonly value: ts.Expression;
}

function settingOf(name: ts.Identifier): Setting | "none" | "unclear" {
  const { parent } = name;
  if (!isSet(name)) return "none";
  if (!ts.isBinaryExpression(parent) || parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return "unclear";
  const statement = parent.parent;
  return ts.isExpressionStatement(statement) ? { statement, value: parent.right } : "unclear";
}

/** Whether the place gives the variable a value: `a = 1`, `a += 1`, `a++`, `[a] = list`, `for (a of list)`. */
export function isSet(name: ts.Identifier): boolean {
  let part: ts.Node = name;
  for (;;) {
    const { parent } = part;
    if (ts.isBinaryExpression(parent))
      return (
        parent.left === part &&
        parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
        parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment
      );
    if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent))
      return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
    if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === part;
    const isWithin =
      ts.isParenthesizedExpression(parent) ||
      ts.isArrayLiteralExpression(parent) ||
      ts.isSpreadElement(parent) ||
      ts.isObjectLiteralExpression(parent) ||
      ts.isSpreadAssignment(parent) ||
      ts.isShorthandPropertyAssignment(parent) ||
      (ts.isPropertyAssignment(parent) && parent.initializer === part);
    if (!isWithin) return false;
    part = parent;
  }
}
