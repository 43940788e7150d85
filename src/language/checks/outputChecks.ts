// Whether a model's last layer, its loss and its targets go together. The engine judges, as it does when a training starts.

import ts from "typescript";
import type { CodeValue, OutputNote, PlannedLayer } from "../../shared/modelRules.ts";
import type { TextEdit } from "../change/callOptions.ts";
import type { Given } from "../models/cellsCode.ts";
import { readValue } from "../models/codeValues.ts";
import type { FitData, ModelInCode } from "../models/modelsInCode.ts";
import type { LayerOfModel } from "../models/plannedLayers.ts";
import { memberOf, settle } from "../models/settled.ts";
import type { CheckContext } from "./checkContext.ts";
import { noteText } from "./checkWords.ts";
import { activationNode, addLayer, calledName, setActivation } from "./layerEdits.ts";
import { type Found, type FoundFix, fix, together } from "./problem.ts";

/** A loss as `compile` or `compare` is given it. */
interface GivenLoss {
  readonly node: ts.Expression;
  readonly value: CodeValue;
}

/** An end of a model, with what it is to learn. */
export interface ModelEnd {
  readonly layer: LayerOfModel;
  /** Of each `compile` and each race; `null` where it is not known. */
  readonly losses: readonly (GivenLoss | null)[];
  /** Empty where a model of several ends is given several. */
  readonly data: readonly FitData[];
  readonly row: ModelInCode["row"];
}

/** Layers whose activation is the end of the model. */
const endingTypes = /^(dense|activation|.*conv\w*)$/i;

export function checkOutput(model: ModelInCode, context: CheckContext): readonly Found[] {
  return endsOf(model).flatMap((end) => {
    const misfits = targetProblems(end, context);
    // What the targets are decides the rest.
    if (misfits.length > 0) return misfits;
    const losses = end.losses.flatMap((loss) => loss ?? []);
    return end.losses.length === 0
      ? notesOf(end, null, context)
      : losses.flatMap((loss) => notesOf(end, loss, context));
  });
}

export function endsOf(model: ModelInCode): readonly ModelEnd[] {
  const { row, graph, data } = model;
  if (graph === null) {
    const last = row.at(-1);
    return last === undefined || last === "unknown"
      ? []
      : [{ layer: last, losses: givenLosses(model, (loss) => loss), data, row }];
  }
  return graph.outputs.flatMap(({ name, node }, index) => {
    if (node === "unknown" || node.layer === null) return [];
    const isOnly = graph.outputs.length === 1;
    const losses = givenLosses(model, (loss) => lossOfEnd(loss, { name, index, isOnly }));
    return [{ layer: node.layer, losses, data: isOnly && graph.inputs.length === 1 ? data : [], row }];
  });
}

/** One loss for all ends, a list in their order, or an object by their names. */
function lossOfEnd(
  loss: Given,
  { name, index, isOnly }: { readonly name: string | null; readonly index: number; readonly isOnly: boolean },
): Given | null {
  const settled = settle(loss);
  const { expression, code } = settled;
  if (ts.isObjectLiteralExpression(expression)) return name === null ? null : memberOf(settled, name);
  if (!ts.isArrayLiteralExpression(expression)) return isOnly || ts.isStringLiteralLike(expression) ? loss : null;
  const each = expression.elements.some(ts.isSpreadElement) ? undefined : expression.elements[index];
  return each === undefined ? null : { expression: each, code };
}

function givenLosses({ calls, code }: ModelInCode, pick: (loss: Given) => Given | null): readonly (GivenLoss | null)[] {
  const compiled = calls.compiles.flatMap(({ arguments: [options] }) => options ?? []);
  // A race may leave the loss to the model.
  const races = calls.races.filter((race) =>
    race.properties.some(({ name }) => name === undefined || name.getText() === "loss"),
  );
  return [...compiled, ...races].map((options) => {
    const loss = memberOf({ expression: options, code }, "loss");
    const given = loss && pick(loss);
    const read = given && readValue(given);
    return given === null || read?.isWhole !== true ? null : { node: given.expression, value: read.value };
  });
}

function notesOf(
  { layer: { call, last, isWhole }, data }: ModelEnd,
  loss: GivenLoss | null,
  context: CheckContext,
): readonly Found[] {
  const output = isWhole ? outputOf(last) : null;
  if (output === null) return [];
  const { activation, units } = output;
  const areClasses = areAllClasses(data);
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

/** What a layer gives that may end a model; `null` for others, and where it is not known. */
export function outputOf(last: PlannedLayer): { readonly activation: string | null; readonly units: number } | null {
  if ((last.kind !== "planned" && last.kind !== "open") || !endingTypes.test(last.type)) return null;
  const units = last.kind === "open" ? last.units : (last.outputShape.at(-1) ?? null);
  return units === null ? null : { activation: last.activation, units };
}

export function areAllClasses(data: readonly FitData[]): boolean {
  return data.length > 0 && data.every((each) => each.data.areClasses);
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

/** Where it is written out: a name may stand for a loss of other models too. */
function setLoss({ node }: GivenLoss, name: string): readonly TextEdit[] | null {
  const isWritten = ts.isStringLiteralLike(node) || ts.isCallExpression(node);
  return isWritten ? [{ start: node.getStart(), end: node.end, text: JSON.stringify(name) }] : null;
}

/** Targets that every loss which is given refuses; with several losses and data it is not known which meet. */
function targetProblems(
  { layer: { call, last }, losses, data, row }: ModelEnd,
  context: CheckContext,
): readonly Found[] {
  const { say, rules } = context;
  const [loss, ...more] = losses;
  if (last.kind !== "planned" || !loss || more.length > 0) return [];
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
        targets: targets.length === 0 ? say("oneNumber") : shapeText(targets),
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
