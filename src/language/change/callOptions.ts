// Options of a call in the code: where they stand, and the edits that give one another value. Never a guess: `null` where the code leaves it open.

import ts from "typescript";
import { isLiteral, isSameValue } from "./remedyCode.ts";

/** Replaces the text from `start` to `end` of the file that the call stands in. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Setting {
  readonly option: string;
  /** The code of the value it must have now; `null`: whatever is written there. */
  readonly was: string | null;
  readonly value: string;
}

/** Layers that are called with their size and then their options. */
const sizedLayers: ReadonlySet<string> = new Set(["dense", "simpleRnn", "lstm", "gru"]);

/** Which argument of a layer's call holds its options, or would. */
export function layerOptionsAt({ expression, arguments: values }: ts.CallExpression): number | null {
  const last = values.at(-1);
  if (last && ts.isObjectLiteralExpression(last)) return values.length - 1;
  const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : "";
  return values.length !== 1 || (last && ts.isSpreadElement(last)) || !sizedLayers.has(name) ? null : 1;
}

/** The edits that set options in the argument `at`; `null` where something else stands there, or a value that is no plain one. */
export function setOptions(
  call: ts.CallExpression,
  at: number,
  settings: readonly Setting[],
): readonly TextEdit[] | null {
  const options = call.arguments[at];
  const codes = settings.map(({ option, value }) => `${option}: ${value}`);
  if (options === undefined) {
    if (call.arguments.length !== at || call.arguments.hasTrailingComma) return null;
    const end = call.arguments.at(-1)?.end ?? call.end - 1;
    return [{ start: end, end, text: `${at === 0 ? "" : ", "}{ ${codes.join(", ")} }` }];
  }
  if (!ts.isObjectLiteralExpression(options) || !options.properties.every(isReadable)) return null;
  const edits: TextEdit[] = [];
  const added: string[] = [];
  for (const { option, was, value } of settings) {
    const now = optionValue(options, option);
    if (now === "unclear") return null;
    if (now === undefined) added.push(`${option}: ${value}`);
    else if (!isLiteral(now) || (was !== null && !isSameValue(now, was))) return null;
    else if (!isSameValue(now, value)) edits.push({ start: now.getStart(), end: now.end, text: value });
  }
  if (added.length === 0) return edits;
  const last = options.properties.at(-1);
  if (last === undefined)
    return [...edits, { start: options.getStart(), end: options.end, text: `{ ${added.join(", ")} }` }];
  const text = added.map((code) => `,${gapBefore(last)}${code}`).join("");
  return [...edits, { start: last.end, end: last.end, text }];
}

/** What an option is set to; `undefined` where it is not there, "unclear" where it stands twice or without a value of its own. */
export function optionValue(options: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined | "unclear" {
  const [property, ...more] = options.properties.filter(
    (each) => each.name !== undefined && nameText(each.name) === name,
  );
  if (property === undefined) return undefined;
  return more.length > 0 || !ts.isPropertyAssignment(property) ? "unclear" : property.initializer;
}

/** What stands before a member of a list where each has a line of its own; else a space. */
export function gapBefore(member: ts.Node): string {
  const text = member.getSourceFile().text.slice(0, member.getStart());
  return /\n[\t ]*$/.exec(text)?.[0] ?? " ";
}

/** A property whose name and value stand there; what is spread in could hold any option. */
function isReadable(property: ts.ObjectLiteralElementLike): boolean {
  return property.name !== undefined && !ts.isComputedPropertyName(property.name);
}

function nameText(name: ts.PropertyName): string | null {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : null;
}
