// The models that the cells make, read without running them: each layer with its shapes, and what the model is trained on.

import ts from "typescript";
import type { ExampleShape, ModelRules, PlannedLayer } from "../../shared/modelRules.ts";
import type { CellsCode } from "./cellsCode.ts";
import { readValue } from "./codeValues.ts";
import { type DataInCode, DataReader } from "./dataInCode.ts";
import { layerCall, type RowPart, readRow } from "./layerRow.ts";
import { followModel, type ModelCalls } from "./modelCalls.ts";
import { plainExpression } from "./nnbookNames.ts";

/** A layer of a model, or several alike that one call made one after the other. */
export interface LayerOfModel {
  readonly call: ts.CallExpression;
  /** Whether all of its options are known. */
  readonly isWhole: boolean;
  readonly times: number;
  readonly first: PlannedLayer;
  readonly last: PlannedLayer;
}

export interface ModelInCode {
  /** `sequential(…)` */
  readonly call: ts.CallExpression;
  /** In their order; "unknown" stands for some that the code does not tell. */
  readonly row: readonly (LayerOfModel | "unknown")[];
  readonly calls: ModelCalls;
  /** What each `fit` and each race trains it on, where that is known. */
  readonly data: readonly FitData[];
}

export interface FitData {
  /** What the examples stand in: the argument of `fit`, the option of `compare`. */
  readonly given: ts.Expression;
  readonly data: DataInCode;
}

const unknownLayer: PlannedLayer = { kind: "unknown" };

export function readModels(code: CellsCode, rules: ModelRules): readonly ModelInCode[] {
  const data = new DataReader(code, rules);
  return code.calls.flatMap((call) => {
    const [list] = call.arguments;
    if (code.nameOf(call.expression) !== "sequential" || list === undefined) return [];
    const calls = followModel(call, code);
    const given = [
      ...calls.fits.flatMap((fit) => fitData(fit, data)),
      ...calls.races.flatMap((race) => raceData(race, data)),
    ];
    const row = planRow(readRow(list, code), commonShape(given), rules);
    return [{ call, row, calls, data: given }];
  });
}

function fitData(fit: ts.CallExpression, reader: DataReader): readonly FitData[] {
  const [given] = fit.arguments;
  const data = reader.ofFit(fit);
  return given === undefined || data === null ? [] : [{ given, data }];
}

function raceData(options: ts.ObjectLiteralExpression, reader: DataReader): readonly FitData[] {
  const property = options.properties.find(
    ({ name }) => name !== undefined && ts.isIdentifier(name) && name.text === "data",
  );
  if (property === undefined) return [];
  const given = ts.isPropertyAssignment(property)
    ? property.initializer
    : ts.isShorthandPropertyAssignment(property)
      ? property.name
      : null;
  const data = given === null ? null : reader.read(given);
  return given === null || data === null ? [] : [{ given, data }];
}

/** The shape of the examples, where all that is known of them agrees. */
function commonShape(given: readonly FitData[]): ExampleShape | null {
  const shapes = given.map(({ data }) => data.x);
  const [first] = shapes;
  return first != null && shapes.every((shape) => shape?.join() === first.join()) ? first : null;
}

function planRow(
  row: readonly RowPart[],
  inputShape: ExampleShape | null,
  rules: ModelRules,
): readonly (LayerOfModel | "unknown")[] {
  let shape: ExampleShape | null = inputShape;
  return row.map((part) => {
    if (part.kind === "unknown") {
      shape = null;
      return "unknown";
    }
    const { call, value, times } = part;
    const planned: PlannedLayer[] = [];
    for (let time = 0; time < times; time++) {
      const layer: PlannedLayer =
        value === null ? unknownLayer : rules.planLayer(value.value, shape === null ? null : [shape]);
      planned.push(layer);
      shape = layer.kind === "planned" ? layer.outputShape : null;
    }
    const [first = unknownLayer] = planned;
    return { call, isWhole: value?.isWhole ?? false, times, first, last: planned.at(-1) ?? unknownLayer };
  });
}

/** The layers of graphs: what `layers.dense(8).apply(input(4))` makes of its inputs. */
export function readGraphLayers(code: CellsCode, rules: ModelRules): readonly LayerOfModel[] {
  const reader = new GraphReader(code, rules);
  return code.calls.flatMap((call) => reader.layerOf(call) ?? []);
}

class GraphReader {
  readonly #code: CellsCode;
  readonly #rules: ModelRules;

  constructor(code: CellsCode, rules: ModelRules) {
    this.#code = code;
    this.#rules = rules;
  }

  layerOf(apply: ts.CallExpression, steps = 40): LayerOfModel | null {
    const { expression: method } = apply;
    if (!ts.isPropertyAccessExpression(method) || method.name.text !== "apply" || steps === 0) return null;
    const call = layerCall(method.expression, this.#code);
    const [given] = apply.arguments;
    const value = call === null ? null : readValue(call, this.#code);
    if (call === null || given === undefined) return null;
    const plain = plainExpression(given);
    const inputs = ts.isArrayLiteralExpression(plain) ? plain.elements : [plain];
    const shapes = inputs.map((input) => this.#shapeOf(input, steps - 1));
    const known = shapes.flatMap((shape) => (shape === null ? [] : [shape]));
    const planned =
      value === null ? unknownLayer : this.#rules.planLayer(value.value, known.length === shapes.length ? known : null);
    return { call, isWhole: value?.isWhole ?? false, times: 1, first: planned, last: planned };
  }

  /** Of a place in a graph. */
  #shapeOf(expression: ts.Expression, steps: number): ExampleShape | null {
    const plain = plainExpression(expression);
    if (steps <= 0) return null;
    if (ts.isIdentifier(plain)) {
      const constant = this.#code.constant(plain);
      return constant === null ? null : this.#shapeOf(constant, steps - 1);
    }
    if (!ts.isCallExpression(plain)) return null;
    if (this.#code.nameOf(plain.expression) === "input") return this.#inputShape(plain);
    const planned = this.layerOf(plain, steps - 1)?.last;
    return planned?.kind === "planned" ? planned.outputShape : null;
  }

  #inputShape({ arguments: [first] }: ts.CallExpression): ExampleShape | null {
    const value = first === undefined ? undefined : readValue(first, this.#code)?.value;
    const shape = typeof value === "object" && value !== null && "shape" in value ? value.shape : value;
    const sizes: readonly unknown[] = Array.isArray(shape) ? shape : [shape];
    return sizes.every((size) => typeof size === "number") ? sizes : null;
  }
}
