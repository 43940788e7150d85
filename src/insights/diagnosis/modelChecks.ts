// Checks of what was there before the first step: model, loss, first weights, data.

import type { RunNote, RunRecord } from "../../engine/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { Remedy, Tone } from "../../shared/views.ts";
import { canJudgeBalance, isImbalanced } from "../parts/imbalance.ts";
import { featureOf, largeInput, scaledInputs, unscaledInput } from "../parts/inputScale.ts";
import { noteMessages } from "../parts/noteMessages.ts";
import { count, number, say, share, times } from "../parts/say.ts";
import { type Check, type Found, isTroubled, learns, learnsAll } from "./examined.ts";
import { quoted, remedy, setOn, setOnLayers, standardize } from "./remedies.ts";

type NoteKind = RunNote["kind"];

const mismatches: readonly NoteKind[] = [
  "softmaxWithOneUnit",
  "crossentropyWithOneUnit",
  "crossentropyWithoutProbabilities",
  "logitsAfterActivation",
  "squaredErrorOnClasses",
  "targetsOutOfReach",
];

export const nothingToLearn: Check = ({ run }) =>
  ofNotes(run, "nothingToLearn", ["nothingToLearn"], "error", () => {
    const frozen = run.layers.filter(({ parameters }) => parameters > 0);
    return frozen.length === 0 ? [] : [remedy("train", [setOnLayers(frozen, "trainable", "false", "true")])];
  });

export const lossMismatch: Check = ({ run }) =>
  ofNotes(run, "lossMismatch", mismatches, "warning", (note) => suit(run, note));

export const noSlope: Check = ({ run }) =>
  ofNotes(run, "noSlope", ["stepActivation", "flatOperation"], "warning", ({ kind, layer }) =>
    layer === null || kind === "flatOperation"
      ? []
      : [
          remedy("changeActivation", [setOnLayers([layer], "activation", quoted("step"), quoted("sigmoid"))], {
            activation: "sigmoid",
          }),
        ],
  );

export const symmetricStart: Check = ({ run }) =>
  ofNotes(run, "symmetricStart", ["symmetricStart"], "warning", () => {
    const layers = run.notes.flatMap(({ kind, layer }) => (kind === "symmetricStart" && layer !== null ? [layer] : []));
    return [remedy("randomStart", [setOnLayers(layers, "kernelInitializer", null, quoted("glorotUniform"))])];
  });

/** The notes that the engine made when the training started are the findings. */
function ofNotes(
  run: RunRecord,
  kind: "nothingToLearn" | "lossMismatch" | "noSlope" | "symmetricStart",
  notes: readonly NoteKind[],
  tone: Tone,
  remediesOf: (note: RunNote) => readonly Remedy[],
): Found | "passed" {
  const found = run.notes.filter((note) => notes.includes(note.kind));
  const [first] = found;
  if (first === undefined) return "passed";
  const titles = {
    nothingToLearn: "foundNothingToLearn",
    lossMismatch: "foundLossMismatch",
    noSlope: "foundNoSlope",
    symmetricStart: "foundSymmetricStart",
  } as const;
  return {
    kind,
    tone,
    title: say(titles[kind]),
    messages: noteMessages(found),
    layer: first.layer,
    evidence: { kind: "none" },
    remedies: remediesOf(first),
  };
}

function suit({ layers, lossName }: RunRecord, { kind, layer }: RunNote): readonly Remedy[] {
  const last = layers.find(({ name }) => name === layer) ?? layers.at(-1);
  const activation = last?.activation ?? null;
  const units = last?.outputShape.at(-1) ?? 1;
  const named = last === undefined ? [] : [last];
  const setActivation = (value: string) =>
    setOnLayers(named, "activation", activation === null ? null : quoted(activation), quoted(value));
  const loss = (value: string) =>
    remedy("changeLoss", [setOn("compile", "loss", quoted(lossName), quoted(value))], { loss: value });
  const change = (value: string) => remedy("changeActivation", [setActivation(value)], { activation: value });
  switch (kind) {
    case "softmaxWithOneUnit":
      return [
        remedy(
          "changeActivation",
          [setActivation("sigmoid"), setOn("compile", "loss", quoted(lossName), quoted("binaryCrossentropy"))],
          { activation: "sigmoid" },
        ),
      ];
    case "crossentropyWithOneUnit":
      return [loss("binaryCrossentropy")];
    case "squaredErrorOnClasses":
      return [loss(activation === "softmax" ? "categoricalCrossentropy" : "binaryCrossentropy")];
    case "crossentropyWithoutProbabilities":
      return [change(/binary/i.test(lossName) || units === 1 ? "sigmoid" : "softmax")];
    case "logitsAfterActivation":
    case "targetsOutOfReach":
      return [change("linear")];
    case "stepActivation":
    case "flatOperation":
    case "nothingToLearn":
    case "symmetricStart":
      return [];
  }
}

/** A warning where the training shows it; else to be known. */
export const unscaledInputs: Check = (examined) => {
  const inputs = scaledInputs(examined.run);
  const worst = unscaledInput(examined.run);
  if (inputs.length === 0) return null;
  if (worst === null) return "passed";
  const { largestSize } = worst;
  const feature = featureOf(worst);
  const isLarge = largestSize >= largeInput;
  return {
    kind: "unscaledInputs",
    tone: isTroubled(examined) ? "warning" : "info",
    title: say("foundUnscaledInputs"),
    messages: [
      isLarge
        ? say("inputIsLarge", { feature, size: number(largestSize) })
        : say("inputIsSmall", { size: number(largestSize) }),
      ...learnsAll(examined),
    ],
    layer: null,
    evidence: { kind: "range", measure: "inputSize", value: toViewNumber(largestSize, 3), usual: [0.1, largeInput] },
    remedies: [standardize()],
  };
};

/**
 * Targets of this size (root mean square) or more are unscaled. An output starts near 0, and Adam at its usual rate of 0.001 moves a
 * bias by that much a step: 100 takes it longer than most trainings. A squared error's first gradients are as large as the targets.
 */
const largeTarget = 100;

/** Where the loss shows it: targets to which the net came all the same are nobody's trouble. */
export const unscaledTargets: Check = (examined) => {
  const { run, isStuck } = examined;
  const { targets } = run.dataSummary;
  if (targets === null || (isStuck === null && run.divergence === null)) return null;
  if (targets.size < largeTarget || learns(examined)) return "passed";
  return {
    kind: "unscaledTargets",
    tone: "warning",
    title: say("foundUnscaledTargets"),
    messages: [say("targetsAreLarge", { size: number(targets.size) })],
    layer: null,
    evidence: { kind: "range", measure: "targetSize", value: toViewNumber(targets.size, 3), usual: [0.1, largeTarget] },
    remedies: [remedy("scaleTargets")],
  };
};

export const classImbalance: Check = (examined) => {
  const { classCounts, isWeighted, examples } = examined.run.dataSummary;
  const counts = (classCounts ?? []).filter((each) => each > 0);
  if (counts.length < 2 || !canJudgeBalance(examples)) return null;
  const [smallest, largest] = [Math.min(...counts), Math.max(...counts)];
  if (isWeighted || !isImbalanced(largest, smallest)) return "passed";
  const total = counts.reduce((sum, each) => sum + each, 0);
  const weights = (classCounts ?? []).flatMap((each, label) =>
    each === 0 ? [] : [`${label}: ${Number((total / (counts.length * each)).toPrecision(3))}`],
  );
  return {
    kind: "classImbalance",
    tone: examined.isStuck === true ? "warning" : "info",
    title: say("foundClassImbalance"),
    messages: [
      say("classesDiffer", {
        largest: count(largest),
        smallest: count(smallest),
        times: times(largest / smallest),
      }),
      say("guessLargest", { share: share(largest / total) }),
    ],
    layer: null,
    evidence: { kind: "classes", counts: classCounts ?? [] },
    // With very many classes nobody wants to read the weights.
    remedies:
      weights.length > 20
        ? []
        : [remedy("weighClasses", [setOn("fit", "classWeight", null, `{ ${weights.join(", ")} }`)])],
  };
};
