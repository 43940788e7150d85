// Whether a model's last layer, its loss and its targets go together. The engine judges, as it does when a training starts.

import ts from "typescript";
import type { CodeValue, OutputNote } from "../../shared/modelRules.ts";
import { type Setting, setOptions, type TextEdit } from "../change/callOptions.ts";
import { readValue } from "../models/codeValues.ts";
import type { LayerOfModel, ModelInCode } from "../models/modelsInCode.ts";
import type { CheckContext } from "./checkContext.ts";
import { noteText } from "./checkWords.ts";
import { activationNode, addLayer, calledName, setActivation } from "./layerEdits.ts";
import { type Found, type FoundFix, fix, together } from "./problem.ts";

/** A loss as `compile` or `compare` is given it. */
interface GivenLoss {
  /** The object with the options. */
  readonly options: ts.ObjectLiteralExpression;
  readonly node: ts.Expression;
  readonly value: CodeValue;
}

/** Layers whose activation is the end of the model. */
const endingTypes = /^(dense|activation|.*conv\w*)$/i;

export function checkOutput(model: ModelInCode, context: CheckContext): readonly Found[] {
  const last = model.row.at(-1);
  if (last === undefined || last === "unknown" || last.times === 0) return [];
  const losses = givenLosses(model, context);
  const misfits = targetProblems(last, losses, model, context);
  // What the targets are decides the rest.
  if (misfits.length > 0) return misfits;
  return losses.length === 0
    ? notesOf(last, null, model, context)
    : losses.flatMap((loss) => notesOf(last, loss, model, context));
}

function givenLosses({ calls }: ModelInCode, { code }: CheckContext): readonly GivenLoss[] {
  const compiled = calls.compiles.flatMap(({ arguments: [options] }) => options ?? []);
  return [...compiled, ...calls.races].flatMap((options) => {
    if (!ts.isObjectLiteralExpression(options)) return [];
    const property = options.properties.find((each) => each.name !== undefined && each.name.getText() === "loss");
    if (property === undefined || !ts.isPropertyAssignment(property)) return [];
    const read = readValue(property.initializer, code);
    return read?.isWhole === true ? [{ options, node: property.initializer, value: read.value }] : [];
  });
}

function notesOf(
  { call, last, isWhole }: LayerOfModel,
  loss: GivenLoss | null,
  model: ModelInCode,
  context: CheckContext,
): readonly Found[] {
  if (!isWhole || (last.kind !== "planned" && last.kind !== "open") || !endingTypes.test(last.type)) return [];
  const units = last.kind === "open" ? last.units : (last.outputShape.at(-1) ?? null);
  if (units === null) return [];
  const areClasses = model.data.length > 0 && model.data.every(({ data }) => data.areClasses);
  const { activation } = last;
  const notes = context.rules.noteOutput({ activation, units, loss: loss?.value ?? null, areClasses });
  return notes.map((note) => {
    const isOfLoss = note === "squaredErrorOnClasses" || note === "crossentropyWithOneUnit";
    return {
      node: isOfLoss && loss !== null ? loss.node : activationNode(call),
      severity: "warning",
      code: "output-loss",
      message: noteText(note, calledName(call).getText(), context.locale),
      fixes: noteFixes({ note, call, loss, units, activation }, context),
    };
  });
}

interface NoteFacts {
  readonly note: OutputNote;
  readonly call: ts.CallExpression;
  readonly loss: GivenLoss | null;
  readonly units: number;
  readonly activation: string | null;
}

/** The remedies of a diagnosis, as far as they need no numbers. */
function noteFixes(
  { note, call, loss, units, activation }: NoteFacts,
  { say, rules }: CheckContext,
): readonly FoundFix[] {
  const useActivation = (name: string) => fix(say("useActivation", { name }), setActivation(call, name));
  const useLoss = (name: string) => (loss === null ? [] : fix(say("useLoss", { name }), setLoss(loss, name)));
  const lossName = loss === null ? null : rules.lossName(loss.value);
  switch (note) {
    case "softmaxWithOneUnit":
      if (loss === null || lossName === "binaryCrossentropy") return useActivation("sigmoid");
      return fix(
        say("useBoth", { activation: "sigmoid", loss: "binaryCrossentropy" }),
        together(setActivation(call, "sigmoid"), setLoss(loss, "binaryCrossentropy")),
      );
    case "crossentropyWithOneUnit":
      return useLoss("binaryCrossentropy");
    case "squaredErrorOnClasses":
      return useLoss(activation === "softmax" ? "categoricalCrossentropy" : "binaryCrossentropy");
    case "crossentropyWithoutProbabilities":
      return useActivation(units === 1 || /binary/i.test(lossName ?? "") ? "sigmoid" : "softmax");
    case "logitsAfterActivation":
      return useActivation("linear");
  }
}

function setLoss({ options, node }: GivenLoss, name: string): readonly TextEdit[] | null {
  if (!ts.isStringLiteralLike(node)) return [{ start: node.getStart(), end: node.end, text: JSON.stringify(name) }];
  const setting: Setting = { option: "loss", was: null, value: JSON.stringify(name) };
  return ts.isCallExpression(options.parent) ? setOptions(options.parent, 0, [setting]) : null;
}

/** Targets that every loss which is given refuses; with several losses and data it is not known which meet. */
function targetProblems(
  { call, last }: LayerOfModel,
  losses: readonly GivenLoss[],
  { row, data }: ModelInCode,
  context: CheckContext,
): readonly Found[] {
  const { say, rules } = context;
  const [loss, ...more] = losses;
  if (last.kind !== "planned" || loss === undefined || more.length > 0) return [];
  const { outputShape } = last;
  const wrong = data.find(({ data: { y } }) => y !== null && rules.refuseTargets(loss.value, outputShape, y) !== null);
  const targets = wrong?.data.y ?? null;
  if (wrong === undefined || targets === null) return [];
  const isNumbers = /^sparse/.test(rules.lossName(loss.value) ?? "");
  const changedLoss = isNumbers ? "categoricalCrossentropy" : "sparseCategoricalCrossentropy";
  const suits = rules.refuseTargets(changedLoss, outputShape, targets) === null && last.activation === "softmax";
  const dense = row.find((part) => part !== "unknown" && part.last.kind === "planned" && part.last.type === "dense");
  const isUnflattened = outputShape.length > 1 && targets.length === 1 && outputShape.at(-1) === targets[0];
  return [
    {
      node: calledName(call),
      severity: "error",
      code: "targets",
      message: say("givesOtherThanTargets", {
        output: shapeText(outputShape),
        targets: shapeText(targets),
        data: wrong.data.name === null ? say("theData") : wrong.data.name,
      }),
      fixes: [
        ...(suits ? fix(say("useLoss", { name: changedLoss }), setLoss(loss, changedLoss)) : []),
        ...(isUnflattened && dense !== undefined && dense !== "unknown"
          ? fix(say("addBefore", { code: "layers.flatten()" }), addLayer(dense.call, "before", "flatten()"))
          : []),
        ...(outputShape.length === 1 && targets.length === 1 && !suits && last.type === "dense"
          ? fix(say("setOption", { option: "units", value: String(targets[0]) }), setUnits(call, targets[0] ?? 1))
          : []),
      ],
    },
  ];
}

function setUnits({ arguments: [first] }: ts.CallExpression, units: number): readonly TextEdit[] | null {
  if (first === undefined || !ts.isNumericLiteral(first)) return null;
  return [{ start: first.getStart(), end: first.end, text: String(units) }];
}

export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}
