// What the top-level statements of a cell do with the names of the notebook: which they declare, read and change.

import ts from "typescript";

export interface StatementNames {
  readonly statement: ts.Statement;
  /** Offsets into the cell. */
  readonly start: number;
  readonly end: number;
  readonly isImport: boolean;
  readonly declares: ReadonlySet<string>;
  /** Names of the notebook that it uses, in a function that it makes too. */
  readonly reads: ReadonlySet<string>;
  /** Names whose value it replaces or, as far as can be seen, changes inside: `list[0] = …`, `model.compile(…)`. */
  readonly changes: ReadonlySet<string>;
}

/** Methods that change what they are called on, though their result is used: `const run = await model.fit(…)`. */
const changingMethods: ReadonlySet<string> = new Set(
  "compile fit resume setWeights load backward step push pop shift unshift splice sort reverse fill set add delete".split(
    " ",
  ),
);

export function statementNames(source: string): readonly StatementNames[] {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
  return file.statements.map((statement) => {
    const names = new Names();
    const declares = new Set(declaredIn(statement));
    names.visit(statement, []);
    return {
      statement,
      ...{ start: statement.getStart(file), end: statement.end, isImport: ts.isImportDeclaration(statement) },
      ...{ declares, reads: names.reads, changes: names.changes },
    };
  });
}

type Scopes = readonly ReadonlySet<string>[];

class Names {
  readonly reads = new Set<string>();
  readonly changes = new Set<string>();

  visit(node: ts.Node, scopes: Scopes): void {
    if (isOnlyTypes(node) || ts.isImportDeclaration(node)) return;
    const local = localNames(node);
    const inner = local.length === 0 ? scopes : [...scopes, new Set(local)];
    if (ts.isIdentifier(node)) {
      if (isReference(node)) this.#add(this.reads, node, scopes);
      return;
    }
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) this.#change(node.left, inner);
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      const { operator } = node;
      if (operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken)
        this.#change(node.operand, inner);
    }
    if (ts.isDeleteExpression(node)) this.#change(node.expression, inner);
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name } = node.expression;
      if (changingMethods.has(name.text) || isDiscarded(node)) this.#change(expression, inner);
    }
    // The name of a shorthand property `{ rate }` is the value too.
    if (ts.isShorthandPropertyAssignment(node)) this.#add(this.reads, node.name, inner);
    ts.forEachChild(node, (child) => this.visit(child, inner));
  }

  /** What stands at the root of `a.b[c].d`, or each name of a pattern. */
  #change(target: ts.Node, scopes: Scopes): void {
    if (ts.isIdentifier(target)) this.#add(this.changes, target, scopes);
    else if (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target) || isWrapper(target))
      this.#change(target.expression, scopes);
    else if (ts.isArrayLiteralExpression(target) || ts.isObjectLiteralExpression(target))
      ts.forEachChild(target, (child) => this.#change(child, scopes));
    else if (ts.isPropertyAssignment(target)) this.#change(target.initializer, scopes);
    else if (ts.isShorthandPropertyAssignment(target)) this.#change(target.name, scopes);
    else if (ts.isSpreadElement(target) || ts.isSpreadAssignment(target)) this.#change(target.expression, scopes);
  }

  #add(names: Set<string>, { text }: ts.Identifier, scopes: Scopes): void {
    if (!scopes.some((scope) => scope.has(text))) names.add(text);
  }
}

/** What only says something of the type of a value, or sets it in brackets. */
export function isWrapper(
  node: ts.Node,
): node is ts.ParenthesizedExpression | ts.NonNullExpression | ts.AsExpression | ts.SatisfiesExpression {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node)
  );
}

function isOnlyTypes(node: ts.Node): boolean {
  return ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)
    ? true
    : ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isTypeParameterDeclaration(node);
}

export function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** A statement of its own: it is made for what it does. */
function isDiscarded(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isAwaitExpression(parent) || ts.isVoidExpression(parent) || ts.isParenthesizedExpression(parent))
    return isDiscarded(parent);
  return ts.isExpressionStatement(parent);
}

/** Whether an identifier stands for a value, not for a member, a label or its own declaration. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isPropertyDeclaration(parent))
    return parent.initializer === node;
  if (ts.isPropertyAssignment(parent) || ts.isEnumMember(parent)) return parent.initializer === node;
  if (ts.isShorthandPropertyAssignment(parent)) return parent.objectAssignmentInitializer === node;
  if (ts.isExportSpecifier(parent)) return (parent.propertyName ?? parent.name) === node;
  const isNamed = ts.isFunctionLike(parent) || ts.isClassLike(parent) || ts.isEnumDeclaration(parent);
  if (isNamed && parent.name === node) return false;
  return !ts.isLabeledStatement(parent) && !ts.isBreakOrContinueStatement(parent) && !ts.isMetaProperty(parent);
}

/** The names that exist only inside a node. */
function localNames(node: ts.Node): readonly string[] {
  if (ts.isFunctionLike(node)) {
    const own = ts.isFunctionExpression(node) && node.name !== undefined ? [node.name.text] : [];
    return [...own, "arguments", ...node.parameters.flatMap(({ name }) => boundNames(name))];
  }
  if (ts.isClassExpression(node) && node.name !== undefined) return [node.name.text];
  if (ts.isBlock(node) || ts.isCaseClause(node) || ts.isDefaultClause(node)) return node.statements.flatMap(declaredIn);
  if (ts.isCatchClause(node)) return node.variableDeclaration ? boundNames(node.variableDeclaration.name) : [];
  if (ts.isForStatement(node) || ts.isForInStatement(node) || ts.isForOfStatement(node)) {
    const { initializer } = node;
    return initializer !== undefined && ts.isVariableDeclarationList(initializer) ? listNames(initializer) : [];
  }
  return [];
}

function declaredIn(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) return listNames(statement.declarationList);
  if (ts.isImportDeclaration(statement)) return importedNames(statement);
  const isDeclaration =
    ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement);
  return isDeclaration && statement.name !== undefined ? [statement.name.text] : [];
}

function listNames(list: ts.VariableDeclarationList): readonly string[] {
  return list.declarations.flatMap(({ name }) => boundNames(name));
}

function importedNames({ importClause }: ts.ImportDeclaration): readonly string[] {
  const { name, namedBindings } = importClause ?? {};
  const named =
    namedBindings === undefined ? [] : ts.isNamespaceImport(namedBindings) ? [namedBindings] : namedBindings.elements;
  return [...(name === undefined ? [] : [name.text]), ...named.map((each) => each.name.text)];
}

function boundNames(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));
}
