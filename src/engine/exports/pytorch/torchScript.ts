// The whole script for PyTorch: the model, its loss and optimizer, reading and writing weights, training on one machine or on many.

import { type StoredTensor, writeSafetensors } from "../../saving/safetensors.ts";
import { dataNames } from "../dataNames.ts";
import type { ModelDescription } from "../description.ts";
import { NoCounterpart, type WrittenScript } from "../exporter.ts";
import { pythonNames } from "../pythonNames.ts";
import type { HelperName, TorchLayer } from "./torchCode.ts";
import { torchHelpers } from "./torchHelpers.ts";
import { torchLayer } from "./torchLayers.ts";
import { torchLoss } from "./torchLosses.ts";
import { torchOptimizer } from "./torchOptimizers.ts";
import { penalties, restraints } from "./torchRules.ts";
import { trainingText } from "./torchTraining.ts";

/** @throws NoCounterpart for what PyTorch cannot be given. */
export function writeTorchScript(model: ModelDescription, { torchrun }: { readonly torchrun: boolean }): WrittenScript {
  const names = pythonNames(model.layers.map(({ name }) => name));
  const layers = model.layers.map((layer, index) => torchLayer(layer, names[index] ?? ""));
  const { compiled } = model;
  if (torchrun && compiled === null)
    throw new NoCounterpart(
      "a compiled model for torchrun, which trains it",
      "one without loss and optimizer",
      "Call model.compile({ loss, optimizer }) first.",
    );
  const optimizer = compiled === null ? null : torchOptimizer(compiled.optimizer);
  const notes = [
    ...(optimizer?.notes ?? []),
    ...(model.layers.some(({ type }) => type !== null && isRandom(type))
      ? ["Dropout and noise draw other numbers than nnbook's, by the same rule."]
      : []),
    ...(torchrun && model.layers.some(({ type }) => type === "batchNorm")
      ? ["Each process normalizes by its own part of the batch."]
      : []),
  ];
  const helpers = [...new Set(layers.flatMap((layer) => layer.helpers))];
  const parts = [
    head(model, notes, torchrun),
    ...helpers.map((name: HelperName) => torchHelpers[name]),
    modelClass(model, layers, names),
    ...(compiled?.losses.map((loss, index) => torchLoss(loss, lossName(model, index))) ?? []),
    ...(compiled === null ? [] : [totalLoss(model, layers)]),
    ...(compiled === null ? [] : [restraints(model, layers)]),
    ...trainingText(model, optimizer, torchrun),
  ];
  const tensors = new Map<string, StoredTensor>(layers.flatMap((layer) => Object.entries(layer.tensors)));
  return {
    kind: "written",
    script: `${parts.filter((part) => part !== "").join("\n\n\n")}\n`,
    weights: writeSafetensors(tensors, { format: "pt" }),
    notes,
  };
}

function isRandom(type: string): boolean {
  return /dropout|noise/i.test(type);
}

function lossName({ outputs }: ModelDescription, index: number): string {
  return outputs.length === 1 ? "loss_of_output" : `loss_of_output_${index + 1}`;
}

function head(model: ModelDescription, notes: readonly string[], torchrun: boolean): string {
  const start = torchrun
    ? "torchrun --nproc-per-node 2 THIS.py DATA.safetensors --epochs 10"
    : "python THIS.py DATA.safetensors --epochs 10";
  const data = [...dataNames(model, "inputs"), ...dataNames(model, "outputs")].map((name) => `"${name}"`).join(", ");
  return `"""${model.name.replace(/[\\"]/g, "")}: a network made with nnbook, for PyTorch 2.0 or newer; nothing else is needed.

The weights stand beside this file, under its name with .weights.safetensors. Predictions, loss and gradients are nnbook's up to rounding.
Steps, pictures and features are laid out as there: the batch first, channels last.
${
  model.compiled === null
    ? ""
    : `
Trains on by:  ${start}
DATA.safetensors holds the tensors ${data}, one row for each example; save(path, data) in nnbook writes one. The trained weights replace those beside this file.
`
}${notes.map((note) => `\nNote: ${note}`).join("")}
"""

import argparse
import json
import math
import os
import struct
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F`.replace('\n\n"""', '\n"""');
}

function modelClass(model: ModelDescription, layers: readonly TorchLayer[], names: readonly string[]): string {
  const attributes = layers.flatMap((layer) =>
    Object.entries(layer.attributes).map(([name, value]) => `self.${name} = ${value}`),
  );
  const frozen = model.layers.flatMap((layer, index) => {
    const written = layers[index];
    if (layer.isTrainable || written === undefined) return [];
    return Object.keys(written.attributes).map((name) =>
      /^nn\.Parameter/.test(written.attributes[name] ?? "")
        ? `self.${name}.requires_grad_(False)`
        : `for parameter in self.${name}.parameters(): parameter.requires_grad_(False)`.replace(
            ": ",
            ":\n            ",
          ),
    );
  });
  const { lines, results, scores } = forwardLines(model, layers, names);
  const inputs = inputNames(model);
  const given =
    model.arranged === "one"
      ? (results[0] ?? "None")
      : model.arranged === "list"
        ? `[${results.join(", ")}]`
        : `{${model.outputs.map(({ name }, index) => `${JSON.stringify(name)}: ${results[index]}`).join(", ")}}`;
  return `class Model(nn.Module):
    def __init__(self):
        super().__init__()
${[...attributes, ...layers.flatMap(({ setup }) => setup), ...frozen, ...(hasActivity(model) ? ["self.activity = torch.zeros(())"] : [])].map((line) => `        ${line}`).join("\n")}

    def forward(self, ${inputs.join(", ")}, scores=False):
        """What the network predicts; with \`scores\` a list of what its losses are computed from."""
${hasActivity(model) ? `        self.activity = ${inputs[0]}.new_zeros(())\n` : ""}${lines.map((line) => `        ${line}`).join("\n")}
        if scores:
            return [${scores.join(", ")}]
        return ${given}`;
}

function inputNames(model: ModelDescription): readonly string[] {
  if (model.inputs.length === 1) return ["x"];
  return pythonNames(model.inputs.map(({ name }) => name));
}

function forwardLines(model: ModelDescription, layers: readonly TorchLayer[], names: readonly string[]) {
  const inputs = inputNames(model);
  const values: string[] = [];
  const before: string[] = [];
  const lines: string[] = [];
  const fused = model.outputs
    .filter((_, index) => model.compiled?.losses[index]?.isFused === true)
    .map(({ node }) => node);
  const counts = new Map<number, number>();
  model.nodes.forEach(({ layer, inputs: from }, place) => {
    const written = layer === null ? undefined : layers[layer];
    const described = layer === null ? undefined : model.layers[layer];
    if (layer === null || written === undefined || described === undefined) {
      values.push(inputs[model.inputs.findIndex(({ node }) => node === place)] ?? "x");
      before.push("");
      return;
    }
    const count = (counts.get(layer) ?? 0) + 1;
    counts.set(layer, count);
    const name = `v_${names[layer]}${count === 1 ? "" : `_call_${count}`}`;
    const value = written.value(from.map((index) => values[index] ?? ""));
    const isSplit = fused.includes(place) && written.activate !== null;
    if (isSplit) lines.push(`${name}_before = ${value}`);
    before.push(isSplit ? `${name}_before` : name);
    const inside = isSplit ? `${name}_before` : value;
    lines.push(`${name} = ${written.activate === null ? value : written.activate(inside)}`);
    values.push(name);
    const penalty = described.activityPenalty;
    if (penalty !== null) lines.push(`self.activity = self.activity + ${penalties(name, penalty)} / ${name}.shape[0]`);
  });
  return {
    lines,
    results: model.outputs.map(({ node }) => values[node] ?? ""),
    scores: model.outputs.map(({ node }) => before[node] ?? ""),
  };
}

/** Whether what a layer gives is punished. */
function hasActivity({ layers }: ModelDescription): boolean {
  return layers.some(({ activityPenalty }) => activityPenalty !== null);
}

function totalLoss(model: ModelDescription, layers: readonly TorchLayer[]): string {
  const { losses = [] } = model.compiled ?? {};
  const terms = losses.map(({ weight }, index) => {
    const term = `${lossName(model, index)}(scores[${index}], targets[${index}])`;
    return weight === 1 ? term : `${weight} * ${term}`;
  });
  const weights = model.layers.flatMap((layer, index) =>
    layer.weights.flatMap(({ name, penalty }) => {
      const view = layers[index]?.views[name];
      // As in Keras, weights that are not trained are not punished.
      return penalty === null || view === undefined || !layer.isTrainable
        ? []
        : [penalties(view.replace("self.", "core."), penalty)];
    }),
  );
  const needsCore = weights.length > 0 || hasActivity(model);
  return `def loss(model, inputs, targets):
    """What training makes small: the losses of all outputs, with the penalties on weights and outputs; inputs and targets are lists."""
    scores = model(*inputs, scores=True)
${needsCore ? '    core = getattr(model, "module", model)\n' : ""}    total = ${[...terms, ...(hasActivity(model) ? ["core.activity"] : [])].join(" + ")}
${weights.map((weight) => `    total = total + ${weight}\n`).join("")}    return total`;
}
