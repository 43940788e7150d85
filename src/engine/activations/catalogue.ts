// Every activation function: its names, words, formula, source and slope bound.

import type { UnaryName } from "../backend/scalarMaths.ts";
import { maths } from "../intrinsics.ts";

const geluTop = 1.1289;
const seluTop = 1.7580993408473766;

/** How an entry is written; `activationInfo` completes it. */
export interface ActivationEntry {
  readonly label: string;
  readonly formula: string;
  readonly use: string;
  readonly source?: string;
  /** The routine; softmax and PReLU have none of their own. */
  readonly function: UnaryName | null;
  /** The parameter's value when none is given, where there is one. */
  readonly alpha?: number;
  /** sup |f′|: a number, a function of alpha, or `null` when there is none. */
  readonly largestSlope: number | null | ((alpha: number) => number);
  /** On which side f′ goes to 0. */
  readonly saturates?: "left" | "right" | "both";
  /** Where f′ jumps or is not defined. */
  readonly kinks?: readonly number[];
}

/** The catalogue itself, related functions next to each other. */
export const activationEntries = {
  linear: { label: "linear", formula: "x", use: "Output layer for regression.", function: "identity", largestSlope: 1 },
  step: {
    label: "step",
    formula: "1 if x ≥ 0, else 0",
    use: "History (McCulloch & Pitts, the perceptron). Its slope is 0, so nothing before it can learn.",
    source: "McCulloch & Pitts 1943",
    function: "step",
    largestSlope: 0,
    kinks: [0],
  },
  sigmoid: {
    label: "sigmoid",
    formula: "1 / (1 + e⁻ˣ)",
    use: "Output layer for two classes. In hidden layers its slope of at most 0.25 makes gradients vanish.",
    function: "sigmoid",
    largestSlope: 0.25,
    saturates: "both",
  },
  hardSigmoid: {
    label: "hard sigmoid",
    formula: "max(0, min(1, x/6 + 1/2))",
    use: "A cheap sigmoid of three straight pieces.",
    source: "Courbariaux, Bengio & David 2015",
    function: "hardSigmoid",
    largestSlope: 1 / 6,
    saturates: "both",
    kinks: [-3, 3],
  },
  logSigmoid: {
    label: "log-sigmoid",
    formula: "−log(1 + e⁻ˣ)",
    use: "Logarithm of a probability, computed stably.",
    function: "logSigmoid",
    largestSlope: 1,
    saturates: "right",
  },
  tanh: {
    label: "tanh",
    formula: "(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)",
    use: "Hidden layers of small or recurrent networks; centred on 0.",
    source: "LeCun et al. 1998",
    function: "tanh",
    largestSlope: 1,
    saturates: "both",
  },
  hardTanh: {
    label: "hard tanh",
    formula: "max(−1, min(1, x))",
    use: "A cheap tanh of three straight pieces.",
    function: "hardTanh",
    largestSlope: 1,
    saturates: "both",
    kinks: [-1, 1],
  },
  tanhshrink: {
    label: "tanhshrink",
    formula: "x − tanh x",
    use: "Keeps large values, shrinks small ones to almost nothing.",
    function: "tanhshrink",
    largestSlope: 1,
  },
  relu: {
    label: "ReLU",
    formula: "max(0, x)",
    use: "The usual choice for hidden layers: slope 1 wherever it is on.",
    source: "Nair & Hinton 2010",
    function: "relu",
    largestSlope: 1,
    saturates: "left",
    kinks: [0],
  },
  relu6: {
    label: "ReLU6",
    formula: "min(max(0, x), 6)",
    use: "ReLU with a ceiling, for arithmetic of few bits.",
    source: "Krizhevsky 2010",
    function: "relu6",
    largestSlope: 1,
    saturates: "both",
    kinks: [0, 6],
  },
  leakyRelu: {
    label: "leaky ReLU",
    formula: "x if x ≥ 0, else α·x",
    use: "Like ReLU, but units that are off still learn.",
    source: "Maas, Hannun & Ng 2013",
    function: "leakyRelu",
    alpha: 0.2,
    largestSlope: (alpha) => maths.max(1, maths.abs(alpha)),
    kinks: [0],
  },
  prelu: {
    label: "PReLU",
    formula: "x if x ≥ 0, else α·x, α learned",
    use: "Leaky ReLU that learns its slope for each unit.",
    source: "He et al. 2015",
    function: null,
    alpha: 0.25,
    largestSlope: (alpha) => maths.max(1, maths.abs(alpha)),
    kinks: [0],
  },
  elu: {
    label: "ELU",
    formula: "x if x > 0, else α·(eˣ − 1)",
    use: "Like ReLU, with outputs whose mean is nearer to 0.",
    source: "Clevert, Unterthiner & Hochreiter 2016",
    function: "elu",
    alpha: 1,
    largestSlope: (alpha) => maths.max(1, maths.abs(alpha)),
    saturates: "left",
    kinks: [0],
  },
  selu: {
    label: "SELU",
    formula: "1.0507·(x if x > 0, else 1.6733·(eˣ − 1))",
    use: "Deep dense networks that keep mean 0 and variance 1 by themselves, with LeCun-normal weights.",
    source: "Klambauer et al. 2017",
    function: "selu",
    largestSlope: seluTop,
    saturates: "left",
    kinks: [0],
  },
  celu: {
    label: "CELU",
    formula: "x if x > 0, else α·(e^(x/α) − 1)",
    use: "ELU without a kink for every α.",
    source: "Barron 2017",
    function: "celu",
    alpha: 1,
    largestSlope: 1,
    saturates: "left",
  },
  gelu: {
    label: "GELU",
    formula: "x·Φ(x) = x/2·(1 + erf(x/√2))",
    use: "Hidden layers of transformers.",
    source: "Hendrycks & Gimpel 2016",
    function: "gelu",
    largestSlope: geluTop,
    saturates: "left",
  },
  geluTanh: {
    label: "GELU (tanh form)",
    formula: "x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))",
    use: "GELU as the first transformers computed it.",
    source: "Hendrycks & Gimpel 2016",
    function: "geluTanh",
    largestSlope: geluTop,
    saturates: "left",
  },
  silu: {
    label: "SiLU (swish)",
    formula: "x·sigmoid(x)",
    use: "Hidden layers of deep convolutional networks.",
    source: "Elfwing, Uchibe & Doya 2018; Ramachandran, Zoph & Le 2017",
    function: "silu",
    largestSlope: 1.0998393194,
    saturates: "left",
  },
  hardSwish: {
    label: "hard swish",
    formula: "x·min(max(0, x + 3), 6)/6",
    use: "A cheap SiLU, for small devices.",
    source: "Howard et al. 2019",
    function: "hardSwish",
    largestSlope: 1.5,
    saturates: "left",
    kinks: [-3, 3],
  },
  mish: {
    label: "mish",
    formula: "x·tanh(log(1 + eˣ))",
    use: "A smooth relative of SiLU.",
    source: "Misra 2019",
    function: "mish",
    largestSlope: 1.0885,
    saturates: "left",
  },
  softplus: {
    label: "softplus",
    formula: "log(1 + eˣ)",
    use: "Outputs that must be positive; a smooth ReLU.",
    source: "Dugas et al. 2001",
    function: "softplus",
    largestSlope: 1,
    saturates: "left",
  },
  softsign: {
    label: "softsign",
    formula: "x / (1 + |x|)",
    use: "Like tanh, but it saturates more slowly.",
    source: "Glorot & Bengio 2010",
    function: "softsign",
    largestSlope: 1,
    saturates: "both",
  },
  hardShrink: {
    label: "hard shrink",
    formula: "x if |x| > α, else 0",
    use: "Sparse codes: what is small becomes 0, the rest stays.",
    function: "hardShrink",
    alpha: 0.5,
    largestSlope: 1,
    kinks: [-0.5, 0.5],
  },
  softShrink: {
    label: "soft shrink",
    formula: "x − α if x > α, x + α if x < −α, else 0",
    use: "Sparse codes: everything moves towards 0 by α.",
    function: "softShrink",
    alpha: 0.5,
    largestSlope: 1,
    kinks: [-0.5, 0.5],
  },
  thresholdedRelu: {
    label: "thresholded ReLU",
    formula: "x if x > α, else 0",
    use: "ReLU that asks for more than 0 before it is on.",
    source: "Konda, Memisevic & Krueger 2015",
    function: "thresholdedRelu",
    alpha: 1,
    largestSlope: 1,
    saturates: "left",
    kinks: [1],
  },
  exponential: {
    label: "exponential",
    formula: "eˣ",
    use: "Outputs that must be positive, such as rates (Poisson loss).",
    function: "exp",
    largestSlope: null,
    saturates: "left",
  },
  softmax: {
    label: "softmax",
    formula: "e^xᵢ / Σⱼ e^xⱼ",
    use: "Output layer for several classes: shares that sum to 1.",
    source: "Bridle 1990",
    function: null,
    largestSlope: 0.25,
    saturates: "both",
  },
  logSoftmax: {
    label: "log-softmax",
    formula: "xᵢ − log Σⱼ e^xⱼ",
    use: "Logarithms of the softmax, computed stably.",
    function: null,
    largestSlope: 1,
    saturates: "right",
  },
} satisfies Record<string, ActivationEntry>;

/** The name of an activation function. */
export type ActivationName = keyof typeof activationEntries;

/** All activation functions, related ones next to each other. */
export const activationNames = Object.keys(activationEntries) as readonly ActivationName[];

/** Other names people know: Keras' snake case is understood without being listed. */
export const activationAliases: Readonly<Record<string, ActivationName>> = {
  identity: "linear",
  none: "linear",
  heaviside: "step",
  binaryStep: "step",
  logistic: "sigmoid",
  swish: "silu",
  exp: "exponential",
  lrelu: "leakyRelu",
  parametricRelu: "prelu",
  hardSilu: "hardSwish",
  geluNew: "geluTanh",
  geluApproximate: "geluTanh",
};
