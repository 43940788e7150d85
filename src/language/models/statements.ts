// What statements do one after the other: branches chosen, loops round after round, each variable as it is set. Nothing is run, and nothing is guessed.

import ts from "typescript";
import { isRoundFunction, isSet } from "./assignments.ts";
import type { CellsCode, Given } from "./cellsCode.ts";
import { mayChange } from "./changes.ts";
import { elementsOf } from "./listElements.ts";
import { plainExpression } from "./nnbookNames.ts";
import { memberOf, nothingIn, numberAt, readPlain, settle } from "./settled.ts";

/** What a statement did. */
export interface Followed {
  /** Each expression or declaration that ran, in their order, with the code as it read there. */
  readonly visits: readonly Visit[];
  /** The code as it reads behind it. */
  readonly after: CellsCode;
}

export interface Visit {
  readonly node: ts.Node;
  readonly code: CellsCode;
}

/** How many rounds of all loops are followed. */
const mostRounds = 256;

/** `null` where the code does not tell what it does. */
export function followStatement(statement: ts.Statement, code: CellsCode): Followed | null {
  const sets = setsIn(statement);
  if (sets === null) return null;
  const follower = new StatementFollower();
  const after = follower.statement(statement, beforeIt(statement, sets, code));
  return after === null ? null : { visits: follower.visits, after };
}

/** Every name that is set there; `null` where one is set in a way that is not followed. */
function setsIn(statement: ts.Statement): readonly ts.Identifier[] | null {
  const sets: ts.Identifier[] = [];
  let areAllPlain = true;
  const visit = (node: ts.Node, isOutside: boolean): void => {
    if (ts.isIdentifier(node) && isSet(node)) {
      sets.push(node);
      areAllPlain &&= !isOutside && isPlainSetting(node.parent);
    }
    const isLater = (ts.isFunctionLike(node) && !isRoundFunction(node)) || ts.isClassLike(node);
    ts.forEachChild(node, (child) => visit(child, isOutside || isLater));
  };
  visit(statement, false);
  return areAllPlain ? sets : null;
}

/** `x = …` and `x++` as a statement of their own, or where a loop counts. */
function isPlainSetting(node: ts.Node): boolean {
  const { parent } = node;
  const isWhole =
    ts.isExpressionStatement(parent) ||
    (ts.isForStatement(parent) && parent.incrementor === node) ||
    (isRoundFunction(parent) && parent.body === node);
  return (
    isWhole && (ts.isBinaryExpression(node) || ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node))
  );
}

/** The variables that it sets, as they stand before it. */
function beforeIt(statement: ts.Statement, sets: readonly ts.Identifier[], code: CellsCode): CellsCode {
  const symbols = new Set(sets.flatMap((name) => code.symbolOf(name) ?? []));
  return [...symbols].reduce((before, symbol) => {
    const isOutside = symbol.declarations?.every(({ pos }) => pos < statement.pos) === true;
    if (!isOutside || before.givenFor(symbol) !== null) return before;
    return before.withValue(symbol, code.lastValue(statement, symbol) ?? nothingIn(code));
  }, code);
}

class StatementFollower {
  readonly visits: Visit[] = [];
  #rounds = 0;

  /** The code as it reads behind the statement. */
  statement(node: ts.Statement, code: CellsCode): CellsCode | null {
    if (ts.isBlock(node)) return this.#all(node.statements, code);
    if (ts.isVariableStatement(node)) return this.#declare(node.declarationList, code);
    if (ts.isExpressionStatement(node)) return this.#expression(node.expression, code);
    if (ts.isIfStatement(node)) {
      const condition = readPlain({ expression: node.expression, code });
      if (typeof condition !== "boolean") return null;
      const chosen = condition ? node.thenStatement : node.elseStatement;
      return chosen === undefined ? code : this.statement(chosen, code);
    }
    if (ts.isForOfStatement(node)) return this.#forOf(node, code);
    if (ts.isForStatement(node)) return this.#for(node, code);
    if (ts.isWhileStatement(node)) return this.#repeat({ condition: node.expression, body: node.statement }, code);
    if (ts.isDoStatement(node)) {
      const first = this.statement(node.statement, code);
      return first && this.#repeat({ condition: node.expression, body: node.statement }, first);
    }
    const doesNothing =
      ts.isFunctionDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      node.kind === ts.SyntaxKind.EmptyStatement;
    // What ends a round early, and what may throw, is not followed.
    return doesNothing ? code : null;
  }

  #all(statements: readonly ts.Statement[], code: CellsCode): CellsCode | null {
    return statements.reduce<CellsCode | null>((now, each) => now && this.statement(each, now), code);
  }

  #declare(list: ts.VariableDeclarationList, code: CellsCode): CellsCode | null {
    return list.declarations.reduce<CellsCode | null>((now, { name, initializer }) => {
      if (now === null) return null;
      if (initializer !== undefined) this.visits.push({ node: initializer, code: now });
      return bind(
        name,
        initializer === undefined ? nothingIn(now) : fixed({ expression: initializer, code: now }),
        now,
      );
    }, code);
  }

  #expression(given: ts.Expression, code: CellsCode): CellsCode | null {
    const expression = plainExpression(given);
    this.visits.push({ node: expression, code });
    if (ts.isBinaryExpression(expression) && ts.isIdentifier(expression.left) && isSet(expression.left))
      return set(expression.left, assigned(expression, code), code);
    const isCounting = ts.isPrefixUnaryExpression(expression) || ts.isPostfixUnaryExpression(expression);
    if (isCounting && ts.isIdentifier(expression.operand) && isSet(expression.operand)) {
      const by = expression.operator === ts.SyntaxKind.PlusPlusToken ? 1 : -1;
      const value = readPlain({ expression: expression.operand, code });
      return set(expression.operand, typeof value === "number" ? numberAt(value + by, code) : nothingIn(code), code);
    }
    const [made] = ts.isCallExpression(expression) ? expression.arguments : [];
    return made !== undefined && ts.isCallExpression(expression) && isRoundFunction(made)
      ? this.#forEach(expression, made, code)
      : code;
  }

  #forEach(call: ts.CallExpression, made: ts.ArrowFunction | ts.FunctionExpression, code: CellsCode): CellsCode | null {
    if (!ts.isPropertyAccessExpression(call.expression)) return null;
    const [element, index, ...more] = made.parameters;
    if (more.length > 0 || call.arguments.length > 1) return null;
    const { body } = made;
    return this.#each({ expression: call.expression.expression, code }, code, (now, value, at) => {
      const named = element === undefined ? now : bind(element.name, value, now);
      const counted = named && index !== undefined ? bind(index.name, numberAt(at, now), named) : named;
      if (counted === null) return null;
      return ts.isBlock(body) ? this.statement(body, counted) : this.#expression(body, counted);
    });
  }

  /** `for (const units of [64, 32]) …`, `for (const [index, units] of sizes.entries()) …` */
  #forOf({ initializer, expression, awaitModifier, statement }: ts.ForOfStatement, code: CellsCode): CellsCode | null {
    const [declaration] = ts.isVariableDeclarationList(initializer) ? initializer.declarations : [];
    if (declaration === undefined || awaitModifier !== undefined) return null;
    return this.#each({ expression, code }, code, (now, value) => {
      const named = bind(declaration.name, value, now);
      return named && this.statement(statement, named);
    });
  }

  #each(
    list: Given,
    code: CellsCode,
    round: (now: CellsCode, value: Given, at: number) => CellsCode | null,
  ): CellsCode | null {
    return elementsOf(list).reduce<CellsCode | null>((now, value, at) => {
      if (now === null || value === null || ++this.#rounds > mostRounds) return null;
      return round(now, value, at);
    }, code);
  }

  /** `for (let i = 0; i < 6; i++) …`, `for (let units = 64; units >= 8; units /= 2) …` */
  #for({ initializer, condition, incrementor, statement }: ts.ForStatement, code: CellsCode): CellsCode | null {
    if (condition === undefined) return null;
    if (initializer === undefined) return this.#repeat({ condition, body: statement, incrementor }, code);
    const begun = ts.isVariableDeclarationList(initializer)
      ? this.#declare(initializer, code)
      : this.#expression(initializer, code);
    return begun && this.#repeat({ condition, body: statement, incrementor }, begun);
  }

  #repeat(
    loop: {
      readonly condition: ts.Expression;
      readonly body: ts.Statement;
      readonly incrementor?: ts.Expression | undefined;
    },
    code: CellsCode,
  ): CellsCode | null {
    let now: CellsCode | null = code;
    while (now !== null) {
      const goesOn = readPlain({ expression: loop.condition, code: now });
      if (goesOn === false) return now;
      if (goesOn !== true || ++this.#rounds > mostRounds) return null;
      now = this.statement(loop.body, now);
      if (now !== null && loop.incrementor !== undefined) now = this.#expression(loop.incrementor, now);
    }
    return null;
  }
}

function set(name: ts.Identifier, value: Given, code: CellsCode): CellsCode | null {
  const symbol = code.symbolOf(name);
  return symbol === undefined ? null : code.withValue(symbol, value);
}

const operators: ReadonlyMap<ts.SyntaxKind, (a: number, b: number) => number> = new Map([
  [ts.SyntaxKind.PlusEqualsToken, (a, b) => a + b],
  [ts.SyntaxKind.MinusEqualsToken, (a, b) => a - b],
  [ts.SyntaxKind.AsteriskEqualsToken, (a, b) => a * b],
  [ts.SyntaxKind.SlashEqualsToken, (a, b) => a / b],
]);

/** What `x = …` and `x *= 2` set it to. */
function assigned({ left, operatorToken, right }: ts.BinaryExpression, code: CellsCode): Given {
  if (operatorToken.kind === ts.SyntaxKind.EqualsToken) return fixed({ expression: right, code });
  const [a, b] = [readPlain({ expression: left, code }), readPlain({ expression: right, code })];
  const compute = operators.get(operatorToken.kind);
  if (compute === undefined || typeof a !== "number" || typeof b !== "number") return nothingIn(code);
  const value = compute(a, b);
  return Number.isFinite(value) ? numberAt(value, code) : nothingIn(code);
}

/** Values are computed at once: what each round makes of the one before must not become a chain to follow. */
function fixed(given: Given): Given {
  const value = readPlain(given);
  if (typeof value === "number") return numberAt(value, given.code);
  const settled = settle(given);
  const { expression } = settled;
  const isOpen =
    ts.isBinaryExpression(expression) ||
    ts.isPrefixUnaryExpression(expression) ||
    ts.isConditionalExpression(expression);
  return isOpen && value === undefined ? nothingIn(given.code) : settled;
}

/** The code where a name, or the names of a pattern, stand for a value or its parts; `null` where it may change otherwise. */
function bind(name: ts.BindingName, value: Given, code: CellsCode): CellsCode | null {
  if (ts.isIdentifier(name)) {
    const symbol = code.symbolOf(name);
    if (symbol === undefined) return null;
    const isChangeable = code.isChangeable(plainExpression(settle(value).expression));
    return isChangeable && mayChange(symbol, code) ? null : code.withValue(symbol, value);
  }
  if (ts.isArrayBindingPattern(name)) {
    const parts = elementsOf(value);
    return name.elements.reduce<CellsCode | null>((now, element, at) => {
      if (now === null || ts.isOmittedExpression(element)) return now;
      const part = parts.slice(0, at + 1).includes(null) ? null : parts[at];
      return isPlainElement(element) ? bind(element.name, part ?? nothingIn(now), now) : null;
    }, code);
  }
  return name.elements.reduce<CellsCode | null>((now, element) => {
    const key = element.propertyName ?? element.name;
    if (now === null || !isPlainElement(element) || !ts.isIdentifier(key)) return null;
    return bind(element.name, memberOf(value, key.text) ?? nothingIn(now), now);
  }, code);
}

function isPlainElement({ dotDotDotToken, initializer }: ts.BindingElement): boolean {
  return dotDotDotToken === undefined && initializer === undefined;
}
