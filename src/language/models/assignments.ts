// What a variable holds at a place, where statements one after the other set it: no branch, loop or function in between.

import ts from "typescript";

/** What a `let` was last set to before a place. */
export type LastSet =
  | { readonly kind: "value"; readonly expression: ts.Expression }
  /** A loop or a branch, which is to be followed. */
  | { readonly kind: "within"; readonly statement: ts.Statement };

/**
 * What a `let` was last set to before `use`; `null` where the order of the statements does not tell.
 *
 * @param uses Every place that names it.
 */
export function lastSet(use: ts.Node, symbol: ts.Symbol, uses: readonly ts.Identifier[]): LastSet | null {
  const [declaration, ...more] = symbol.declarations ?? [];
  if (declaration === undefined || more.length > 0 || !ts.isVariableDeclaration(declaration)) return null;
  if ((ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Let) === 0 || !ts.isIdentifier(declaration.name))
    return null;
  const { initializer } = declaration;
  const begun: LastSet | null = initializer === undefined ? null : { kind: "value", expression: initializer };
  if (use === declaration.name) return begun;
  const block = blockOf(declaration.parent.parent);
  const now = block === null ? null : placeIn(block, use);
  if (block === null || now === null) return null;
  let value: LastSet | null = begun;
  let last = -1;
  for (const each of uses) {
    if (each === declaration.name || !isSet(each)) continue;
    const place = placeIn(block, each);
    // What is set elsewhere, or in a function, may be set at any time.
    if (place === null) return null;
    if (place > now || place < last) continue;
    const set = settingOf(each);
    const isPlain = set !== "unclear" && set.statement.parent === block;
    const statement = block.statements[place];
    // Within a loop, the rounds before tell.
    if (place === now ? !isPlain && statement !== use : statement === undefined) return null;
    if (place === now || statement === undefined) continue;
    last = place;
    // The last of those in one statement is found where it is followed.
    value = isPlain ? { kind: "value", expression: set.value } : { kind: "within", statement };
  }
  return value;
}

/** The same, where a single statement set it. */
export function lastAssigned(
  use: ts.Identifier,
  symbol: ts.Symbol,
  uses: readonly ts.Identifier[],
): ts.Expression | null {
  const last = lastSet(use, symbol, uses);
  return last?.kind === "value" ? last.expression : null;
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
    if (isCalledLater(part)) return null;
    part = part.parent;
  }
  if (part.parent !== block || isCalledLater(part)) return null;
  return block.statements.indexOf(part as ts.Statement);
}

function isCalledLater(node: ts.Node): boolean {
  return (ts.isFunctionLike(node) && !isRoundFunction(node)) || ts.isClassLike(node);
}

/** What `forEach` calls at once for each element: `sizes.forEach((units) => { … });` */
export function isRoundFunction(node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return false;
  const call = node.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== node || !ts.isExpressionStatement(call.parent)) return false;
  const isForEach = ts.isPropertyAccessExpression(call.expression) && call.expression.name.text === "forEach";
  return isForEach && node.asteriskToken === undefined && node.modifiers === undefined;
}

interface Setting {
  /** `name = value;` */
  readonly statement: ts.ExpressionStatement;
  readonly value: ts.Expression;
}

function settingOf(name: ts.Identifier): Setting | "unclear" {
  const { parent } = name;
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
