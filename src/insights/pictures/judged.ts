// Examples with their true and predicted classes: what confusion and labelled pictures are made of.

import { Dataset } from "../../engine/datasets/dataset.ts";
import { SplitDataset } from "../../engine/datasets/split.ts";
import { describeValue, ShapeError, ValueError } from "../../engine/errors.ts";
import type { Model } from "../../engine/index.ts";
import { asTensor, Tensor, type TensorLike } from "../../engine/tensor.ts";

/** A data set (of a split one the validation part), or inputs and targets. */
export type JudgedData = Dataset | SplitDataset | { readonly x: TensorLike; readonly y: TensorLike };

export interface LabelledExamples {
  readonly x: Tensor;
  readonly labels: readonly number[];
  readonly classes: readonly string[];
  readonly featureNames: readonly string[];
  readonly part: string;
}

/** The examples with their true classes. @throws ValueError where there are none. */
export function labelledExamples(op: string, data: unknown): LabelledExamples {
  if (data instanceof SplitDataset) {
    const part = data.hasValidation ? "validation" : "train";
    return { ...labelledExamples(op, data.hasValidation ? data.validation : data.train), part };
  }
  if (data instanceof Dataset) {
    if (data.task === "regression") throw noClasses(op, `"${data.name}", whose targets are numbers`);
    const { x, labels, classNames, featureNames } = data;
    return { x, labels, classes: classNames, featureNames, part: "" };
  }
  if (typeof data !== "object" || data === null || !("x" in data) || !("y" in data))
    throw noClasses(op, describeValue(data));
  const [x, y] = [asTensor(data.x as TensorLike), asTensor(data.y as TensorLike)];
  const labels = classesOf(y);
  if (labels.length !== x.shape[0])
    throw new ShapeError({
      op,
      what: "y",
      expected: `with a class for each of ${x.shape[0] ?? 1} examples`,
      got: y.shape,
    });
  if (labels.some((label) => !Number.isInteger(label) || label < 0))
    throw noClasses(op, "targets that are no class numbers");
  const most = labels.reduce((highest, label) => Math.max(highest, label + 1), y.shape[1] ?? 1);
  if (most > mostClasses) throw noClasses(op, `a target of ${most - 1}, where there may be ${mostClasses} classes`);
  const classes = Array.from({ length: Math.max(2, most) }, (_, index) => String(index));
  return { x, labels, classes, featureNames: [], part: "" };
}

/** More are no classes of a picture, but quantities. */
const mostClasses = 10_000;

function noClasses(op: string, got: string): ValueError {
  return new ValueError({
    op,
    expected: "examples with classes",
    got,
    hint: "Give a data set with classes, or { x, y } with y one-hot or as class numbers.",
  });
}

/** One-hot rows, or numbers of classes in one column. */
function classesOf(y: Tensor): readonly number[] {
  const width = y.shape[1] ?? 1;
  return width === 1 ? [...y.data] : Array.from({ length: y.shape[0] ?? 0 }, (_, row) => highest(y, row, width));
}

export interface Prediction {
  readonly predicted: number;
  /** The probability of the predicted class. */
  readonly confidence: number;
}

/** What the model takes each example for. @throws ValueError for a model of several outputs. */
export function predictions(op: string, model: Model<unknown>, x: Tensor): readonly Prediction[] {
  const output = model.predict(x);
  if (!(output instanceof Tensor) || output.shape.length !== 2)
    throw new ValueError({
      op,
      expected: "a model with one output of classes",
      got: output instanceof Tensor ? `an output of shape [${output.shape.join(", ")}]` : "a model of several outputs",
    });
  const probabilities = asProbabilities(output);
  const width = probabilities.shape[1] ?? 1;
  return Array.from({ length: probabilities.shape[0] ?? 0 }, (_, row) => {
    const first = probabilities.data[row * width] ?? 0;
    if (width === 1)
      return first >= 0.5 ? { predicted: 1, confidence: first } : { predicted: 0, confidence: 1 - first };
    const predicted = highest(probabilities, row, width);
    return { predicted, confidence: probabilities.data[row * width + predicted] ?? 0 };
  });
}

/** Raw scores (fromLogits: true) are told by numbers that no probability has. */
export function asProbabilities(output: Tensor): Tensor {
  const isProbability = output.data.every((value) => !(value < 0 || value > 1));
  if (isProbability) return output.detach();
  return (output.shape[1] ?? 1) === 1 ? output.sigmoid().detach() : output.softmax().detach();
}

function highest(values: Tensor, row: number, width: number): number {
  let best = 0;
  for (let column = 1; column < width; column++)
    if ((values.data[row * width + column] ?? 0) > (values.data[row * width + best] ?? 0)) best = column;
  return best;
}
