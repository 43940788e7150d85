// The examples that an exported script trains on from, as a safetensors file.

import { describeValue, ValueError } from "../errors.ts";
import { isRecord } from "../plainObjects.ts";
import { writeSafetensors } from "../saving/safetensors.ts";
import { checkSamples, readTrainingData, type TrainingData } from "../training/data/trainingData.ts";
import type { PortableModel } from "../training/model/portableModel.ts";
import { dataNames } from "./dataNames.ts";

/** Inputs and targets under the names that the script reads. @throws ValueError, ShapeError */
export function dataFile(op: string, { graph, compiled }: PortableModel, data: TrainingData): Uint8Array<ArrayBuffer> {
  if (compiled === null)
    throw new ValueError({
      op,
      expected: "a compiled model beside data, which its script trains on from",
      got: "one without loss and optimizer",
      hint: "Call model.compile({ loss: … }) before it is written down, or save it without data.",
    });
  if (typeof data !== "object" || data === null || (isRecord(data) && !("x" in data && "y" in data)))
    throw new ValueError({
      op,
      expected: "data with x and y beside the path",
      got: describeValue(data),
      hint: "Give save a data set, or { x, y }.",
    });
  const { train } = readTrainingData(graph, data, undefined, op);
  checkSamples(op, graph, train.xs);
  if (train.weights !== undefined)
    throw new ValueError({
      op,
      expected: "examples that count alike, as the script takes them",
      got: "data with a sampleWeight",
      hint: "Give { x, y } alone.",
    });
  const names = [...dataNames(graph, "inputs"), ...dataNames(graph, "outputs")];
  const tensors = [...train.xs, ...train.ys];
  return writeSafetensors(
    new Map(tensors.map(({ shape, numbers }, index) => [names[index] ?? "", { shape, numbers }])),
  );
}
