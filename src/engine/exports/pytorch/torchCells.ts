// Recurrent layers that PyTorch has itself: its own modules are many times as fast as steps one by one.

import { Floats } from "../../intrinsics.ts";
import type { StoredTensor } from "../../saving/safetensors.ts";
import { withAxes, withGates } from "../arrays.ts";
import type { LayerDescription } from "../description.ts";
import { numberOf, weightOf } from "../windows.ts";
import { bool, plainLayer, type TorchLayer } from "./torchCode.ts";

/** PyTorch's modules, and the place here of each gate there. A GRU has reset, update, candidate there, update, reset, candidate here. */
const modules: Readonly<Record<string, { readonly name: string; readonly gates: readonly number[] }>> = {
  simpleRnn: { name: "RNN", gates: [0] },
  lstm: { name: "LSTM", gates: [0, 1, 2, 3] },
  gru: { name: "GRU", gates: [1, 0, 2] },
};

/** The layer as PyTorch's own module; `null` where that computes something else. */
export function torchCell(layer: LayerDescription, name: string): TorchLayer | null {
  const { type, settings, inputShapes } = layer;
  const module = modules[type ?? ""];
  const [kernel, recurrentKernel, bias] = ["kernel", "recurrentKernel", "bias"].map((each) => weightOf(layer, each));
  if (module === undefined || kernel == null || recurrentKernel == null || !isTheirs(layer)) return null;
  const units = numberOf(layer, "units");
  const turned = (weights: StoredTensor) => withAxes(withGates(weights, module.gates, units), [1, 0]);
  const options = `batch_first=True, bias=${bool(bias != null)}${settings.activation === "relu" ? ', nonlinearity="relu"' : ""}`;
  // Where there is one row of biases here, PyTorch's second one stays 0, so that they do not learn twice.
  const isBiasSingle = bias != null && bias.shape.length === 1;
  return {
    ...plainLayer((inputs) => call(layer, name, inputs)),
    attributes: { [name]: `nn.${module.name}(${inputShapes[0]?.[1] ?? 1}, ${units}, ${options})` },
    setup: isBiasSingle ? [`self.${name}.bias_hh_l0.requires_grad_(False)`] : [],
    tensors: {
      [`${name}.weight_ih_l0`]: turned(kernel),
      [`${name}.weight_hh_l0`]: turned(recurrentKernel),
      ...(bias != null && biases(name, bias, module.gates, units)),
    },
    // Gates stand in another order in a GRU: penalties and lengths are the same for all of them.
    views: {
      kernel: `self.${name}.weight_ih_l0.T`,
      recurrentKernel: `self.${name}.weight_hh_l0.T`,
      ...(isBiasSingle && { bias: `self.${name}.bias_ih_l0` }),
    },
  };
}

/** Whether the functions are those of PyTorch's modules, and nothing is left out at random. */
function isTheirs({ type, settings, weights }: LayerDescription): boolean {
  const { activation, recurrentActivation, dropout, recurrentDropout, resetAfter } = settings;
  if (dropout !== 0 || recurrentDropout !== 0) return false;
  if (type === "simpleRnn") return activation === "tanh" || activation === "relu";
  if (activation !== "tanh" || recurrentActivation !== "sigmoid") return false;
  if (type === "lstm") return true;
  // A GRU's two rows of biases are two parameters there, which no rule could be said of as one.
  const bias = weights.find(({ name }) => name === "bias");
  return resetAfter === true && bias?.penalty == null && bias?.constraint == null;
}

function call({ type, settings }: LayerDescription, name: string, [x = "", hidden, cell]: readonly string[]): string {
  const sequence = settings.goBackwards === true ? `${x}.flip(1)` : x;
  const zeros = `torch.zeros_like(${hidden}[None])`;
  const start = hidden === undefined ? null : `${hidden}[None]`;
  const state =
    start === null
      ? ""
      : type === "lstm"
        ? `, (${start}, ${cell === undefined ? zeros : `${cell}[None]`})`
        : `, ${start}`;
  const run = `self.${name}(${sequence}${state})`;
  if (settings.returnSequences === true) return `${run}[0]`;
  return `${run}[0][:, -1]`;
}

function biases(
  name: string,
  bias: StoredTensor,
  gates: readonly number[],
  units: number,
): Readonly<Record<string, StoredTensor>> {
  const width = gates.length * units;
  const row = (index: number): StoredTensor => {
    const numbers = bias.numbers.subarray(index * width, (index + 1) * width);
    // There is one row alone: the second is of zeros.
    const own = numbers.length === 0 ? new Floats(width) : numbers;
    return withGates({ shape: [width], numbers: own }, gates, units);
  };
  return { [`${name}.bias_ih_l0`]: row(0), [`${name}.bias_hh_l0`]: row(1) };
}
