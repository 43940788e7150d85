// Checks losses and regularizers against fixture files of the schema of `losses.json`: values and gradients.

import { type Loss, losses, type Regularizer, regularizers } from "../../../src/engine/index.ts";
import type { FixtureTensor, Tolerance } from "../fixtures.ts";
import { type CaseResult, checkCase } from "./caseResult.ts";
import { Comparison, readTensor } from "./comparison.ts";

interface LossCase {
  readonly name: string;
  readonly params: Readonly<Record<string, number>>;
  readonly pred: FixtureTensor;
  readonly target: FixtureTensor;
  readonly value: number | string;
  readonly grad: FixtureTensor;
  /** The same formula in float32, where clipping at 1 − 1e-7 shows. */
  readonly value_f32?: number;
  readonly grad_f32?: FixtureTensor;
  readonly class_weight?: FixtureTensor;
  readonly tolerance?: { readonly f32: Tolerance };
}

interface RegularizerCase {
  readonly name: string;
  readonly params: { readonly l1?: number; readonly l2?: number };
  readonly w: FixtureTensor;
  readonly value: number;
  readonly grad: FixtureTensor;
}

export interface LossesFile {
  readonly tolerance: { readonly f32: Tolerance };
  readonly cases: readonly LossCase[];
  readonly regularizers: readonly RegularizerCase[];
}

type Maker = (params: Readonly<Record<string, number>>, each: LossCase) => Loss;

const weightsOf = ({ class_weight: weights }: LossCase) => (weights?.data ?? []).map(Number);

/** The loss a case is about, by the beginning of its name; the longest beginning wins. */
const makers: Readonly<Record<string, Maker>> = {
  mse: () => losses.mse(),
  mae: () => losses.mae(),
  huber: ({ delta = 1 }) => losses.huber({ delta }),
  smooth_l1: ({ beta = 1 }) => losses.smoothL1({ beta }),
  log_cosh: () => losses.logCosh(),
  msle: () => losses.msle(),
  mape: () => losses.mape(),
  hinge: () => losses.hinge(),
  squared_hinge: () => losses.squaredHinge(),
  categorical_hinge: () => losses.categoricalHinge(),
  bce_probs: ({ label_smoothing: labelSmoothing = 0 }) => losses.binaryCrossentropy({ labelSmoothing }),
  bce_probs_saturated_torch: () => losses.binaryCrossentropy({ convention: "torch" }),
  bce_logits: ({ label_smoothing: labelSmoothing = 0 }) =>
    losses.binaryCrossentropy({ fromLogits: true, labelSmoothing }),
  bce_logits_pos_weight: ({ pos_weight: positiveWeight = 1 }) =>
    losses.binaryCrossentropy({ fromLogits: true, positiveWeight }),
  binary_focal: ({ alpha = 0.25, gamma = 2 }) =>
    losses.binaryFocalCrossentropy({ alpha, gamma, applyClassBalancing: true }),
  cce_logits: ({ label_smoothing: labelSmoothing = 0 }) =>
    losses.categoricalCrossentropy({ fromLogits: true, labelSmoothing }),
  cce_logits_class_weight_keras: (_, each) =>
    losses.sparseCategoricalCrossentropy({ fromLogits: true, classWeights: weightsOf(each) }),
  cce_logits_class_weight_torch: (_, each) =>
    losses.sparseCategoricalCrossentropy({ fromLogits: true, classWeights: weightsOf(each), convention: "torch" }),
  cce_probs: ({ label_smoothing: labelSmoothing = 0 }) => losses.categoricalCrossentropy({ labelSmoothing }),
  cce_probs_onehot_plain: () => losses.categoricalCrossentropy({ normalize: false }),
  cce_logits_sparse: () => losses.sparseCategoricalCrossentropy({ fromLogits: true }),
  cce_logits_saturated: () => losses.sparseCategoricalCrossentropy({ fromLogits: true }),
  cce_probs_sparse: () => losses.sparseCategoricalCrossentropy(),
  sparse_cce_probs: () => losses.sparseCategoricalCrossentropy(),
  kl_divergence: () => losses.klDivergence(),
  kl_divergence_torch_logprobs: () => losses.klDivergence({ logInput: true }),
  poisson: () => losses.poisson(),
  poisson_torch_log_input: () => losses.poisson({ logInput: true }),
  cosine_similarity: () => losses.cosineSimilarity(),
  cosine_embedding_torch: () => losses.cosineSimilarity({ convention: "torch" }),
};

export function checkLosses(file: LossesFile): CaseResult[] {
  return [
    ...file.cases.map((each) => checkCase(each.name, () => checkLoss(each, file.tolerance.f32))),
    ...file.regularizers.map((each) =>
      checkCase(`regularizers/${each.name}`, () => checkRegularizer(each, file.tolerance.f32)),
    ),
  ];
}

function checkLoss(each: LossCase, fileTolerance: Tolerance): number {
  const beginnings = Object.keys(makers).filter((name) => each.name.startsWith(name));
  const make = makers[beginnings.sort((a, b) => b.length - a.length)[0] ?? ""];
  if (make === undefined) throw new Error("There is no check for a loss of this name.");
  const prediction = readTensor(each.pred, { requiresGrad: true });
  const loss = make(each.params, each).compute(prediction, readTensor(each.target));
  loss.backward();
  const hasOwn = each.value_f32 !== undefined && each.grad_f32 !== undefined;
  const comparison = new Comparison(hasOwn ? fileTolerance : (each.tolerance?.f32 ?? fileTolerance));
  comparison.numbers([loss.item()], [each.value_f32 ?? each.value]);
  comparison.tensor(prediction.grad, each.grad_f32 ?? each.grad);
  return comparison.worst;
}

function checkRegularizer(each: RegularizerCase, tolerance: Tolerance): number {
  const { l1, l2 } = each.params;
  const made: Regularizer[] = [regularizers.l1l2({ l1: l1 ?? 0, l2: l2 ?? 0 })];
  if (l2 === undefined && l1 !== undefined) made.push(regularizers.l1(l1));
  if (l1 === undefined && l2 !== undefined) made.push(regularizers.l2(l2));
  const comparison = new Comparison(tolerance);
  for (const regularizer of made) {
    const w = readTensor(each.w, { requiresGrad: true });
    const penalty = regularizer.penalty(w);
    penalty.backward();
    comparison.numbers([penalty.item()], [each.value]);
    comparison.tensor(w.grad, each.grad);
  }
  return comparison.worst;
}
