// The examples that a `fit` is given, as far as the code tells them: their shapes, what the targets are, whether they are scaled.

import ts from "typescript";
import type { ExampleShape, ModelRules } from "../../shared/modelRules.ts";
import type { Given } from "./cellsCode.ts";
import { readValue } from "./codeValues.ts";
import { elementsOf } from "./listElements.ts";
import { memberOf, readPlain, settle } from "./settled.ts";

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
  readonly #rules: ModelRules;

  constructor(rules: ModelRules) {
    this.#rules = rules;
  }

  /** The data of `fit(data, options)`, `fit({ x, y }, options)`, `fit([x, y], options)` and `fit(x, y, options)`. */
  ofFit({ expression: call, code }: Given): DataInCode | null {
    const [first, second] = ts.isCallExpression(call) ? call.arguments : [];
    if (first === undefined) return null;
    const given: Given = { expression: first, code };
    const data = this.read(given);
    if (data !== null) return data;
    const settled = settle(given);
    if (ts.isObjectLiteralExpression(settled.expression))
      return this.#ofArrays(memberOf(settled, "x"), memberOf(settled, "y"));
    const options = second === undefined ? null : settle({ expression: second, code }).expression;
    const isAlone = options === null || ts.isObjectLiteralExpression(options);
    if (isAlone && ts.isArrayLiteralExpression(settled.expression)) {
      const [x = null, y = null, ...more] = elementsOf(settled);
      return more.length > 0 ? null : this.#ofArrays(x, y);
    }
    return this.#ofArrays(given, second === undefined ? null : { expression: second, code });
  }

  /** The data of `predict(x)` and `evaluate(data)`. */
  ofUse({ expression: call, code }: Given): DataInCode | null {
    const [first] = ts.isCallExpression(call) ? call.arguments : [];
    if (first === undefined) return null;
    const given: Given = { expression: first, code };
    return this.read(given) ?? this.#ofArrays(given, null);
  }

  #ofArrays(x: Given | null, y: Given | null): DataInCode | null {
    const shapes = { x: x && this.#tensor(x), y: y && this.#tensor(y) };
    if (shapes.x === null && shapes.y === null) return null;
    const [first] = rest(shapes.x) ?? [];
    return {
      name: null,
      // A list of numbers is one column.
      x: shapes.x !== null && first === undefined ? [1] : rest(shapes.x),
      y: rest(shapes.y),
      ...{ areClasses: false, isUnscaled: null, source: null },
    };
  }

  /** A data set, or a part of one. */
  read(given: Given, steps = 12): DataInCode | null {
    const { expression, code } = settle(given);
    if (steps === 0) return null;
    if (ts.isIdentifier(expression)) {
      const taken = code.takenFrom(expression);
      return taken !== null && keeping.includes(taken.name) ? this.read(taken.from, steps - 1) : null;
    }
    if (ts.isPropertyAccessExpression(expression))
      return keeping.includes(expression.name.text)
        ? this.read({ expression: expression.expression, code }, steps - 1)
        : null;
    return ts.isCallExpression(expression) ? this.#readCall({ expression, code }, steps - 1) : null;
  }

  #readCall({ expression: call, code }: Given & { readonly expression: ts.CallExpression }, steps: number) {
    const name = code.nameOf(call.expression);
    if (name?.startsWith("datasets.")) return this.#readSet(call, name.slice("datasets.".length), code);
    if (!ts.isPropertyAccessExpression(call.expression)) return null;
    const step = call.expression.name.text;
    const data = this.read({ expression: call.expression.expression, code }, steps);
    if (data === null || keeping.includes(step)) return data;
    if (scaling.includes(step)) return { ...data, isUnscaled: false };
    // Class numbers instead of one-hot rows.
    return step === "sparse" ? { ...data, y: [], areClasses: false } : null;
  }

  #readSet(call: ts.CallExpression, name: string, code: Given["code"]): DataInCode | null {
    const values = call.arguments.flatMap((expression) => readValue({ expression, code })?.value ?? []);
    const facts = values.length === call.arguments.length ? this.#rules.dataFacts(name, values) : null;
    if (facts === null) return null;
    const { x, y, targets, isUnscaled } = facts;
    return { name, x, y, areClasses: targets === "classes", isUnscaled, source: call };
  }

  /** The shape of a tensor or of nested lists, the batch axis first. */
  #tensor(given: Given, steps = 8): ExampleShape | null {
    const settled = settle(given);
    const { expression, code } = settled;
    if (steps === 0) return null;
    if (ts.isArrayLiteralExpression(expression)) return this.#nested(settled, steps - 1);
    if (ts.isIdentifier(expression)) {
      const taken = code.takenFrom(expression);
      // A list that grew by `push`.
      return taken === null ? this.#nested(settled, steps - 1) : this.#ofPart(taken.from, taken.name, steps - 1);
    }
    if (ts.isPropertyAccessExpression(expression))
      return this.#ofPart({ expression: expression.expression, code }, expression.name.text, steps - 1);
    const [values, ...more] = ts.isCallExpression(expression) ? expression.arguments : [];
    const isTensor = ts.isCallExpression(expression) && code.nameOf(expression.expression) === "tensor";
    return isTensor && values !== undefined && more.length === 0
      ? this.#tensor({ expression: values, code }, steps - 1)
      : null;
  }

  /** `data.x`, `data.y` */
  #ofPart(owner: Given, name: string, steps: number): ExampleShape | null {
    if (name !== "x" && name !== "y") return null;
    const shape = this.read(owner, steps)?.[name] ?? null;
    return shape === null ? null : [1, ...shape];
  }

  #nested(list: Given, steps: number): ExampleShape | null {
    const elements = elementsOf(list);
    const known = elements.flatMap((each) => each ?? []);
    const [first] = known;
    if (first === undefined || known.length < elements.length) return null;
    if (typeof readPlain(first) === "number")
      return known.every((each) => typeof readPlain(each) === "number") ? [elements.length] : null;
    const inner = known.map((each) => this.#tensor(each, steps));
    const [shape] = inner;
    const isRegular = inner.every((each) => each !== null && each.join() === shape?.join());
    return shape && isRegular ? [elements.length, ...shape] : null;
  }
}

/** Without the batch axis. */
function rest(shape: ExampleShape | null): ExampleShape | null {
  return shape === null ? null : shape.slice(1);
}
