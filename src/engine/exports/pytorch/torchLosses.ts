// Losses as PyTorch code, each as a function of scores `p` and targets `t`. Fused ones take what the last activation is given, as training here does.

import type { LossName } from "../../losses/losses.ts";
import type { LossDescription, Setting } from "../description.ts";
import { NoCounterpart } from "../exporter.ts";
import { literal } from "./torchCode.ts";

/** Lines that end with `return …`. */
type Write = (loss: LossDescription) => readonly string[];

const plain =
  (line: string): Write =>
  () => [`return ${line}`];

const clipped = "p.clamp(1e-7, 1 - 1e-7)";
const hinge = "t = torch.where((t == 0) | (t == 1), 2 * t - 1, t) if ((t == 0) | (t == 1)).all() else t";

const writers: Readonly<Record<LossName, Write>> = {
  mse: plain("F.mse_loss(p, t)"),
  mae: plain("F.l1_loss(p, t)"),
  huber: ({ settings }) => [`return F.huber_loss(p, t, delta=${number(settings.delta, 1)})`],
  smoothL1: ({ settings }) => [`return F.smooth_l1_loss(p, t, beta=${number(settings.beta, 1)})`],
  logCosh: () => ["e = (p - t).abs()", "return (e + F.softplus(-2 * e) - math.log(2)).mean()"],
  msle: plain("(torch.log1p(p.clamp(min=1e-7)) - torch.log1p(t.clamp(min=1e-7))).square().mean()"),
  mape: plain("100 * ((p - t).abs() / t.abs().clamp(min=1e-7)).mean()"),
  hinge: () => [hinge, "return (1 - t * p).clamp(min=0).mean()"],
  squaredHinge: () => [hinge, "return (1 - t * p).clamp(min=0).square().mean()"],
  categoricalHinge: plain("(1 + ((1 - t) * p).max(-1).values - (t * p).sum(-1)).clamp(min=0).mean()"),
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy: (loss) => [...shares(loss, false), ...crossentropy(loss)],
  sparseCategoricalCrossentropy: (loss) => [...shares(loss, true), ...crossentropy(loss)],
  klDivergence: ({ settings }) =>
    settings.logInput === true
      ? ['return F.kl_div(p, t, reduction="none").sum(-1).mean()']
      : ["t, p = t.clamp(1e-7, 1), p.clamp(1e-7, 1)", "return (t * (t / p).log()).sum(-1).mean()"],
  poisson: ({ settings }) => [
    `return ${settings.logInput === true ? "(p.exp() - t * p)" : "(p - t * (p + 1e-7).log())"}.mean()`,
  ],
  cosineSimilarity: ({ settings }) => {
    const unit = (x: string) => `${x} / ${x}.square().sum(-1, keepdim=True).clamp(min=1e-12).sqrt()`;
    const offset = settings.convention === "torch" ? "1 - " : "-";
    return [`p, t = ${unit("p")}, ${unit("t")}`, `return ${offset}(p * t).sum(-1).mean()`];
  },
};

/** The function of one output's loss, its name given. @throws NoCounterpart for a loss that a user wrote. */
export function torchLoss(loss: LossDescription, name: string): string {
  const known: Readonly<Record<string, Write>> = writers;
  const write = loss.name === null || !Object.hasOwn(known, loss.name) ? undefined : known[loss.name];
  if (write === undefined)
    throw new NoCounterpart(
      "losses that PyTorch can be given",
      `the loss ${loss.label}${loss.name === null ? ", which was written in a cell" : ""}`,
      "Compile with a loss of nnbook's, or export the model without one: load(path, { compile: false }).",
    );
  const what = loss.isFused ? "the values before the last activation" : "predictions";
  const align =
    loss.name === "sparseCategoricalCrossentropy" ? [] : ["t = t.reshape(p.shape) if t.numel() == p.numel() else t"];
  return [
    `def ${name}(p, t):`,
    `    """${loss.name}; p: ${what}, t: targets."""`,
    ...[...align, ...write(loss)].map((line) => `    ${line}`),
  ].join("\n");
}

function isFromScores({ isFused, settings }: LossDescription): boolean {
  return isFused || settings.fromLogits === true;
}

function binaryCrossentropy(loss: LossDescription): readonly string[] {
  const { settings } = loss;
  const smoothing = number(settings.labelSmoothing, 0);
  const weight = settings.positiveWeight === undefined ? null : number(settings.positiveWeight, 1);
  const smooth = smoothing === 0 ? [] : [`t = t * ${1 - smoothing} + ${smoothing / 2}`];
  if (isFromScores(loss)) {
    const positive = weight === null ? "" : `, pos_weight=torch.tensor(${literal(weight)}, device=p.device)`;
    return [...smooth, `return F.binary_cross_entropy_with_logits(p, t${positive})`];
  }
  if (settings.convention === "torch") return [...smooth, "return F.binary_cross_entropy(p, t)"];
  const factor = weight === null ? "" : `${weight} * `;
  return [...smooth, `p = ${clipped}`, `return -(${factor}t * p.log() + (1 - t) * torch.log1p(-p)).mean()`];
}

function binaryFocalCrossentropy(loss: LossDescription): readonly string[] {
  const { settings } = loss;
  const [smoothing, gamma, alpha] = [
    number(settings.labelSmoothing, 0),
    number(settings.gamma, 2),
    number(settings.alpha, 0.25),
  ];
  return [
    ...(smoothing === 0 ? [] : [`t = t * ${1 - smoothing} + ${smoothing / 2}`]),
    ...(isFromScores(loss)
      ? ['each = F.binary_cross_entropy_with_logits(p, t, reduction="none")', "p = torch.sigmoid(p)"]
      : [`p = ${clipped}`, "each = -(t * p.log() + (1 - t) * torch.log1p(-p))"]),
    `each = (p + t - 2 * p * t) ** ${gamma} * each`,
    ...(settings.applyClassBalancing === true ? [`each = each * (t * ${2 * alpha - 1} + ${1 - alpha})`] : []),
    "return each.mean()",
  ];
}

/** Targets as rows of shares, smoothed and weighted. */
function shares({ settings }: LossDescription, isNumbers: boolean): readonly string[] {
  const smoothing = number(settings.labelSmoothing, 0);
  const weights = settings.classWeights;
  const list = Array.isArray(weights) ? weights.map(Number) : null;
  return [
    ...(isNumbers ? ["t = F.one_hot(t.long().reshape(p.shape[:-1]), p.shape[-1]).to(p.dtype)"] : []),
    ...(smoothing === 0 ? [] : [`t = t * ${1 - smoothing} + ${smoothing} / p.shape[-1]`]),
    ...(list === null ? [] : [`t = t * torch.tensor([${list.join(", ")}], device=p.device)`]),
    ...(list !== null && settings.convention === "torch" ? ["t = t * (t.numel() / p.shape[-1]) / t.sum()"] : []),
  ];
}

function crossentropy(loss: LossDescription): readonly string[] {
  if (isFromScores(loss)) return ["return -(t * torch.log_softmax(p, dim=-1)).sum(-1).mean()"];
  const normalized = loss.settings.normalize === false ? [] : ["p = p / p.sum(-1, keepdim=True)"];
  return [...normalized, `return -(t * ${clipped}.log()).sum(-1).mean()`];
}

function number(value: Setting, byDefault: number): number {
  return typeof value === "number" ? value : byDefault;
}
