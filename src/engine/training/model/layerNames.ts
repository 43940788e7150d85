// The names of a model's layers, the model's own where the user gave none, and whether what was given are layers at all.

import { activationInfo } from "../../activations/activationInfo.ts";
import { describeValue, ValueError } from "../../errors.ts";
import { Dense } from "../../layers/basic/dense.ts";
import { Layer } from "../../layers/layer.ts";

/**
 * @param isModel Tells a model from anything else: it may stand among the layers.
 * @throws ValueError for something that is not a layer, or the same layer twice.
 */
export function checkLayers(layers: readonly unknown[], isModel: (part: unknown) => boolean): void {
  if (!Array.isArray(layers) || layers.length === 0) {
    const got = Array.isArray(layers) ? "none" : describeValue(layers);
    throw new ValueError({
      op: "sequential",
      expected: "an array of layers",
      got,
      hint: "sequential([layers.dense(16), layers.dense(1)])",
    });
  }
  // A hole, of a comma too many, is a place too.
  Array.from(layers).forEach((layer, index) => {
    if (!(layer instanceof Layer || isModel(layer))) {
      throw new ValueError({
        op: "sequential",
        expected: `a layer at place ${index}`,
        got: describeValue(layer),
        hint: "Make one: layers.dense(16).",
      });
    }
    if (layers.indexOf(layer) !== index) {
      throw new ValueError({
        op: "sequential",
        expected: "each layer once",
        got: `the one at place ${layers.indexOf(layer)} again at place ${index}`,
      });
    }
  });
}

/**
 * Layers without a name get one by kind and number: dense_1, dense_2, dropout_1. Those that come from another model keep
 * the name they have there, unless it is taken.
 */
export function nameLayers(op: string, layers: readonly Layer[]): void {
  const taken = new Set<string>();
  for (const { isNamed, name } of layers) {
    if (isNamed && taken.has(name))
      throw new ValueError({ op, expected: "layer names that differ", got: `"${name}" twice` });
    if (isNamed) taken.add(name);
  }
  const nameless = layers.filter((layer) => {
    if (layer.isNamed) return false;
    if (layer.name === "" || taken.has(layer.name)) return true;
    taken.add(layer.name);
    return false;
  });
  const counts = new Map<string, number>();
  for (const layer of nameless) {
    do counts.set(layer.type, (counts.get(layer.type) ?? 0) + 1);
    while (taken.has(`${layer.type}_${counts.get(layer.type)}`));
    layer.name = `${layer.type}_${counts.get(layer.type)}`;
    taken.add(layer.name);
  }
}

/** What tells models apart at a glance: the activations of their hidden layers, and whether these start as He proposed. */
export function hiddenActivations(hidden: readonly Layer[]): string {
  const labels = hidden.flatMap(({ activation }) =>
    activation === null || activation === "linear" ? [] : [activationInfo(activation).label],
  );
  if (labels.length === 0) return "model";
  const dense = hidden.filter((layer) => layer instanceof Dense);
  const startAsHe = dense.length > 0 && dense.every(({ kernelInitializer }) => kernelInitializer.name.startsWith("he"));
  return [...new Set(labels), ...(startAsHe ? ["He"] : [])].join(" + ");
}
