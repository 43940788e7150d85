// What is asked of weights, as PyTorch code: penalties in the loss, and where they may be after each update.

import type { ModelDescription, PenaltyDescription, Setting, Settings } from "../description.ts";
import { type TorchLayer, tuple } from "./torchCode.ts";

/** `l1·Σ|w| + l2·Σw²` of an expression. */
export function penalties(of: string, { l1, l2 }: PenaltyDescription): string {
  const terms = [
    ...(l1 === 0 ? [] : [`${l1} * ${of}.abs().sum()`]),
    ...(l2 === 0 ? [] : [`${l2} * ${of}.square().sum()`]),
  ];
  return terms.length === 0 ? "0.0" : `(${terms.join(" + ")})`;
}

/** The function that keeps weights to their constraints; empty where there are none. */
export function restraints(model: ModelDescription, layers: readonly TorchLayer[]): string {
  const lines = model.layers.flatMap((layer, index) => {
    if (!layer.isTrainable) return [];
    return layer.weights.flatMap(({ name, constraint, shape }) => {
      const view = layers[index]?.views[name]?.replace("self.", "core.");
      if (constraint === null || view === undefined) return [];
      return [restraint(view, constraint.name, constraint.settings, shape.length)];
    });
  });
  if (lines.length === 0) return "";
  return `@torch.no_grad()
def restrain(core):
    """Moves weights to where they may be."""
    def lengths(weights, axes, smallest, largest, rate):
        length = weights.square().sum(axes, keepdim=True).sqrt()
        wanted = rate * length.clamp(smallest, largest) + (1 - rate) * length
        weights.mul_(wanted / (length + 1e-7))

${lines.map((line) => `    ${line}`).join("\n")}`;
}

function restraint(view: string, name: string, settings: Settings, rank: number): string {
  if (name === "nonNeg") return `${view}.clamp_(min=0)`;
  const axes = axesOf(settings.axis, rank);
  const number = (value: Setting, byDefault: number) => (typeof value === "number" ? value : byDefault);
  const [smallest, largest, rate] =
    name === "maxNorm"
      ? [0, number(settings.maxValue, 2), 1]
      : name === "unitNorm"
        ? [1, 1, 1]
        : [number(settings.minValue, 0), number(settings.maxValue, 1), number(settings.rate, 1)];
  return `lengths(${view}, ${tuple(axes)}, ${smallest}, ${largest}, ${rate})`;
}

function axesOf(axis: Setting, rank: number): readonly number[] {
  const listed = Array.isArray(axis) ? axis : [axis ?? 0];
  return listed.map((each) => (Number(each) < 0 ? Number(each) + rank : Number(each)));
}
