// Nets to diagnose, for the tests of diagnoses: trained on the spot, and what was found in them in short.

import {
  type Dataset,
  datasets,
  type FitOptions,
  type Layer,
  layers,
  type Model,
  type Optimizer,
  optimizers,
  type Run,
  type RunRecord,
  type SplitDataset,
  sequential,
} from "../../engine/index.ts";
import { diagnosisView } from "../index.ts";

export const moons = datasets.moons({ samples: 320, noise: 0.15, seed: 7 }).split({ validation: 0.2, seed: 1 });

type Activation = "sigmoid" | "tanh" | "relu";
export const dense = (activation: Activation, units = 16, kernelInitializer?: Parameters<typeof layers.dense>[1]) =>
  layers.dense(units, {
    activation,
    kernelInitializer: activation === "relu" ? "heNormal" : "glorotUniform",
    ...kernelInitializer,
  });
export const deep = (activation: Activation, depth: number) => Array.from({ length: depth }, () => dense(activation));
export const sigmoidOutput = () => layers.dense(1, { activation: "sigmoid" });
export const sgd = (learningRate: number) => optimizers.sgd({ learningRate, momentum: 0.9 });

export async function train(
  row: readonly Layer[],
  {
    data = moons,
    loss = "binaryCrossentropy",
    optimizer = sgd(0.05),
    ...fit
  }: FitOptions & {
    data?: Dataset | SplitDataset | { x: number[][]; y: number[][] };
    loss?: string;
    optimizer?: Optimizer;
  } = {},
): Promise<Run> {
  const model: Model = sequential([...row]);
  model.compile({ loss, optimizer });
  return model.fit(data, { epochs: 12, batchSize: 32, seed: 1, ...fit });
}

export const viewOf = (...runs: RunRecord[]) =>
  diagnosisView(runs.map((run, index) => ({ run, runId: `run-${index}` })));
/** Each finding as "tone kind < cause". */
export const found = (...runs: RunRecord[]) => {
  const { findings } = viewOf(...runs);
  return findings.map(({ tone, kind, follows }) =>
    follows === null ? `${tone} ${kind}` : `${tone} ${kind} < ${findings[follows]?.kind}`,
  );
};
export const passed = (run: RunRecord) => viewOf(run).passed.map(({ kind }) => kind);
