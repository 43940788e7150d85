// Where a remedy's change belongs in the cells: exact changes of their text, or nothing where that is not certain.

import ts from "typescript";
import type { CodeChange, RemedyQuestion } from "../../shared/languageProtocol.ts";
import type { RemedyEdit } from "../../shared/views.ts";
import { statementNames } from "../program/statementNames.ts";
import { gapBefore, layerOptionsAt, optionValue, type Setting, setOptions } from "./callOptions.ts";
import { namesNeeded, parseCell } from "./remedyCode.ts";

interface Cell {
  readonly id: string;
  readonly source: ts.SourceFile;
}

/** An argument of a call that holds its options. */
interface OptionsOf {
  readonly cell: Cell;
  readonly call: ts.CallExpression;
  readonly at: number;
}

type SetOption = Extract<RemedyEdit, { kind: "setOption" }>;

/** The changes of all edits, or `null`: never a part of them, and never a guess. */
export function findRemedyChanges(question: RemedyQuestion): readonly CodeChange[] | null {
  const search = new RemedySearch(question);
  try {
    return search.changes();
  } catch (problem) {
    if (problem instanceof Uncertain) return null;
    throw problem;
  }
}

/** Ends the search: some place or value is not certain. */
class Uncertain extends Error {}

class RemedySearch {
  readonly #question: RemedyQuestion;
  readonly #cells: readonly Cell[];
  readonly #changes: CodeChange[] = [];
  /** What the new code needs of "nnbook", by the cell that needs it. */
  readonly #needed = new Map<Cell, Set<string>>();

  constructor(question: RemedyQuestion) {
    this.#question = question;
    this.#cells = question.cells.map(({ id, text }) => ({ id, source: parseCell(text) }));
  }

  changes(): readonly CodeChange[] {
    const settings = new Map<ts.CallExpression, { readonly options: OptionsOf; readonly set: Setting[] }>();
    for (const edit of this.#question.edits) {
      if (edit.kind === "callOnData") throw new Uncertain();
      if (edit.kind === "insertAfter") {
        for (const { cell, call } of this.#layerCalls(edit.layers)) this.#insertAfter(cell, call, edit.code);
        continue;
      }
      for (const { options, setting } of this.#places(edit)) {
        const known = settings.get(options.call) ?? { options, set: [] };
        settings.set(options.call, known);
        known.set.push(setting);
      }
    }
    for (const { options, set } of settings.values()) this.#setOptions(options, set);
    this.#import();
    return this.#changes;
  }

  #places(edit: SetOption): readonly { readonly options: OptionsOf; readonly setting: Setting }[] {
    switch (edit.call) {
      case "layer":
        return this.#layerCalls(edit.layers).map(({ cell, call }) => ({
          options: { cell, call, at: sure(layerOptionsAt(call) ?? undefined) },
          setting: edit,
        }));
      case "fit":
        return [{ options: { ...this.#fit(), at: 1 }, setting: edit }];
      case "compile":
        return [{ options: { ...this.#compile(), at: 0 }, setting: edit }];
      case "optimizer":
        return [this.#optimizer(edit)];
    }
  }

  /** The calls that made these layers, each once; uncertain where one made others, too. */
  #layerCalls(names: readonly string[]): readonly { readonly cell: Cell; readonly call: ts.CallExpression }[] {
    const { layers } = this.#question;
    const chosen = names.map((name) => sure(layers.find((layer) => layer.name === name)));
    const places = new Map(chosen.map((layer) => [`${layer.cellId} ${layer.offset}`, layer]));
    return [...places.values()].map(({ cellId, offset }) => {
      const made = layers.filter((layer) => layer.cellId === cellId && layer.offset === offset);
      if (!made.every(({ name }) => names.includes(name))) throw new Uncertain();
      const cell = sure(this.#cells.find(({ id }) => id === cellId));
      const calls = callsIn(cell.source).filter(({ expression }) => nameStart(expression) === offset);
      return { cell, call: onlyOf(calls) };
    });
  }

  #fit(): { readonly cell: Cell; readonly call: ts.CallExpression } {
    const cell = sure(this.#cells.find(({ id }) => id === this.#question.fitCellId));
    return { cell, call: onlyOf(callsIn(cell.source).filter((call) => methodOf(call)?.name === "fit")) };
  }

  /** The only `compile` of the variable whose `fit` it is. */
  #compile(): { readonly cell: Cell; readonly call: ts.CallExpression } {
    const model = sure(methodOf(this.#fit().call)).owner;
    const all = this.#cells.flatMap((cell) => callsIn(cell.source).map((call) => ({ cell, call })));
    return onlyOf(all.filter(({ call }) => isMethod(call, model, "compile")));
  }

  /** `optimizers.sgd(…)` in `compile`; a mere name becomes such a call. */
  #optimizer(setting: SetOption): { readonly options: OptionsOf; readonly setting: Setting } {
    const { cell, call } = this.#compile();
    const options = call.arguments[0];
    const value = options && ts.isObjectLiteralExpression(options) ? propertyOf(options, "optimizer") : undefined;
    if (value && ts.isCallExpression(value) && methodOf(value)?.owner === "optimizers")
      return { options: { cell, call: value, at: 0 }, setting };
    if (!value || !ts.isStringLiteralLike(value) || !/^[a-z]\w*$/i.test(value.text)) throw new Uncertain();
    const { option, value: code } = setting;
    return {
      options: { cell, call, at: 0 },
      setting: {
        option: "optimizer",
        was: JSON.stringify(value.text),
        value: `optimizers.${value.text}({ ${option}: ${code} })`,
      },
    };
  }

  #setOptions({ cell, call, at }: OptionsOf, settings: readonly Setting[]): void {
    for (const { value } of settings) this.#need(cell, value);
    for (const { start, end, text } of sure(setOptions(call, at, settings) ?? undefined))
      this.#change(cell, start, end, text);
  }

  /** Only behind a layer in a list that `sequential` takes: in a graph the next layer takes what the call gives. */
  #insertAfter(cell: Cell, call: ts.CallExpression, code: string): void {
    const list = call.parent;
    if (!ts.isArrayLiteralExpression(list) || !ts.isCallExpression(list.parent)) throw new Uncertain();
    const { expression } = list.parent;
    if (!ts.isIdentifier(expression) || expression.text !== "sequential") throw new Uncertain();
    this.#need(cell, code);
    this.#change(cell, call.end, call.end, `,${gapBefore(call)}${code}`);
  }

  #need(cell: Cell, code: string): void {
    const names = sure(namesNeeded(code) ?? undefined);
    const needed = this.#needed.get(cell) ?? new Set();
    this.#needed.set(cell, needed);
    for (const name of names) needed.add(name);
  }

  /** Adds imports for what no cell has imported yet; a variable of that name is something else. */
  #import(): void {
    const statements = this.#cells.flatMap(({ source }) => statementNames(source.text));
    for (const [cell, needed] of this.#needed) {
      const missing = [...needed].filter((name) => {
        const declaring = statements.filter(({ declares }) => declares.has(name));
        if (declaring.some(({ statement }) => !isNnbookImport(statement))) throw new Uncertain();
        return declaring.length === 0;
      });
      if (missing.length > 0) this.#change(cell, 0, 0, `import { ${missing.join(", ")} } from "nnbook";\n`);
    }
  }

  #change(cell: Cell, start: number, end: number, text: string): void {
    this.#changes.push({ cellId: cell.id, span: { start, length: end - start }, text });
  }
}

function sure<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Uncertain();
  return value;
}

function onlyOf<Value>(values: readonly Value[]): Value {
  if (values.length !== 1) throw new Uncertain();
  return sure(values[0]);
}

function callsIn(source: ts.SourceFile): readonly ts.CallExpression[] {
  const calls: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) calls.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return calls;
}

/** Where the name that is called starts, as V8 places a call. */
function nameStart(expression: ts.Expression): number {
  return (ts.isPropertyAccessExpression(expression) ? expression.name : expression).getStart();
}

/** `model` and `fit` of `model.fit(…)`. */
function methodOf({ expression }: ts.CallExpression): { readonly owner: string; readonly name: string } | undefined {
  if (!ts.isPropertyAccessExpression(expression) || !ts.isIdentifier(expression.expression)) return undefined;
  return { owner: expression.expression.text, name: expression.name.text };
}

function isMethod(call: ts.CallExpression, owner: string, name: string): boolean {
  const method = methodOf(call);
  return method?.owner === owner && method.name === name;
}

function propertyOf(options: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const value = optionValue(options, name);
  if (value === "unclear") throw new Uncertain();
  return value;
}

function isNnbookImport(statement: ts.Statement): boolean {
  if (!ts.isImportDeclaration(statement)) return false;
  return ts.isStringLiteral(statement.moduleSpecifier) && statement.moduleSpecifier.text === "nnbook";
}
