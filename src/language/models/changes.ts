// Whether something may change the list or object that a `const` holds, so that it is not what was written any more.

import ts from "typescript";
import { constantValue, plainExpression } from "./nnbookNames.ts";

/** What is asked of the code. */
export interface UsesInCode {
  /** Every place that names it. */
  uses(symbol: ts.Symbol): readonly ts.Identifier[];
  symbolOf(name: ts.Identifier): ts.Symbol | undefined;
  /** Whether what is called is nnbook's own: it changes nothing that it is given. */
  isNnbook(called: ts.Expression): boolean;
}

/** Methods that change the list they are called on. */
const changing = /^(push|pop|shift|unshift|splice|reverse|sort|fill|copyWithin)$/;
/** Functions of JavaScript's own that only read. */
const reading = /^(console\.\w+|display|JSON\.stringify|Array\.from|Object\.(keys|values|entries)|structuredClone)$/;
/** Whether what is called only reads what it is given. */
export function isReading({ expression }: ts.CallExpression): boolean {
  return reading.test(expression.getText());
}

/** Through how many functions and other names it is followed. */
const mostSteps = 4;

export function mayChange(symbol: ts.Symbol, code: UsesInCode, steps = mostSteps): boolean {
  return code.uses(symbol).some((use) => isChange(use) || isChangedElsewhere(use, code, steps));
}

/** `list.push(…)`, `options.units = …`, `list[0].units++`, `delete options.units`, `Object.assign(options, …)` */
export function isChange(use: ts.Identifier): boolean {
  let part: ts.Node = use;
  while (
    (ts.isPropertyAccessExpression(part.parent) || ts.isElementAccessExpression(part.parent)) &&
    part.parent.expression === part
  )
    part = part.parent;
  const { parent } = part;
  if (part === use)
    return (
      ts.isCallExpression(parent) && parent.arguments[0] === use && parent.expression.getText() === "Object.assign"
    );
  if (ts.isBinaryExpression(parent) && parent.left === part) return isAssignment(parent.operatorToken.kind);
  if (ts.isDeleteExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent))
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
  const isCalled = ts.isCallExpression(parent) && parent.expression === part;
  return isCalled && ts.isPropertyAccessExpression(part) && changing.test(part.name.text);
}

function isAssignment(operator: ts.SyntaxKind): boolean {
  return operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
}

/** By another name, or in a function that it is given to. */
export function isChangedElsewhere(use: ts.Identifier, code: UsesInCode, steps = mostSteps): boolean {
  const { parent } = use;
  if (ts.isVariableDeclaration(parent) && parent.initializer === use)
    return steps === 0 || isChangedAs(parent.name, code, steps - 1);
  if (!ts.isCallExpression(parent)) return false;
  const index = parent.arguments.indexOf(use);
  if (index < 0 || code.isNnbook(parent.expression) || isReading(parent)) return false;
  const { expression: called } = parent;
  // `list.concat(other)`, `model.fit(data, options)`: methods take what they are given as it is.
  if (ts.isPropertyAccessExpression(called)) return false;
  const made = ts.isIdentifier(called) ? functionNamed(called, code) : null;
  const parameter = made?.parameters[index];
  if (steps === 0 || parameter === undefined || parameter.dotDotDotToken !== undefined) return true;
  return isChangedAs(parameter.name, code, steps - 1);
}

function isChangedAs(name: ts.BindingName, code: UsesInCode, steps: number): boolean {
  // What is taken out of it is followed no further.
  if (!ts.isIdentifier(name)) return false;
  const symbol = code.symbolOf(name);
  return symbol === undefined || mayChange(symbol, code, steps);
}

function functionNamed(name: ts.Identifier, code: UsesInCode): ts.SignatureDeclaration | null {
  const [declaration, ...more] = code.symbolOf(name)?.declarations ?? [];
  if (declaration === undefined || more.length > 0) return null;
  if (ts.isFunctionDeclaration(declaration)) return declaration;
  const value = constantValue(declaration);
  const plain = value === null ? null : plainExpression(value);
  return plain !== null && (ts.isArrowFunction(plain) || ts.isFunctionExpression(plain)) ? plain : null;
}
