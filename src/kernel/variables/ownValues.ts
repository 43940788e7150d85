// What is ours as it is listed: tensors, models with their layers, runs, data sets. Read as they stand, also in the middle of a step.

import { Dataset } from "../../engine/datasets/dataset.ts";
import { SplitDataset } from "../../engine/datasets/split.ts";
import { Layer } from "../../engine/layers/layer.ts";
import { Tensor } from "../../engine/tensor.ts";
import { Model } from "../../engine/training/model/model.ts";
import { Run } from "../../engine/training/run.ts";
import { tableView } from "../../insights/index.ts";
import { layerReading, modelReading, runReading } from "./networks.ts";
import { askOwn, isMadeBy, isObject, isProxy } from "./plainReading.ts";
import type { Part, Reading } from "./reading.ts";
import { tensorReading, tensorWords } from "./tensors.ts";
import type { ReadContext } from "./values.ts";

/** Reads a value of ours; `null` for any other. */
export function readOwn(value: unknown, context: ReadContext): Reading | null {
  if (!isObject(value) || typeof value === "function" || isProxy(value)) return null;
  try {
    if (isMadeBy(value, Tensor)) return tensorReading(value, context);
    if (isMadeBy(value, Model)) return modelReading(value as Model<unknown>, context);
    if (isMadeBy(value, Layer)) return layerReading(value, null, context);
    if (isMadeBy(value, Run)) return runReading(value, context);
    if (isMadeBy(value, Dataset)) return datasetReading(value, context);
    if (isMadeBy(value, SplitDataset)) return splitReading(value, context);
  } catch {
    // It inherits from one of our classes but was not made by it, or is half made: read as any other object.
  }
  return null;
}

/** What stands for a value of ours in the text of another. */
export function ownTextIn(value: object, room: number): string | null {
  try {
    if (isMadeBy(value, Tensor)) return tensorWords(value, room);
    if (isMadeBy(value, Model)) return "Model";
    if (isMadeBy(value, Layer)) return `Layer ${value.name}`.trim();
    if (isMadeBy(value, Run)) return "Run";
    if (isMadeBy(value, Dataset)) return "Dataset";
    if (isMadeBy(value, SplitDataset)) return "SplitDataset";
  } catch {
    // As above.
  }
  return null;
}

function datasetReading(data: Dataset, context: ReadContext): Reading {
  const { word, read } = context;
  const counted = (value: number) => ({ count: { kind: "count", value } }) as const;
  const { x, y, featureNames, classNames, labels, name, task } = data;
  const part = (step: string, value: unknown): Part => ({ step: `.${step}`, name: step, read: () => read(value) });
  return {
    kind: "dataset",
    type: "Dataset",
    shape: [...x.shape],
    value: [
      name,
      word("examples", counted(x.shape[0] ?? 0)),
      word("features", counted(featureNames.length)),
      ...(classNames.length > 0 ? [word("classes", counted(classNames.length))] : []),
    ].join(" · "),
    parts: {
      fixed: [
        part("x", x),
        part("y", y),
        part("task", task),
        part("featureNames", featureNames),
        ...(classNames.length > 0 ? [part("classNames", classNames), part("labels", labels)] : []),
      ],
      list: null,
    },
    grid: () => tableView(data, { rows: 100 }),
  };
}

function splitReading(data: SplitDataset, context: ReadContext): Reading {
  const { word, read } = context;
  const parts = [
    { name: "train", data: data.train },
    ...(["validation", "test"] as const).flatMap((name) => {
      const has = askOwn(SplitDataset, name === "test" ? "hasTest" : "hasValidation", data);
      return has === true ? [{ name, data: askOwn(SplitDataset, name, data) as Dataset }] : [];
    }),
  ] as const;
  return {
    kind: "dataset",
    type: "SplitDataset",
    value: [data.train.name, ...parts.map(({ name, data: part }) => `${word(name)} ${part.x.shape[0] ?? 0}`)].join(
      " · ",
    ),
    parts: {
      fixed: parts.map(({ name, data: part }) => ({ step: `.${name}`, name, read: () => read(part) })),
      list: null,
    },
    grid: () => tableView(data, { rows: 100 }),
  };
}
