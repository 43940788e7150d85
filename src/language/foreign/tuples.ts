// `(3, 4)`: two numbers in Python, here a comma that keeps the last of its values.

import ts from "typescript";
import type { TextSpan } from "../../shared/codePlaces.ts";
import type { Say } from "../languageWords.ts";
import type { NotebookService } from "../program/notebookService.ts";

export interface Tuple {
  /** In the program, with its parentheses. */
  readonly span: TextSpan;
  readonly message: string;
  /** The same as a list. */
  readonly replacement: string;
  /** What TypeScript says of it, which this says better. */
  readonly covered: readonly ts.Diagnostic[];
}

const leftOfCommaIsUnused = 2695;
const mostCharacters = 60;

/** Only where TypeScript finds that the values before the last do nothing: `(0, object.method)()` and `(a++, b)` are meant as they stand. */
export function tuples(notebook: NotebookService, diagnostics: readonly ts.Diagnostic[], say: Say): readonly Tuple[] {
  const found = new Map<ts.ParenthesizedExpression, ts.Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const tuple = tupleAt(notebook, diagnostic);
    if (tuple !== null) found.set(tuple, [...(found.get(tuple) ?? []), diagnostic]);
  }
  return [...found].map(([tuple, covered]) => {
    const replacement = listText(tuple);
    const written = tuple.getText();
    const isShort = written.length <= mostCharacters && !written.includes("\n");
    const args = {
      tuple: isShort ? written : "(…)",
      last: lastOf(tuple).getText(),
      code: isShort ? replacement : "[…]",
    };
    const start = tuple.getStart();
    return { span: { start, length: tuple.end - start }, message: say("tuple", args), replacement, covered };
  });
}

/** The outermost one: `((0, 0), (0, 1))` is one list of two. */
function tupleAt(notebook: NotebookService, { code, start }: ts.Diagnostic): ts.ParenthesizedExpression | null {
  if (code !== leftOfCommaIsUnused || start === undefined) return null;
  let outermost: ts.ParenthesizedExpression | null = null;
  for (let at: ts.Node | undefined = notebook.nodeAt(start + 1) ?? undefined; at !== undefined; at = at.parent) {
    if (ts.isStatement(at) || ts.isFunctionLike(at)) break;
    if (isTuple(at)) outermost = at;
    else if (outermost !== null && !isComma(at)) break;
  }
  return outermost;
}

function isTuple(node: ts.Node): node is ts.ParenthesizedExpression {
  if (!ts.isParenthesizedExpression(node) || !isComma(node.expression)) return false;
  const { parent } = node;
  // What is called, or has a part taken out of it, is the last value on purpose.
  const isUsed =
    ts.isCallExpression(parent) || ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent);
  return !(isUsed && parent.expression === node);
}

function isComma(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken;
}

function itemsOf(node: ts.Expression): readonly ts.Expression[] {
  return isComma(node) ? [...itemsOf(node.left), node.right] : [node];
}

function listText(node: ts.Expression): string {
  return isTuple(node) ? `[${itemsOf(node.expression).map(listText).join(", ")}]` : node.getText();
}

/** The value that it comes to. */
function lastOf(node: ts.Expression): ts.Expression {
  const last = isTuple(node) ? itemsOf(node.expression).at(-1) : undefined;
  return last === undefined ? node : lastOf(last);
}
