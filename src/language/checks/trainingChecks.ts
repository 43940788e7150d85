// What trains badly, as the code alone shows it: sigmoids in deep stacks, data that nothing scaled.

import type { LayerOfModel, ModelInCode } from "../models/modelsInCode.ts";
import type { CheckContext } from "./checkContext.ts";
import { activationNode, addLayer, setOnLayer } from "./layerEdits.ts";
import { type Found, fix, together } from "./problem.ts";

/** From this many hidden layers on, slopes of 0.25 leave less than a hundredth of a gradient: what a run is called vanishing for. */
export const deepSigmoids = 4;
/** Layers that pass a gradient on as it is, or nearly. */
const passing: readonly string[] = [
  "dropout",
  "flatten",
  "reshape",
  "gaussianNoise",
  "gaussianDropout",
  "alphaDropout",
];
/** These take numbers of words, or bring a scale of their own; as in a diagnosis. */
const ownScale: readonly string[] = ["embedding", "batchNorm", "layerNorm", "rmsNorm"];

export function checkDeepSigmoids({ row }: ModelInCode, { say }: CheckContext): readonly Found[] {
  return sigmoidStacks(row).flatMap((stack) => {
    const count = stack.reduce((sum, { times }) => sum + times, 0);
    const [first] = stack;
    if (first === undefined || count < deepSigmoids) return [];
    const relu = stack.map(({ call }) =>
      setOnLayer(call, [
        { option: "activation", was: '"sigmoid"', value: '"relu"' },
        { option: "kernelInitializer", was: null, value: '"heNormal"' },
      ]),
    );
    return [
      {
        node: activationNode(first.call),
        severity: "warning" as const,
        code: "deep-sigmoid" as const,
        message: say("deepSigmoid", { count: String(count) }),
        fixes: [
          ...fix(say("useRelu"), together(...relu)),
          ...fix(say("addBatchNorm"), together(...stack.map(({ call }) => addLayer(call, "behind", "batchNorm()")))),
        ],
      },
    ];
  });
}

/** Runs of hidden dense layers with sigmoid, of which each hands its gradient to the one before. */
function sigmoidStacks(row: ModelInCode["row"]): readonly (readonly LayerOfModel[])[] {
  const stacks: LayerOfModel[][] = [[]];
  for (const layer of row.slice(0, -1)) {
    const plan = layer === "unknown" ? null : layer.last;
    const isKnown = plan !== null && (plan.kind === "planned" || plan.kind === "open");
    if (layer !== "unknown" && isKnown && plan.type === "dense" && plan.activation === "sigmoid")
      stacks.at(-1)?.push(layer);
    else if (!isKnown || !passing.includes(plan.type)) stacks.push([]);
  }
  return stacks;
}

export function checkScale({ row, data }: ModelInCode, { say }: CheckContext): readonly Found[] {
  const [first] = row;
  if (first === undefined || first === "unknown") return [];
  const plan = first.first;
  if ((plan.kind !== "planned" && plan.kind !== "open") || ownScale.includes(plan.type)) return [];
  const sources = new Set(
    data.flatMap(({ data: { isUnscaled, source } }) => (isUnscaled === true && source ? [source] : [])),
  );
  return [...sources].map((source) => ({
    node: source.expression,
    severity: "info",
    code: "unscaled-data",
    message: say("unscaledData", { data: source.expression.getText() }),
    fixes: fix(say("standardize"), [{ start: source.end, end: source.end, text: ".standardize()" }]),
  }));
}
