// Where each weight of a small net stands: its layer, its units, its place among the numbers of its parameter.

import type { WeightGradients } from "./passes.ts";
import type { SmallNet } from "./smallNet.ts";
import { biasId, weightId } from "./stepParts.ts";

/** Places of a layer's weights and biases, in the order in which a picture lists them. */
export function placesOf(net: SmallNet) {
  return net.layers.flatMap((layer, index) => {
    const at = index + 1;
    const inputs = layer.kernel.size / layer.units;
    const kernel = Array.from({ length: layer.kernel.size }, (_, place) => {
      const [from, to] = [Math.floor(place / layer.units) + 1, (place % layer.units) + 1];
      return { layer, at, from, to, place, parameter: layer.kernel, id: weightId(at, from, to) };
    });
    const bias = layer.bias;
    if (bias === null || inputs === 0) return kernel;
    const biases = Array.from({ length: bias.size }, (_, place) => {
      return { layer, at, from: null, to: place + 1, place, parameter: bias, id: biasId(at, place + 1) };
    });
    return [...kernel, ...biases];
  });
}

export type Place = ReturnType<typeof placesOf>[number];

/** The gradient of the number at a place, among those of all layers. */
export function gradientAt(gradients: readonly WeightGradients[], { at, from, place }: Place): number {
  const found = gradients[at - 1];
  return (from === null ? found?.bias?.[place] : found?.kernel[place]) ?? Number.NaN;
}
