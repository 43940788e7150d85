// Layers that the engine would refuse: an input that does not fit, options that cannot be.

import ts from "typescript";
import type { PlannedLayer, Refusal } from "../../shared/modelRules.ts";
import { functionAround } from "../models/callContexts.ts";
import { commonShape, type ModelGraph, type ModelInCode } from "../models/modelsInCode.ts";
import type { LayerOfModel } from "../models/plannedLayers.ts";
import type { CheckContext } from "./checkContext.ts";
import { addLayer, calledName, layerOption, setOnLayer } from "./layerEdits.ts";
import { shapeText } from "./outputChecks.ts";
import { type Found, type FoundFix, fix } from "./problem.ts";

export function checkLayers({ row, graph, data }: ModelInCode, context: CheckContext): readonly Found[] {
  // The layers of graphs are looked at by themselves.
  if (graph !== null) return checkInput(graph, data, context);
  let shape = data[0]?.data.x ?? null;
  return row.flatMap((layer) => {
    if (layer === "unknown") {
      shape = null;
      return [];
    }
    const inputShape = shape;
    shape = layer.last.kind === "planned" ? layer.last.outputShape : null;
    return checkLayer(layer, inputShape, context);
  });
}

/** What a graph takes, and what it is trained on. */
function checkInput(
  { inputs: [input, ...more] }: ModelGraph,
  data: ModelInCode["data"],
  { say }: CheckContext,
): readonly Found[] {
  if (input === undefined || input === "unknown" || input.shape === null || more.length > 0) return [];
  const expected = shapeText(input.shape);
  const other = data.find(({ data: { x } }) => x !== null && shapeText(x) !== expected)?.data;
  if (!other?.x) return [];
  const [written] = input.call.arguments;
  const text = other.x.length === 1 ? String(other.x[0]) : shapeText(other.x);
  const isWritten = written !== undefined && (ts.isNumericLiteral(written) || ts.isArrayLiteralExpression(written));
  return [
    {
      node: calledName(input.call),
      severity: "error",
      code: "layer-input",
      message: say("takesOtherThanData", {
        input: expected,
        given: shapeText(other.x),
        data: other.name ?? say("theData"),
      }),
      fixes: isWritten
        ? fix(say("setOption", { option: "input", value: text }), [
            { start: written.getStart(), end: written.end, text },
          ])
        : [],
    },
  ];
}

/** A model keeps the shape of the examples that it was first given. */
export function checkUse(model: ModelInCode, { say }: CheckContext): readonly Found[] {
  const { call, code, graph, data, used } = model;
  const around = functionAround(call);
  // Of a function whose calls are not known it is not known either which models meet which data.
  if (around !== null && code.callOf(around) === null) return [];
  if (graph !== null && graph.inputs.length !== 1) return [];
  const expected = commonShape(data);
  if (expected === null) return [];
  return used.flatMap(({ given, data: { x, name } }): readonly Found[] => {
    if (x === null || shapeText(x) === shapeText(expected)) return [];
    const message = say("takesOtherThanData", {
      ...{ input: shapeText(expected), given: shapeText(x) },
      data: name ?? say("theData"),
    });
    return [{ node: given, severity: "error", code: "layer-input", message, fixes: [] }];
  });
}

export function checkLayer(
  { call, isWhole, plans }: LayerOfModel,
  inputShape: readonly number[] | null,
  context: CheckContext,
): readonly Found[] {
  const [refusal = null] = plans.flatMap((plan) => refusalOf(plan) ?? []);
  // Wrong names are found where the names are.
  if (refusal === null || !isWhole || refusal.kind === "name") return [];
  if (refusal.kind === "value" && context.hasTypeError(call)) return [];
  const { expected, got, hint, message } = refusal;
  const name = calledName(call);
  return [
    {
      node: name,
      severity: "error",
      code: refusal.kind === "shape" || inputShapeIsWrong(refusal) ? "layer-input" : "layer-options",
      message: context.say("refused", { op: name.getText(), expected, got, hint: hint ?? "", message }),
      fixes:
        refusal.kind === "shape" || inputShapeIsWrong(refusal) ? inputFixes(call, inputShape, refusal, context) : [],
    },
  ];
}

function refusalOf(layer: PlannedLayer): Refusal | null {
  return layer.kind === "refused" ? layer.refusal : null;
}

/** The layer was told to expect something else than it gets. */
function inputShapeIsWrong({ kind, expected }: Refusal): boolean {
  return kind === "value" && /^input \[/.test(expected);
}

const ofPictures =
  /^(conv2d|conv2dTranspose|depthwiseConv2d|separableConv2d|maxPooling2d|averagePooling2d|globalMaxPooling2d|globalAveragePooling2d)$/;

function inputFixes(
  call: ts.CallExpression,
  inputShape: readonly number[] | null,
  { hint }: Refusal,
  { say }: CheckContext,
): readonly FoundFix[] {
  const name = calledName(call).getText();
  const given = layerOption(call, "inputShape");
  if (given !== null && inputShape !== null)
    return fix(say("setOption", { option: "inputShape", value: `[${inputShape.join(", ")}]` }), [
      { start: given.getStart(), end: given.end, text: `[${inputShape.join(", ")}]` },
    ]);
  if (/padding: "same"/.test(hint ?? ""))
    return fix(
      say("setOption", { option: "padding", value: '"same"' }),
      setOnLayer(call, [{ option: "padding", was: null, value: '"same"' }]),
    );
  if (!ofPictures.test(name) || inputShape === null) return [];
  const [height = 0, width = 0, ...more] = inputShape;
  const side = Math.sqrt(height);
  const square = Number.isInteger(side) ? [side, side, 1] : null;
  const picture = inputShape.length === 1 ? square : more.length === 0 ? [height, width, 1] : null;
  if (picture === null) return [];
  const code = `reshape([${picture.join(", ")}])`;
  return fix(say("addBefore", { code: `layers.${code}` }), addLayer(call, "before", code));
}
