// The view of a decision boundary: the points, the field of each snapshot, the hidden units, and what it comes to in words.

import { SplitDataset } from "../../engine/datasets/split.ts";
import { checkedFlag, checkOptions, ShapeError, ValueError } from "../../engine/errors.ts";
import type { Model, Run } from "../../engine/index.ts";
import type { BoundaryPoint, BoundaryView, Sentence } from "../../shared/views.ts";
import { count, say, share } from "../parts/say.ts";
import { type JudgedData, labelledExamples, predictions } from "../pictures/judged.ts";
import { evenly } from "../tensor/tensorView.ts";
import { boundaryFields, gridSize, unitGridSize } from "./boundaryFields.ts";

/** Options of `show.boundary`. */
export interface BoundaryOptions {
  /** Whether the hidden units are shown, too; true by default. */
  readonly units?: boolean;
}

const mostPoints = 800;
const mostClasses = 10;
/** Room around the points, as a share of their spread. */
const margin = 0.15;

/** A model with its run (for the weights on the way) and the run's id. */
export interface BoundarySubject {
  readonly model: Model<unknown>;
  readonly run: Run | null;
  readonly runId: string | null;
}

/** @throws ShapeError for examples of other than two features; ValueError for data without classes. */
export function boundaryView(subject: BoundarySubject, data: JudgedData, options: BoundaryOptions = {}): BoundaryView {
  checkOptions("show.boundary", options, ["units"]);
  const { units = true } = options;
  checkedFlag(op, "units", units);
  const { model, run, runId } = subject;
  const parts =
    data instanceof SplitDataset
      ? [labelledExamples(op, data.train), ...(data.hasValidation ? [labelledExamples(op, data.validation)] : [])]
      : [labelledExamples(op, data)];
  const [first] = parts;
  const points = parts.flatMap(({ x, labels }, part) => {
    if (x.shape.length !== 2 || x.shape[1] !== 2)
      throw new ShapeError({
        op,
        what: "examples",
        expected: "[examples, 2]",
        got: x.shape,
        hint: "A plane has two axes: train on two of the features to see its boundary.",
      });
    return labels.map((label, row): BoundaryPoint & { readonly right: boolean } => ({
      x: x.data[2 * row] ?? 0,
      y: x.data[2 * row + 1] ?? 0,
      class: label,
      validation: part === 1,
      right: false,
    }));
  });
  const judged = parts.flatMap(({ x }) => predictions(op, model, x));
  const classes = first?.classes ?? [];
  const most = Math.max(classes.length, ...judged.map(({ predicted }) => predicted + 1));
  if (most > mostClasses)
    throw new ValueError({
      op,
      expected: `at most ${mostClasses} classes`,
      got: String(most),
      hint: "show.confusion takes more.",
    });
  const range = { x: rangeOf(points.map(({ x }) => x)), y: rangeOf(points.map(({ y }) => y)) };
  const right = points.map((point, at) => ({
    validation: point.validation,
    right: judged[at]?.predicted === point.class,
  }));
  const fields = boundaryFields(model, run, { range, units });
  const winners = new Set(fields.frames.at(-1)?.winners ?? "");
  const names = Array.from({ length: most }, (_, at) => classes[at] ?? String(at));
  const [only] = winners.size === 1 ? [...winners].map((at) => names[Number(at)]) : [];
  return {
    kind: "boundary",
    version: 1,
    sentence: boundarySentence(right, { straight: isStraight(model), only: only ?? null }),
    runId,
    stepsPerEpoch: run?.steps.perEpoch ?? 1,
    features: [first?.featureNames[0] ?? "x", first?.featureNames[1] ?? "y"],
    ...range,
    classes: names,
    points: evenly(points.length, mostPoints).flatMap((at) => {
      const point = points[at];
      if (point === undefined) return [];
      return { x: rounded(point.x), y: rounded(point.y), class: point.class, validation: point.validation };
    }),
    pointCount: points.length,
    size: gridSize,
    ...fields,
    unitSize: unitGridSize,
  };
}

const op = "show.boundary";

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

function rangeOf(values: readonly number[]): readonly [number, number] {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const room = (high - low || 1) * margin;
  return [rounded(low - room), rounded(high + room)];
}

/** Without a hidden layer that bends, scores are linear in the features. */
function isStraight(model: Model<unknown>): boolean {
  const bends = model.layers.filter(({ activation }) => activation !== null && activation !== "linear");
  const last = model.layers.findLastIndex(({ weights }) => weights.length > 0);
  return bends.every((layer) => model.layers.indexOf(layer) >= last);
}

/** `only`: the class that the model names everywhere in the picture; `null` where there are several. */
function boundarySentence(
  points: readonly { validation: boolean; right: boolean }[],
  { straight, only }: { readonly straight: boolean; readonly only: string | null },
): Sentence {
  const validation = points.filter((point) => point.validation);
  const shareOf = (some: typeof points) => some.filter(({ right }) => right).length / Math.max(1, some.length);
  const right = points.filter((point) => point.right).length;
  const messages = [
    say("boundaryRight", { right: count(right), total: count(points.length), share: share(shareOf(points)) }),
  ];
  if (validation.length > 0) messages.push(say("boundaryValidation", { share: share(shareOf(validation)) }));
  if (only !== null) messages.push(say("boundaryNone", { class: only }));
  else if (straight) messages.push(say("boundaryStraight"));
  return { tone: shareOf(points) >= 0.95 ? "good" : "info", messages };
}
