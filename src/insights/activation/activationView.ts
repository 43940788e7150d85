// The activation view: curves of functions, and how what reaches a trained layer lies on them.

import { activationInfo, type LayerTrace, type RunRecord, ValueError } from "../../engine/index.ts";
import { activationSentence, type JudgedCurve } from "../../shared/activationSentence.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { ActivationView, PreActivations } from "../../shared/views.ts";
import { activationCurve } from "./activationCurves.ts";

/** What `show.activation` takes beside names. */
export interface ActivationOptions {
  /** A layer of a run (`run.layers[2]`), or its name where `run` is given: its pre-activations are laid under the curves. */
  readonly layer?: LayerTrace | string | undefined;
  /** The run whose layers the reader may choose from. */
  readonly run?: Pick<RunRecord, "layers"> | undefined;
  /** How the run is known to the pictures of it. */
  readonly runId?: string | undefined;
}

/** The most functions drawn at once. */
const chosenLimit = 5;
/** What the reader may choose from beside those asked for. */
const offered = ["linear", "step", "sigmoid", "tanh", "relu", "leakyRelu", "elu", "gelu", "silu", "softplus"];
const chosenByDefault = ["sigmoid", "tanh", "relu"];

/**
 * The view of one or more functions, by name.
 *
 * @throws UnknownNameError for an unknown function, with the nearest name; ValueError for more than five, or an unknown layer.
 */
export function activationView(
  names: string | readonly string[] = [],
  options: ActivationOptions = {},
): ActivationView {
  const asked = (typeof names === "string" ? [names] : names).map((name) => activationInfo(name).name as string);
  if (asked.length > chosenLimit) {
    throw new ValueError({
      op: "show.activation",
      expected: `at most ${chosenLimit} functions`,
      got: `${asked.length}`,
      hint: "More are hard to tell apart: show them by several calls.",
    });
  }
  const chosenLayer = findLayer(options);
  const ofRun = options.run?.layers ?? [];
  const layers = chosenLayer === null || ofRun.includes(chosenLayer) ? ofRun : [chosenLayer, ...ofRun];
  const shown = layers.flatMap(preActivations);
  const layer = shown.find(({ name }) => name === chosenLayer?.name) ?? null;
  if (chosenLayer !== null && layer === null) throw nothingRecorded(chosenLayer);
  const chosen = chosenNames(asked, layer);
  const known = [...new Set([...chosen, ...shown.map(({ activation }) => activation), ...offered])];
  const functions = known.map((name) => {
    const alphas = shown.flatMap(({ activation, alpha }) => (activation === name ? (alpha ?? []) : []));
    return activationCurve(name, alphas, layer?.activation === name ? layer.alpha : undefined);
  });
  const judged = (names: readonly string[]): JudgedCurve[] =>
    names.flatMap((name) => {
      const curve = functions.find((each) => each.name === name);
      const variant = curve?.variants[curve.initial];
      return curve === undefined || variant === undefined ? [] : [{ curve, variant }];
    });
  const own = layer === null ? undefined : judged([layer.activation])[0];
  return {
    kind: "activation",
    version: 1,
    sentence: activationSentence(judged(chosen), layer === null || own === undefined ? null : { values: layer, own }),
    ...(options.runId !== undefined && { runId: options.runId }),
    chosen,
    functions,
    layers: shown,
    layer: layer?.name ?? null,
  };
}

/** The functions asked for; the layer's own is always among them. */
function chosenNames(asked: readonly string[], layer: PreActivations | null): string[] {
  if (layer === null) return asked.length === 0 ? chosenByDefault : [...new Set(asked)];
  return [...new Set([...asked.filter((name) => name === layer.activation), layer.activation, ...asked])].slice(
    0,
    chosenLimit,
  );
}

function findLayer({ layer, run }: ActivationOptions): LayerTrace | null {
  if (layer === undefined) return null;
  if (typeof layer === "object" && layer !== null && "preActivations" in layer) return layer;
  const found = run?.layers.find(({ name }) => name === layer);
  if (found !== undefined) return found;
  const known =
    run === undefined
      ? "a layer of a run, such as run.layers[0]"
      : `one of ${run.layers.map(({ name }) => name).join(", ")}`;
  throw new ValueError({
    op: "show.activation",
    expected: `layer to be ${known}`,
    got: typeof layer === "string" ? `"${layer}"` : "something else",
    ...(run === undefined && { hint: "A name needs its run: { layer, run }." }),
  });
}

/** Why there is nothing to lay under the curves. */
function nothingRecorded({ name, activation }: LayerTrace): ValueError {
  const isWhole = activation === "softmax" || activation === "logSoftmax";
  return new ValueError({
    op: "show.activation",
    expected: "a layer of which the run recorded what reached its activation function",
    got: `${name}, of which it did not`,
    hint: isWhole
      ? "A softmax takes all values of an example together: show.confusion or model.predict show what it gives."
      : 'A layer has to have a function that is not linear, and its training trace: "summary", the usual one.',
  });
}

function preActivations(layer: LayerTrace): PreActivations[] {
  const histogram = layer.preActivations;
  if (histogram === null || layer.activation === null) return [];
  const { alpha, edges, shares, saturatedShare, units, unitMeans, deadUnits, examples } = histogram;
  const rounded = shares.map((value) => Number(value.toPrecision(3)));
  return [
    {
      name: layer.name,
      activation: layer.activation,
      ...(alpha === null ? {} : { alpha }),
      units,
      ...(unitMeans.length === 0 ? {} : { unitMeans: unitMeans.map((value) => toViewNumber(value, 3)) }),
      ...(deadUnits.length === 0 ? {} : { deadUnits }),
      edges,
      shares: rounded,
      saturatedShare: toViewNumber(saturatedShare, 3),
      examples,
    },
  ];
}
