// What happens to a model that a call makes: the variables that hold it, and the `fit`, `compile` and `compare` it meets there.

import ts from "typescript";
import { isSet, lastAssigned } from "./assignments.ts";
import { functionAround } from "./callContexts.ts";
import type { CellsCode } from "./cellsCode.ts";
import { isReading } from "./changes.ts";

export interface ModelCalls {
  readonly fits: readonly ts.CallExpression[];
  readonly compiles: readonly ts.CallExpression[];
  /** `predict` and `evaluate` */
  readonly uses: readonly ts.CallExpression[];
  /** All calls of its methods. */
  readonly methods: readonly MethodCall[];
  /** The options of races that train it. */
  readonly races: readonly ts.ObjectLiteralExpression[];
  /** The variables that hold it, and the functions that give it. */
  readonly holders: ReadonlySet<ts.Symbol>;
  /** Whether code that is not followed may get hold of it: what that does with it is not known. */
  readonly isGivenAway: boolean;
}

export interface MethodCall {
  readonly name: string;
  readonly call: ts.CallExpression;
}

/** How far a model is followed through functions that give it on. */
const mostSteps = 6;

/** Follows what `made` gives through variables and functions. */
export function followModel(made: ts.CallExpression, code: CellsCode): ModelCalls {
  const follower = new Follower(code);
  follower.follow(made, mostSteps);
  return follower;
}

class Follower implements ModelCalls {
  readonly fits: ts.CallExpression[] = [];
  readonly compiles: ts.CallExpression[] = [];
  readonly uses: ts.CallExpression[] = [];
  readonly methods: MethodCall[] = [];
  readonly races: ts.ObjectLiteralExpression[] = [];
  readonly #code: CellsCode;
  readonly holders = new Set<ts.Symbol>();
  isGivenAway = false;

  constructor(code: CellsCode) {
    this.#code = code;
  }

  follow(value: ts.Expression, steps: number): void {
    if (steps === 0) {
      this.isGivenAway = true;
      return;
    }
    const outer = outermost(value);
    const { parent } = outer;
    if (ts.isVariableDeclaration(parent) && parent.initializer === outer && ts.isIdentifier(parent.name))
      this.#followName(parent.name, outer, steps);
    else if (isSettingOf(parent, outer)) this.#followName(parent.left, outer, steps);
    else if (ts.isReturnStatement(parent)) this.#followFunction(functionAround(parent), steps);
    else if (ts.isArrowFunction(parent) && parent.body === outer) this.#followFunction(parent, steps);
    else if (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) this.#takeRace(parent);
    else this.#takeMethod(outer);
  }

  #followName(name: ts.Identifier, value: ts.Expression, steps: number): void {
    const symbol = this.#code.checker.getSymbolAtLocation(name);
    if (symbol === undefined || this.holders.has(symbol)) return;
    const uses = this.#code.uses(symbol);
    // A variable that is set again holds other models too.
    const isSetAgain = uses.some(isSet);
    if (!isSetAgain) this.holders.add(symbol);
    for (const use of uses) {
      if (use === name) continue;
      const last = isSetAgain && !isSet(use) ? lastAssigned(use, symbol, uses) : null;
      // Where it is not known which model it holds, it may hold this one.
      if (isSetAgain && !isSet(use) && last === null) this.isGivenAway = true;
      if (!isSetAgain || last === value) this.follow(use, steps - 1);
    }
  }

  #followFunction(made: ts.SignatureDeclaration | null, steps: number): void {
    if (made === null) {
      this.isGivenAway = true;
      return;
    }
    const only = this.#code.callOf(made);
    if (only !== null) this.follow(only, steps - 1);
    const { parent } = made;
    // `model: () => sequential(…)`
    if (ts.isPropertyAssignment(parent)) this.#takeRace(parent);
    const name = ts.isFunctionDeclaration(made)
      ? made.name
      : ts.isVariableDeclaration(parent)
        ? parent.name
        : undefined;
    const symbol =
      name !== undefined && ts.isIdentifier(name) ? this.#code.checker.getSymbolAtLocation(name) : undefined;
    if (symbol === undefined) this.isGivenAway ||= only === null;
    if (symbol === undefined || this.holders.has(symbol)) return;
    this.holders.add(symbol);
    if (only !== null) return;
    for (const use of this.#code.uses(symbol)) {
      if (ts.isCallExpression(use.parent) && use.parent.expression === use) this.follow(use.parent, steps - 1);
      else if (ts.isPropertyAssignment(use.parent) || ts.isShorthandPropertyAssignment(use.parent))
        this.#takeRace(use.parent);
      else if (use !== name) this.isGivenAway = true;
    }
  }

  /** `model: …` of `compare({ model, … })`. */
  #takeRace(property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment): void {
    const options = property.parent;
    this.isGivenAway = true;
    const isModel = ts.isIdentifier(property.name) && property.name.text === "model";
    if (!isModel || !ts.isCallExpression(options.parent)) return;
    if (this.#code.nameOf(options.parent.expression) === "compare") this.races.push(options);
  }

  /** `model.fit(…)` */
  #takeMethod(model: ts.Expression): void {
    const method = model.parent;
    if (!ts.isPropertyAccessExpression(method) || method.expression !== model) {
      if (!this.#isHarmless(model)) this.isGivenAway = true;
      return;
    }
    const call = method.parent;
    if (!ts.isCallExpression(call) || call.expression !== method) {
      // `model.compile.bind(model)`
      this.isGivenAway ||= method.name.text === "compile";
      return;
    }
    const name = method.name.text;
    this.methods.push({ name, call });
    if (name === "fit") this.fits.push(call);
    if (name === "compile") this.compiles.push(call);
    if (name === "predict" || name === "evaluate") this.uses.push(call);
  }

  /** Shown, or a statement of its own. */
  #isHarmless({ parent }: ts.Expression): boolean {
    if (ts.isExpressionStatement(parent) || ts.isTypeQueryNode(parent)) return true;
    return ts.isCallExpression(parent) && (this.#code.isNnbook(parent.expression) || isReading(parent));
  }
}

/** `model = sequential(…);` */
function isSettingOf(
  parent: ts.Node,
  value: ts.Expression,
): parent is ts.BinaryExpression & { readonly left: ts.Identifier } {
  return (
    ts.isBinaryExpression(parent) &&
    parent.right === value &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isIdentifier(parent.left) &&
    ts.isExpressionStatement(parent.parent)
  );
}

/** With what stands around it and gives it on unchanged. */
function outermost(value: ts.Expression): ts.Expression {
  const { parent } = value;
  const isAround =
    ts.isParenthesizedExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isAwaitExpression(parent);
  return isAround ? outermost(parent) : value;
}
