// `model.fit(x, y, epochs=5)`: Python names its arguments, JavaScript assigns to a variable. Ours stand in an object of options.

import ts from "typescript";
import { namedArgumentSentence, plainName } from "../../shared/meantName.ts";
import { unknownNameCodes } from "../diagnostics/unknownNames.ts";
import type { Say } from "../languageWords.ts";
import type { NotebookService } from "../program/notebookService.ts";

export interface NamedArguments {
  /** In the program: from the first of them to the last. */
  readonly span: ts.TextSpan;
  readonly message: string;
  /** What should stand there; `null` where that is not certain. */
  readonly replacement: string | null;
  /** What TypeScript says of them, which this says better. */
  readonly covered: readonly ts.Diagnostic[];
}

const noOverloadMatches = 2769;
const mostCharacters = 80;

type NamedArgument = ts.BinaryExpression & { readonly left: ts.Identifier };

/** Only where TypeScript finds fault: a variable may be assigned among arguments. */
export function namedArguments(
  notebook: NotebookService,
  diagnostics: readonly ts.Diagnostic[],
  say: Say,
): readonly NamedArguments[] {
  const checker = notebook.checked()?.checker;
  const calls = new Map<ts.CallExpression, ts.Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const argument = argumentAt(notebook, diagnostic);
    if (argument === null || !ts.isCallExpression(argument.parent)) continue;
    calls.set(argument.parent, [...(calls.get(argument.parent) ?? []), diagnostic]);
  }
  if (checker === undefined) return [];
  return [...calls].flatMap(([call, covered]) => {
    const named = call.arguments.filter(isNamedArgument);
    const [first] = named;
    const last = named.at(-1);
    const written = argumentsWritten(call, named, checker);
    const isUnknown = covered.some(({ code }) => unknownNameCodes.has(code));
    // A variable of the user's own may be assigned to; where the call has an argument or option of that name, it is meant.
    if (first === undefined || last === undefined || (written === null && !isUnknown)) return [];
    const options = written ?? `{ ${named.map((each) => option(each.left.text, each)).join(", ")} }`;
    const isAtEnd = call.arguments.slice(call.arguments.indexOf(first)).every(isNamedArgument);
    const ofCall = `${call.expression.getText()}(${[...before(call, first), options].join(", ")})`;
    const shown = ofCall.length <= mostCharacters && !ofCall.includes("\n") ? ofCall : options;
    const start = first.getStart();
    const others = diagnostics.filter(
      (each) => each.code === noOverloadMatches && callAt(notebook, each) === call && !covered.includes(each),
    );
    return [
      {
        span: { start, length: last.end - start },
        message: namedArgumentSentence(shown, say.locale),
        replacement: isAtEnd ? options : null,
        covered: [...covered, ...others],
      },
    ];
  });
}

/** The named argument that a diagnostic is about: not the value that it is given. */
function argumentAt(notebook: NotebookService, { start }: ts.Diagnostic): NamedArgument | null {
  const node = start === undefined ? null : notebook.nodeAt(start + 1);
  for (let at: ts.Node | undefined = node ?? undefined; at !== undefined; at = at.parent) {
    if (ts.isExpression(at) && isNamedArgument(at)) return start !== undefined && start <= at.left.end ? at : null;
    if (ts.isStatement(at)) return null;
  }
  return null;
}

function callAt(notebook: NotebookService, { start = 0 }: ts.Diagnostic): ts.Node | undefined {
  return ts.findAncestor(notebook.nodeAt(start) ?? undefined, ts.isCallExpression);
}

function isNamedArgument(node: ts.Expression): node is NamedArgument {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isIdentifier(node.left) &&
    ts.isCallExpression(node.parent) &&
    node.parent.arguments.includes(node)
  );
}

function before(call: ts.CallExpression, first: NamedArgument): readonly string[] {
  return call.arguments.slice(0, call.arguments.indexOf(first)).map((each) => each.getText());
}

/** The same by place and in an object of options, as far as one signature of the call has all of them. */
function argumentsWritten(
  call: ts.CallExpression,
  named: readonly NamedArgument[],
  checker: ts.TypeChecker,
): string | null {
  const given = call.arguments.length - named.length;
  const rest = checker
    .getTypeAtLocation(call.expression)
    .getCallSignatures()
    .map(({ parameters }) => parameters.slice(given));
  const byPlace = (parameters: readonly ts.Symbol[]) =>
    parameters.filter((parameter) => named.some((each) => isCalled(parameter, each))).length;
  for (const parameters of rest.toSorted((a, b) => byPlace(b) - byPlace(a))) {
    const left = new Set(named);
    const written = parameters.map((parameter) => {
      const own = named.find((each) => isCalled(parameter, each));
      if (own === undefined) return null;
      left.delete(own);
      return own.right.getText();
    });
    const whole = written.map((text, index) => {
      const parameter = parameters[index];
      if (text !== null || parameter === undefined) return text;
      const options = [...left].flatMap((each) => {
        const known = optionOf(parameter, each, { call, checker });
        if (known === undefined) return [];
        left.delete(each);
        return [option(known.name, each)];
      });
      return options.length === 0 ? null : `{ ${options.join(", ")} }`;
    });
    const used = whole.slice(0, whole.findLastIndex((text) => text !== null) + 1);
    if (left.size === 0 && !used.includes(null)) return used.join(", ");
  }
  return null;
}

function isCalled(symbol: ts.Symbol, { left }: NamedArgument): boolean {
  return plainName(symbol.name) === plainName(left.text);
}

function optionOf(
  parameter: ts.Symbol,
  named: NamedArgument,
  { call, checker }: { readonly call: ts.CallExpression; readonly checker: ts.TypeChecker },
): ts.Symbol | undefined {
  const type = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(parameter, call));
  const types = type.isUnion() ? type.types : [type];
  // Of numbers and lists nobody names a part.
  const objects = types.filter((each) => (each.flags & ts.TypeFlags.Object) !== 0 && !checker.isArrayLikeType(each));
  return objects.flatMap((each) => each.getProperties()).find((property) => isCalled(property, named));
}

function option(name: string, { right }: NamedArgument): string {
  return `${name}: ${right.getText()}`;
}
