// The activation view: curves of functions, and how what reaches a trained layer lies on them.

import { activationInfo, type LayerTrace, type RunRecord } from "../engine/index.ts";
import { toViewNumber } from "../shared/json.ts";
import type { ActivationView, PreActivations, Sentence, Tone } from "../shared/views.ts";
import type { Message } from "../shared/words/message.ts";
import { activationCurve } from "./activationCurves.ts";
import { number, say, share } from "./say.ts";

/** What `show.activation` takes beside names. */
export interface ActivationOptions {
  /** A layer of a run (`run.layers[2]`), or its name where `run` is given: its pre-activations are laid under the curves. */
  readonly layer?: LayerTrace | string | undefined;
  /** The run whose layers the reader may choose from. */
  readonly run?: Pick<RunRecord, "layers"> | undefined;
}

/** The most functions drawn at once. */
const chosenLimit = 5;
/** What the reader may choose from beside those asked for. */
const offered = ["linear", "step", "sigmoid", "tanh", "relu", "leakyRelu", "elu", "gelu", "silu", "softplus"];
const chosenByDefault = ["sigmoid", "tanh", "relu"];
/** From this share (0–1) of saturated values on, an S-shaped layer is warned about. */
const warnedShare = 0.25;

/**
 * The view of one or more functions, by name.
 *
 * @throws UnknownNameError for an unknown function, with the nearest name; RangeError for more than five, or an unknown layer.
 */
export function activationView(
  names: string | readonly string[] = [],
  options: ActivationOptions = {},
): ActivationView {
  const asked = (typeof names === "string" ? [names] : names).map((name) => activationInfo(name).name as string);
  if (asked.length > chosenLimit) {
    throw new RangeError(`show.activation: expected at most ${chosenLimit} functions, got ${asked.length}.`);
  }
  const chosenLayer = findLayer(options);
  const layers =
    chosenLayer === null ? (options.run?.layers ?? []) : [...new Set([chosenLayer, ...(options.run?.layers ?? [])])];
  const shown = layers.flatMap(preActivations);
  const layer = shown.find(({ name }) => name === chosenLayer?.name) ?? null;
  const chosen = chosenNames(asked, layer);
  const known = [...new Set([...chosen, ...shown.map(({ activation }) => activation), ...offered])];
  return {
    kind: "activation",
    version: 1,
    sentence: activationSentence(chosen, layer),
    chosen,
    functions: known.map(activationCurve),
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
  throw new RangeError(
    `show.activation: expected layer to be ${known}, got ${typeof layer === "string" ? `"${layer}"` : "something else"}.`,
  );
}

function preActivations(layer: LayerTrace): PreActivations[] {
  const histogram = layer.preActivations;
  if (histogram === null || layer.activation === null) return [];
  const { edges, shares, saturatedShare, units, examples } = histogram;
  const rounded = shares.map((value) => Number(value.toPrecision(3)));
  return [
    {
      name: layer.name,
      activation: layer.activation,
      units,
      edges,
      shares: rounded,
      saturatedShare: toViewNumber(saturatedShare, 3),
      examples,
    },
  ];
}

function activationSentence(chosen: readonly string[], layer: PreActivations | null): Sentence {
  const about = layer === null ? null : layerMessage(layer);
  const others = chosen.filter((name) => name !== layer?.activation);
  const bounded = others.find((name) => isDamping(name)) ?? (about === null ? chosen[0] : undefined);
  const messages: Message[] = about === null ? [] : [about.message];
  if (bounded !== undefined)
    messages.push(
      about === null
        ? slopeMessage(bounded)
        : say("slopeNeverAbove", { activation: labelOf(bounded), bound: number(boundOf(bounded)) }),
    );
  const hasNoSlope = chosen.some((name) => boundOf(name) === 0);
  return { tone: about?.tone ?? (hasNoSlope ? "warning" : "info"), messages };
}

function layerMessage(layer: PreActivations): { tone: Tone; message: Message } {
  const saturated = typeof layer.saturatedShare === "number" ? layer.saturatedShare : 0;
  const args = { share: share(saturated), layer: layer.name, activation: labelOf(layer.activation) };
  if (activationInfo(layer.activation).saturates !== "both")
    return { tone: "info", message: say("activationFlatHere", args) };
  return saturated >= warnedShare
    ? { tone: "warning", message: say("activationSaturatedHere", args) }
    : { tone: "good", message: say("activationPassesHere", args) };
}

function boundOf(name: string): number | null {
  return activationInfo(name).largestSlope();
}

/** Whether a function makes every gradient smaller. */
function isDamping(name: string): boolean {
  const bound = boundOf(name);
  return bound !== null && bound < 1;
}

function labelOf(name: string): string {
  return activationInfo(name).label;
}

function slopeMessage(name: string): Message {
  const bound = boundOf(name);
  const activation = labelOf(name);
  if (bound === null) return say("slopeUnbounded", { activation });
  if (bound === 0) return say("slopeZero", { activation });
  if (bound < 1) return say("slopeTenLayers", { activation, bound: number(bound), left: number(bound ** 10) });
  return bound === 1 ? say("slopeOne", { activation }) : say("slopeAboveOne", { activation, bound: number(bound) });
}
