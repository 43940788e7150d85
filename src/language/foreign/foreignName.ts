// A name that nothing declares because it is at home elsewhere, or in a part of nnbook: what to write, and what a fix puts there.

import ts from "typescript";
import type { TextSpan } from "../../shared/codePlaces.ts";
import { meantName, meantSentence, type WrittenName } from "../../shared/meantName.ts";
import type { Say } from "../languageWords.ts";
import type { NotebookService } from "../program/notebookService.ts";
import { nnbookNamesOf } from "./nnbookNames.ts";

export interface ForeignName {
  /** In the program: all of `keras.layers.Dense`. */
  readonly span: TextSpan;
  readonly message: string;
  /** Where it is certain. */
  readonly fix: { readonly span: TextSpan; readonly text: string } | null;
}

/** What the unknown name at an offset of the program means to say; `null` where that is not known. */
export function foreignName(notebook: NotebookService, offset: number, say: Say): ForeignName | null {
  const root = notebook.nodeAt(offset + 1);
  if (root === null || !ts.isIdentifier(root) || ts.isPartOfTypeNode(root)) return null;
  // `typeof np === "undefined"` asks whether there is one.
  if (ts.isTypeOfExpression(root.parent)) return null;
  const accesses = accessesOf(root);
  const written = writtenAs(root, accesses);
  const meant = meantName(written, nnbookNamesOf(notebook));
  if (meant === null) return null;
  const named = accesses[meant.parts - 1] ?? root;
  const start = root.getStart();
  const [code = "", another] = meant.codes;
  return {
    span: { start, length: named.end - start },
    message: meantSentence(meant, written.chain, say.locale),
    fix: another === undefined ? fixOf(named, code) : null,
  };
}

/** `np`, `np.random`, `np.random.rand`: each as far as names alone go. */
function accessesOf(root: ts.Identifier): readonly ts.Expression[] {
  const accesses: ts.Expression[] = [root];
  for (let at: ts.Expression = root; ; ) {
    const { parent } = at;
    if (!ts.isPropertyAccessExpression(parent) || parent.expression !== at) return accesses;
    accesses.push(parent);
    at = parent;
  }
}

function writtenAs(root: ts.Identifier, accesses: readonly ts.Expression[]): WrittenName {
  const names = accesses.map((each) => (ts.isPropertyAccessExpression(each) ? each.name.text : root.text));
  return { chain: names, isCalled: callOf(accesses.at(-1) ?? root) !== null };
}

function callOf(called: ts.Expression): ts.CallExpression | ts.NewExpression | null {
  const { parent } = called;
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === called ? parent : null;
}

/** How the code is written says what may be done with it: see the table of foreign names. */
function fixOf(named: ts.Expression, code: string): ForeignName["fix"] {
  if (code.startsWith("import ")) return null;
  const call = callOf(named);
  const isNew = call !== null && ts.isNewExpression(call);
  const [argument, another] = call?.arguments ?? [];
  // `tf.train.adam(0.01)`: a learning rate is an option here.
  if (/^optimizers\.\w+\(…\)$/.test(code) && call !== null && argument !== undefined && ts.isNumericLiteral(argument))
    return another === undefined
      ? between(call.getStart(), call.end, code.replace("…", `{ learningRate: ${argument.getText()} }`))
      : null;
  // `new Dense(3)` becomes a plain call.
  if (code.endsWith("(…)"))
    return between(isNew ? call.getStart() : named.getStart(), named.end, code.slice(0, -"(…)".length));
  if (call === null) return /^[\w.]+$/.test(code) ? between(named.getStart(), named.end, code) : null;
  // A variable of the example is none of the cell's.
  if (isNew || another !== undefined || /\by\b|^(?:data|model)\./.test(code)) return null;
  const takesArgument = /\bx\b/.test(code);
  if (takesArgument !== (argument !== undefined)) return null;
  if (argument === undefined) return code.endsWith(")") ? between(call.getStart(), call.end, code) : null;
  if (!ts.isLeftHandSideExpression(argument)) return null;
  const text = code.replace(/\bx\b/g, () => argument.getText());
  return between(call.getStart(), call.end, text);
}

function between(start: number, end: number, text: string): ForeignName["fix"] {
  return { span: { start, length: end - start }, text };
}
