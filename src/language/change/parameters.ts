// Parameters of a notebook: top-level variables whose value stands in a cell as a number, a text, a truth value or a control.
// Whoever runs the notebook elsewhere may give them another value.

import ts from "typescript";
import type { CodeChange, LanguageCell, NotebookParameter, ParameterAnswer } from "../../shared/languageProtocol.ts";
import { nearestName } from "../features/nearestName.ts";

interface Declared {
  readonly name: string;
  readonly cellId: string;
  readonly value: ts.Expression;
  readonly type: ParameterType;
}

/** "any": what a menu offers may be anything, and is not always written in its place. */
type ParameterType = "number" | "text" | "boolean" | "any";

/** The changes that give each parameter its value, wherever it is declared so. */
export function setParameters(cells: readonly LanguageCell[], given: readonly NotebookParameter[]): ParameterAnswer {
  const declared = cells.flatMap(findParameters);
  const known = [...new Set(declared.map(({ name }) => name))];
  const changes: CodeChange[] = [];
  for (const { name, value } of given) {
    const places = declared.filter((each) => each.name === name);
    if (places.length === 0) return { kind: "unknown", name, known, nearest: nearestName(name, known) };
    for (const { cellId, value: old, type } of places) {
      const offered = type === "any" ? offeredBy(old) : null;
      const text =
        offered === null ? literalOf(value, type) : (offered.find(({ text: own }) => own === value)?.code ?? null);
      if (text === null && offered !== null)
        return { kind: "notOffered", name, value, offered: offered.map(({ code }) => code) };
      const range = text === null ? null : rangeOf(old);
      if (range !== null && (Number(text) < range.min || Number(text) > range.max))
        return { kind: "outOfRange", name, value, ...range };
      if (text === null)
        return { kind: "wrongValue", name, value, expected: type === "number" ? "a number" : "true or false" };
      const start = old.getStart();
      changes.push({ cellId, span: { start, length: old.end - start }, text });
    }
  }
  return { kind: "set", changes };
}

function findParameters({ id, text }: LanguageCell): readonly Declared[] {
  const file = ts.createSourceFile("cell.ts", text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
  return file.statements.flatMap((statement) => {
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer: value }) => {
      const type = value === undefined ? null : typeOf(value);
      return ts.isIdentifier(name) && value !== undefined && type !== null
        ? [{ name: name.text, cellId: id, value, type }]
        : [];
    });
  });
}

function typeOf(value: ts.Expression): ParameterType | null {
  if (ts.isPrefixUnaryExpression(value)) return ts.isNumericLiteral(value.operand) ? "number" : null;
  if (ts.isNumericLiteral(value)) return "number";
  if (ts.isStringLiteralLike(value)) return "text";
  if (value.kind === ts.SyntaxKind.TrueKeyword || value.kind === ts.SyntaxKind.FalseKeyword) return "boolean";
  return controlType(value);
}

/** `input.slider(…)` and its like, under whatever name `input` was imported. */
function controlType(value: ts.Expression): ParameterType | null {
  if (!ts.isCallExpression(value) || !ts.isPropertyAccessExpression(value.expression)) return null;
  const { expression, name } = value.expression;
  if (!ts.isIdentifier(expression) || !/input/i.test(expression.text)) return null;
  switch (name.text) {
    case "slider":
    case "button":
      return "number";
    case "checkbox":
      return "boolean";
    case "select":
      return "any";
    default:
      return null;
  }
}

/** What a menu offers, where it says so in its place: as whoever runs the notebook writes it, and as code. */
function offeredBy(menu: ts.Expression): readonly { readonly text: string; readonly code: string }[] | null {
  const choices = ts.isCallExpression(menu) ? menu.arguments[1] : undefined;
  if (choices === undefined || !ts.isArrayLiteralExpression(choices)) return null;
  if (!choices.elements.every((each) => typeOf(each) !== null && !ts.isCallExpression(each))) return null;
  return choices.elements.map((each) => ({
    text: ts.isStringLiteralLike(each) ? each.text : each.getText(),
    code: each.getText(),
  }));
}

/** What a slider reaches, where that stands in its place as numbers; what it leaves out is as `input.slider` has it. */
function rangeOf(control: ts.Expression): { readonly min: number; readonly max: number } | null {
  if (!ts.isCallExpression(control) || !ts.isPropertyAccessExpression(control.expression)) return null;
  if (control.expression.name.text !== "slider") return null;
  const options = control.arguments[1];
  if (options === undefined) return { min: 0, max: 1 };
  if (!ts.isObjectLiteralExpression(options)) return null;
  const given = new Map<string, ts.Expression>();
  for (const property of options.properties) {
    // What is spread may hold a range too.
    if (!ts.isPropertyAssignment(property) || !ts.isIdentifier(property.name)) return null;
    given.set(property.name.text, property.initializer);
  }
  const scale = given.get("scale");
  if (scale !== undefined && !ts.isStringLiteralLike(scale)) return null;
  const max = numberOf(given.get("max")) ?? 1;
  const min = numberOf(given.get("min")) ?? (scale?.text === "log" ? max / 1000 : 0);
  return Number.isNaN(min) || Number.isNaN(max) ? null : { min, max };
}

/** The number that stands there; `NaN` for anything else. */
function numberOf(value: ts.Expression | undefined): number | undefined {
  if (value === undefined) return undefined;
  return typeOf(value) === "number" && !ts.isCallExpression(value)
    ? Number(value.getText().replaceAll("_", ""))
    : Number.NaN;
}

/** The code of a value that was given as text; `null` where it is of another type. */
function literalOf(value: string, type: ParameterType): string | null {
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value);
  const isBoolean = value === "true" || value === "false";
  switch (type) {
    case "number":
      return isNumber ? value.replace(/^\+/, "") : null;
    case "boolean":
      return isBoolean ? value : null;
    case "text":
      return JSON.stringify(value);
    case "any":
      return isNumber || isBoolean ? value.replace(/^\+/, "") : JSON.stringify(value);
  }
}
