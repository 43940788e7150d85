// The whole script for Keras: the functional model, its weights, how it is compiled, and training on.

import { type StoredTensor, writeSafetensors } from "../../saving/safetensors.ts";
import { dataNames } from "../dataNames.ts";
import type { ModelDescription } from "../description.ts";
import type { WrittenScript } from "../exporter.ts";
import { pythonNames } from "../pythonNames.ts";
import { type KerasLayer, python } from "./kerasCode.ts";
import { kerasLayer, written } from "./kerasLayers.ts";
import { kerasLoss, kerasOptimizer } from "./kerasTraining.ts";

/** @throws NoCounterpart for what Keras cannot be given. */
export function writeKerasScript(model: ModelDescription): WrittenScript {
  const { compiled } = model;
  const layers = model.layers.map(kerasLayer);
  const optimizer = compiled === null ? null : kerasOptimizer(compiled.optimizer);
  const notes = [
    ...(optimizer?.notes ?? []),
    ...(model.layers.some(({ type }) => type !== null && /dropout|noise/i.test(type))
      ? ["Dropout and noise draw other numbers than nnbook's, by the same rule."]
      : []),
    ...(model.layers.some(({ type, settings }) => type === "batchNorm" && settings.convention === "torch")
      ? ["The moving variances of batch normalization follow PyTorch in nnbook, and Keras there: they differ a little."]
      : []),
  ];
  const tensors = new Map<string, StoredTensor>();
  const table: string[] = [];
  for (const { name, weights } of layers.flatMap(({ steps }) => steps)) {
    const own = weights.map((weight, index) => {
      const tensor = `${name}/${index}`;
      tensors.set(tensor, weight);
      return tensor;
    });
    if (own.length > 0) table.push(`    ${python(name)}: [${own.map(python).join(", ")}],`);
  }
  const losses = (compiled?.losses ?? []).map(kerasLoss);
  const parts = [
    head(model, notes),
    `# The tensors of each layer, in Keras' order.\nTENSORS = {\n${table.join("\n")}\n}`,
    reader,
    ...new Set(layers.flatMap(({ steps }) => steps.flatMap(({ definitions }) => definitions))),
    buildFunction(model, layers),
    loadFunction(model, losses, optimizer?.make ?? null),
    compiled === null ? 'if __name__ == "__main__":\n    load_model().summary()' : main(model),
  ];
  return {
    kind: "written",
    script: `${parts.join("\n\n\n")}\n`,
    weights: writeSafetensors(tensors, { format: "np" }),
    notes,
  };
}

function head(model: ModelDescription, notes: readonly string[]): string {
  const data = [...dataNames(model, "inputs"), ...dataNames(model, "outputs")].map((name) => `"${name}"`).join(", ");
  const training = `
Trains on by:  python THIS.py DATA.safetensors --epochs 10
DATA.safetensors holds the tensors ${data}, one row for each example; save(path, data) in nnbook writes one. The trained model is saved beside this file, as .keras.
`;
  return `"""${model.name.replace(/[\\"]/g, "")}: a network made with nnbook, for Keras 3 (3.9 or newer) on any of its backends.

The weights stand beside this file, under its name with .weights.safetensors. Conventions are Keras' in nnbook already: layouts, epsilons,
momenta and the order of gates are the same.
${model.compiled === null ? "" : training}${notes.map((note) => `\nNote: ${note}`).join("")}
"""

import argparse
import json
import struct
from pathlib import Path

import keras
import numpy as np
from keras import layers

WEIGHTS = Path(__file__).with_suffix(".weights.safetensors")`.replace('\n\n"""', '\n"""');
}

const reader = `def read_safetensors(path):
    """The float32 tensors of a file by name."""
    data = Path(path).read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            raise ValueError(f"{path}: {name} must be float32, not {entry['dtype']}")
        start, end = entry["data_offsets"]
        flat = np.frombuffer(data, dtype="<f4", count=(end - start) // 4, offset=8 + length + start)
        tensors[name] = flat.reshape(entry["shape"]).copy()
    return tensors`;

function buildFunction(model: ModelDescription, layers: readonly KerasLayer[]): string {
  const lines: string[] = [];
  const layerNames = pythonNames(layers.flatMap(({ steps }) => steps.map(({ name }) => name)));
  const variables = new Map(layers.flatMap(({ steps }) => steps).map((step, index) => [step, layerNames[index] ?? ""]));
  const values: string[] = [];
  const isMade = new Set<number>();
  model.nodes.forEach(({ layer, inputs, shape }, place) => {
    if (layer === null) {
      const name = model.inputs.find(({ node }) => node === place)?.name ?? "input";
      lines.push(`v${place} = keras.Input(shape=${python(shape)}, name=${python(name)})`);
      values.push(`v${place}`);
      return;
    }
    const steps = layers[layer]?.steps ?? [];
    if (!isMade.has(layer))
      for (const step of steps) {
        const given = {
          ...step.keywords,
          ...(model.layers[layer]?.isTrainable === false && { trainable: "False" }),
          name: python(step.name),
        };
        lines.push(`${variables.get(step)} = ${step.make}(${written(given)})`);
      }
    isMade.add(layer);
    // Of several inputs the first step takes all; a residual block's projection reads the first alone.
    let given = inputs.map((index) => values[index] ?? "");
    for (const step of steps) {
      const value = `v${place}`;
      lines.push(`${value} = ${variables.get(step)}(${step.call(given)})`);
      given = [value];
    }
    values.push(`v${place}`);
  });
  const outputs = model.outputs.map(({ node }) => values[node] ?? "");
  const ends =
    model.arranged === "one"
      ? (outputs[0] ?? "")
      : model.arranged === "list"
        ? `[${outputs.join(", ")}]`
        : `{${model.outputs.map(({ name }, index) => `${python(name)}: ${outputs[index]}`).join(", ")}}`;
  const starts = model.inputs.map(({ node }) => values[node] ?? "");
  return `def build_model():
${lines.map((line) => `    ${line}`).join("\n")}
    return keras.Model(inputs=${starts.length === 1 ? starts[0] : `[${starts.join(", ")}]`}, outputs=${ends}, name="nnbook")`;
}

function loadFunction(model: ModelDescription, losses: readonly string[], optimizer: string | null): string {
  const weights = (model.compiled?.losses ?? []).map(({ weight }) => weight);
  const listed = (items: readonly string[]) => {
    if (model.arranged === "one") return items[0] ?? "None";
    return model.arranged === "list"
      ? `[${items.join(", ")}]`
      : `{${model.outputs.map(({ name }, index) => `${python(name)}: ${items[index]}`).join(", ")}}`;
  };
  const compile =
    optimizer === null
      ? ""
      : `    model.compile(
        optimizer=${optimizer},
        loss=${listed(losses)},
${weights.every((weight) => weight === 1) ? "" : `        loss_weights=${model.arranged === "one" ? `[${weights.join(", ")}]` : listed(weights.map(String))},\n`}    )
`;
  return `def load_model(path=WEIGHTS):
    """The network with its weights${optimizer === null ? "" : ", compiled"}."""
    model = build_model()
    tensors = read_safetensors(path)
    for name, parts in TENSORS.items():
        model.get_layer(name).set_weights([tensors[part] for part in parts])
${compile}    return model`;
}

function main(model: ModelDescription): string {
  const names = (which: "inputs" | "outputs") => dataNames(model, which).map((name) => `data[${python(name)}]`);
  const list = (items: readonly string[]) => (items.length === 1 ? (items[0] ?? "") : `[${items.join(", ")}]`);
  const targets =
    model.arranged === "byName"
      ? `{${model.outputs.map(({ name }, index) => `${python(name)}: ${names("outputs")[index]}`).join(", ")}}`
      : model.arranged === "list"
        ? `[${names("outputs").join(", ")}]`
        : list(names("outputs"));
  return `def main():
    parser = argparse.ArgumentParser(description="Trains the network on and keeps it.")
    parser.add_argument("data", help="a safetensors file with inputs and targets")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--batch-size", type=int, default=32)
    given = parser.parse_args()
    data = read_safetensors(given.data)
    model = load_model()
    model.fit(${list(names("inputs"))}, ${targets}, epochs=given.epochs, batch_size=given.batch_size)
    model.save(Path(__file__).with_suffix(".keras"))


if __name__ == "__main__":
    main()`;
}
