// Where in a layer's call its options stand, and the edits that change them or put another layer beside it.

import ts from "typescript";
import {
  gapBefore,
  layerOptionsAt,
  optionValue,
  type Setting,
  setOptions,
  type TextEdit,
} from "../change/callOptions.ts";

/** The value of an option as it is written; `null` where it is not written out. */
export function layerOption(call: ts.CallExpression, name: string): ts.Expression | null {
  const at = layerOptionsAt(call);
  const options = at === null ? undefined : call.arguments[at];
  const value = options !== undefined && ts.isObjectLiteralExpression(options) ? optionValue(options, name) : undefined;
  return value === undefined || value === "unclear" ? null : value;
}

/** What a problem with a layer's activation is marked at: the name of it, or of the layer. */
export function activationNode(call: ts.CallExpression): ts.Node {
  return layerOption(call, "activation") ?? calledName(call);
}

/** `dense` of `layers.dense(…)` */
export function calledName({ expression }: ts.CallExpression): ts.Node {
  return ts.isPropertyAccessExpression(expression) ? expression.name : expression;
}

export function setOnLayer(call: ts.CallExpression, settings: readonly Setting[]): readonly TextEdit[] | null {
  const at = layerOptionsAt(call);
  return at === null ? null : setOptions(call, at, settings);
}

/** Gives the layer another activation, in the option or as the argument of `layers.activation("relu")`. */
export function setActivation(call: ts.CallExpression, name: string): readonly TextEdit[] | null {
  const [first] = call.arguments;
  const value = JSON.stringify(name);
  if (first !== undefined && ts.isStringLiteralLike(first) && calledName(call).getText() === "activation")
    return [{ start: first.getStart(), end: first.end, text: value }];
  return setOnLayer(call, [{ option: "activation", was: null, value }]);
}

/** Another layer before or behind it, in the list that it stands in. `code`: "flatten()". */
export function addLayer(
  call: ts.CallExpression,
  where: "before" | "behind",
  code: string,
): readonly TextEdit[] | null {
  const owner = ownerOf(call);
  if (owner === null || !ts.isArrayLiteralExpression(call.parent)) return null;
  const gap = gapBefore(call);
  const start = call.getStart();
  return where === "behind"
    ? [{ start: call.end, end: call.end, text: `,${gap}${owner}${code}` }]
    : [{ start, end: start, text: `${owner}${code},${gap}` }];
}

/** `layers.` as the call itself has it; `null` where it is called by a name of its own. */
function ownerOf({ expression }: ts.CallExpression): string | null {
  return ts.isPropertyAccessExpression(expression) ? `${expression.expression.getText()}.` : null;
}
