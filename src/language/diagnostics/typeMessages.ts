// TypeScript's messages made fit for a cell: about the argument that is wrong, without our own paths, without advice for projects.

import ts from "typescript";
import type { NotebookService } from "../program/notebookService.ts";

export interface TypeMessage {
  /** Where in the program it is said. */
  readonly span: ts.TextSpan;
  readonly message: string;
}

const noOverloadMatches = 2769;
/** A longer type says less than the expression that has it. */
const mostTypeCharacters = 80;

export function typeMessage(notebook: NotebookService, diagnostic: ts.Diagnostic): TypeMessage {
  const { start = 0, length = 0 } = diagnostic;
  const ofOverload = diagnostic.code === noOverloadMatches ? nearestOverload(notebook, diagnostic) : null;
  const whole = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
  const { span, message } = ofOverload ?? { span: { start, length }, message: whole };
  return { span, message: [plainWords(notebook, message, span), ...offers(diagnostic)].join(" ") };
}

/** "Did you mean to call this expression?" stands beside the message. */
function offers({ relatedInformation = [] }: ts.Diagnostic): readonly string[] {
  const texts = relatedInformation.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  return texts.filter((text) => text.startsWith("Did you "));
}

function plainWords(notebook: NotebookService, message: string, span: ts.TextSpan): string {
  return (
    message
      // There is no project to change the settings of.
      .replace(/(Cannot find name '[^']*'\.) Do you need to[\s\S]*$/, "$1")
      .replace(/(does not exist on type ')([\s\S]+?)('\.(?= Did you mean|$))/, (whole, before, type: string, after) => {
        if (type.length <= mostTypeCharacters && !type.includes('import("')) return whole;
        const owner = ownerOf(notebook, span);
        return owner === null ? whole : `${before}typeof ${owner}${after}`;
      })
      .replace(/import\("\/nnbook\/types\/[^"]*"\)/g, 'import("nnbook")')
  );
}

/** `layers` for the `dens` of `layers.dens`. */
function ownerOf(notebook: NotebookService, { start }: ts.TextSpan): string | null {
  const parent = notebook.nodeAt(start + 1)?.parent;
  if (parent === undefined || !ts.isPropertyAccessExpression(parent)) return null;
  const text = parent.expression.getText();
  return text.length > mostTypeCharacters || text.includes("\n") ? null : text;
}

/**
 * Of several overloads, what is wrong with the one that takes the most arguments from the left, at the argument it does not
 * take. `null` when two are equally near: then all of TypeScript's message is needed.
 */
function nearestOverload(notebook: NotebookService, diagnostic: ts.Diagnostic): TypeMessage | null {
  const checked = notebook.checked();
  const call = callAround(notebook, diagnostic);
  if (checked === null || call === null || typeof diagnostic.messageText === "string") return null;
  const { checker } = checked;
  const signatures = checker.getTypeAtLocation(call.expression).getCallSignatures();
  const tried = (diagnostic.messageText.next ?? []).flatMap(({ messageText, next }) => {
    const [problem] = next ?? [];
    const signature = signatures.find((each) => messageText.includes(`'${checker.signatureToString(each)}'`));
    return problem === undefined || signature === undefined
      ? []
      : [{ problem, signature, taken: takenArguments(call, signature, checker) }];
  });
  const most = Math.max(...tried.map(({ taken }) => taken));
  const [nearest, another] = tried.filter(({ taken }) => taken === most);
  if (nearest === undefined || another !== undefined) return null;
  const message = ts.flattenDiagnosticMessageText(nearest.problem, "\n");
  const { start = 0, length = 0 } = diagnostic;
  // Where all overloads complain about the same place, TypeScript has found it already.
  if (start >= call.arguments.pos) return { span: { start, length }, message };
  const argument = call.arguments[nearest.taken] ?? call.arguments.at(-1) ?? call;
  const wrong = namedOption(argument, message) ?? wrongOption(argument, nearest, checker) ?? argument;
  return { span: { start: wrong.getStart(), length: wrong.getWidth() }, message };
}

function callAround(notebook: NotebookService, { start = 0 }: ts.Diagnostic): ts.CallExpression | null {
  let node: ts.Node | undefined = notebook.nodeAt(start) ?? undefined;
  while (node !== undefined && !ts.isCallExpression(node)) node = node.parent;
  return node ?? null;
}

/** How many arguments, from the left, have a type that the signature takes. */
function takenArguments(call: ts.CallExpression, signature: ts.Signature, checker: ts.TypeChecker): number {
  const wrong = call.arguments.findIndex((argument, index) => {
    const parameter = signature.parameters[index];
    if (parameter === undefined) return true;
    const expected = checker.getTypeOfSymbolAtLocation(parameter, call);
    return !checker.isTypeAssignableTo(checker.getTypeAtLocation(argument), expected);
  });
  return wrong === -1 ? call.arguments.length : wrong;
}

/** The option that the message says is unknown. */
function namedOption(node: ts.Node, message: string): ts.Node | undefined {
  const name = ts.isObjectLiteralElementLike(node) ? node.name : undefined;
  if (name !== undefined && message.includes(`'${name.getText()}' does not exist`)) return name;
  return ts.forEachChild(node, (child) => namedOption(child, message));
}

/** The first option with a value of the wrong type. */
function wrongOption(
  argument: ts.Node,
  { signature, taken }: { readonly signature: ts.Signature; readonly taken: number },
  checker: ts.TypeChecker,
): ts.Node | undefined {
  const parameter = signature.parameters[taken];
  if (parameter === undefined || !ts.isObjectLiteralExpression(argument)) return undefined;
  const options = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(parameter, argument));
  return argument.properties.find(({ name }) => {
    const option = name === undefined ? undefined : options.getProperty(name.getText());
    if (name === undefined || option === undefined) return false;
    const expected = checker.getTypeOfSymbolAtLocation(option, argument);
    return !checker.isTypeAssignableTo(checker.getTypeAtLocation(name), expected);
  })?.name;
}
