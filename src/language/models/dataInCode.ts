// The examples that a `fit` is given, as far as the code tells them: their shapes, what the targets are, whether they are scaled.

import ts from "typescript";
import type { ExampleShape, ModelRules } from "../../shared/modelRules.ts";
import type { CellsCode } from "./cellsCode.ts";
import { readValue } from "./codeValues.ts";
import { plainExpression } from "./nnbookNames.ts";

export interface DataInCode {
  /** "wine" for `datasets.wine()`; `null` for arrays. */
  readonly name: string | null;
  /** `null` where it is not known. */
  readonly x: ExampleShape | null;
  readonly y: ExampleShape | null;
  readonly areClasses: boolean;
  /** Whether the features are large, and nothing scaled them. `null`: not known. */
  readonly isUnscaled: boolean | null;
  /** The call that made the data set, without what was made of it since. */
  readonly source: ts.CallExpression | null;
}

/** Steps that keep shapes and scale. */
const keeping: readonly string[] = ["split", "rows", "train", "validation", "test"];
const scaling: readonly string[] = ["standardize", "scaleBy"];

export class DataReader {
  readonly #code: CellsCode;
  readonly #rules: ModelRules;

  constructor(code: CellsCode, rules: ModelRules) {
    this.#code = code;
    this.#rules = rules;
  }

  /** The data of `fit(data, options)` and `fit(x, y, options)`. */
  ofFit({ arguments: [first, second] }: ts.CallExpression): DataInCode | null {
    if (first === undefined) return null;
    const data = this.read(first);
    if (data !== null) return data;
    const x = this.#tensor(first);
    const y = second === undefined ? null : this.#tensor(second);
    if (x === null && y === null) return null;
    return { name: null, x: rest(x), y: rest(y), areClasses: false, isUnscaled: null, source: null };
  }

  /** A data set, or a part of one. */
  read(expression: ts.Expression, steps = 12): DataInCode | null {
    const plain = plainExpression(expression);
    if (steps === 0) return null;
    if (ts.isIdentifier(plain)) {
      const constant = this.#code.constant(plain);
      return constant === null ? null : this.read(constant, steps - 1);
    }
    if (ts.isPropertyAccessExpression(plain))
      return keeping.includes(plain.name.text) ? this.read(plain.expression, steps - 1) : null;
    return ts.isCallExpression(plain) ? this.#readCall(plain, steps - 1) : null;
  }

  #readCall(call: ts.CallExpression, steps: number): DataInCode | null {
    const name = this.#code.nameOf(call.expression);
    if (name?.startsWith("datasets.")) return this.#readSet(call, name.slice("datasets.".length));
    if (!ts.isPropertyAccessExpression(call.expression)) return null;
    const step = call.expression.name.text;
    const data = this.read(call.expression.expression, steps);
    if (data === null || keeping.includes(step)) return data;
    if (scaling.includes(step)) return { ...data, isUnscaled: false };
    // Class numbers instead of one-hot rows.
    return step === "sparse" ? { ...data, y: [], areClasses: false } : null;
  }

  #readSet(call: ts.CallExpression, name: string): DataInCode | null {
    const values = call.arguments.flatMap((argument) => readValue(argument, this.#code)?.value ?? []);
    const facts = values.length === call.arguments.length ? this.#rules.dataFacts(name, values) : null;
    if (facts === null) return null;
    const { x, y, targets, isUnscaled } = facts;
    return { name, x, y, areClasses: targets === "classes", isUnscaled, source: call };
  }

  /** The shape of a tensor or of nested lists, the batch axis first. */
  #tensor(expression: ts.Expression, steps = 8): ExampleShape | null {
    const plain = plainExpression(expression);
    if (steps === 0) return null;
    if (ts.isArrayLiteralExpression(plain)) return this.#nested(plain, steps - 1);
    if (ts.isIdentifier(plain)) {
      const constant = this.#code.constant(plain);
      return constant === null ? null : this.#tensor(constant, steps - 1);
    }
    if (ts.isPropertyAccessExpression(plain)) {
      const data = plain.name.text === "x" || plain.name.text === "y" ? this.read(plain.expression, steps - 1) : null;
      const shape = data?.[plain.name.text === "x" ? "x" : "y"] ?? null;
      return shape === null ? null : [1, ...shape];
    }
    const [values, ...more] = ts.isCallExpression(plain) ? plain.arguments : [];
    const isTensor = ts.isCallExpression(plain) && this.#code.nameOf(plain.expression) === "tensor";
    return isTensor && values !== undefined && more.length === 0 ? this.#tensor(values, steps - 1) : null;
  }

  #nested(list: ts.ArrayLiteralExpression, steps: number): ExampleShape | null {
    const { elements } = list;
    const [first] = elements;
    if (first === undefined || elements.some(ts.isSpreadElement)) return null;
    if (ts.isArrayLiteralExpression(first)) {
      const inner = elements.map((each) => this.#tensor(each, steps));
      const [shape] = inner;
      const isRegular = inner.every((each) => each !== null && each.join() === shape?.join());
      return shape && isRegular ? [elements.length, ...shape] : null;
    }
    return elements.every((each) => typeof readValue(each, this.#code)?.value === "number") ? [elements.length] : null;
  }
}

/** Without the batch axis. */
function rest(shape: ExampleShape | null): ExampleShape | null {
  return shape === null ? null : shape.slice(1);
}
