// What a training's optimizer did to one weight at a few steps, number by number: gradient, memory, new value.

import { maths } from "../intrinsics.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { UpdateOutlook } from "../optimizers/updates.ts";
import type { Parameter } from "../tensor.ts";
import type { Callback } from "../training/callbacks/callbacks.ts";
import type { Model } from "../training/model/model.ts";

/** One update of one weight. */
export interface CloseUp {
  /** Counted from 1. */
  readonly step: number;
  /** The weight before the step. */
  readonly before: number;
  /** The mean over the batch, before clipping and decay. */
  readonly gradient: number;
  /** What clipping left of the gradient. */
  readonly clipped: number;
  /** The weight after the step. */
  readonly after: number;
  /** The size of the step, η. */
  readonly learningRate: number;
  /** What the optimizer remembered of it, by name, before and after. */
  readonly memory: Readonly<Record<string, { readonly before: number; readonly after: number }>>;
  /** What of the optimizer's settings is another number at each step, by name: see `UpdatePreview`. */
  readonly settings: Readonly<Record<string, number>>;
}

/** The weight that is looked at: the one with the largest gradient at the first step, in the last layer with weights. */
export interface CloseUpWeight {
  /** The layer's name. */
  readonly layer: string;
  /** "kernel". */
  readonly parameter: string;
  /** Its place in the parameter, from 0, outermost axis first. */
  readonly index: readonly number[];
}

/** What became of one weight at a few steps of a training. */
export interface CloseUpRecord {
  /** Which weight that is. */
  readonly weight: CloseUpWeight;
  /** "adam". */
  readonly optimizer: string;
  /** The optimizer's settings. */
  readonly config: Readonly<Record<string, number | boolean | string>>;
  /** In the order of the steps. */
  readonly updates: readonly CloseUp[];
}

/** Steps that are looked at: 1, 2, 5, 10, 20, 50 … at most so many, the last of them near the end. */
const mostSteps = 12;

export function closeUpSteps(planned: number): readonly number[] {
  const steps: number[] = [];
  for (let power = 1; power <= planned; power *= 10)
    for (const step of [power, 2 * power, 5 * power]) if (step < planned) steps.push(step);
  return [...steps.slice(-(mostSteps - 1)), planned];
}

/** How a weight stood before a step. */
interface Begun {
  readonly value: number;
  readonly outlook: UpdateOutlook;
}

/** The weight that is looked at, and the parameter it is in. */
interface Place {
  readonly parameter: Parameter;
  readonly layer: string;
  readonly at: number;
}

/** Watches one training. */
export class CloseUps {
  readonly callback: Callback;
  readonly #updates: CloseUp[] = [];
  readonly #model: Model<unknown>;
  /** Known from the end of the first step on. */
  #place: Place | null = null;
  /** How the weight at a place stood when the step began; `null` outside of steps that are looked at. */
  #begun: ((place: Place) => Begun) | null = null;

  constructor(model: Model<unknown>, steps: readonly number[]) {
    this.#model = model;
    const wanted = new Set(steps);
    this.callback = {
      onStepBegin: ({ step }) => {
        if (wanted.has(step)) this.#begin();
      },
      onStepEnd: ({ step }) => {
        if (wanted.has(step)) this.#end(step);
      },
    };
  }

  get record(): CloseUpRecord | null {
    const optimizer = this.#model.compiled?.optimizer;
    if (this.#place === null || optimizer === undefined || this.#updates.length === 0) return null;
    const { parameter, layer, at } = this.#place;
    const weight = { layer, parameter: parameter.name, index: indexOf(parameter, at) };
    return { weight, optimizer: optimizer.name, config: optimizer.config, updates: [...this.#updates] };
  }

  #begin(): void {
    const optimizer = this.#model.compiled?.optimizer;
    if (optimizer === undefined) return;
    this.#begun =
      this.#place === null
        ? beforeFirst(optimizer, lastKernel(this.#model)?.parameter)
        : before(optimizer, this.#place);
  }

  #end(step: number): void {
    const optimizer = this.#model.compiled?.optimizer;
    this.#place ??= largestIn(lastKernel(this.#model));
    const place = this.#place;
    const begun = place === null ? null : (this.#begun?.(place) ?? null);
    this.#begun = null;
    const gradient = place?.parameter.gradientData ?? null;
    if (place === null || begun === null || gradient === null || optimizer === undefined) return;
    const { parameter, at } = place;
    const { value, outlook } = begun;
    const now = optimizer.outlookOn(parameter, at).memory;
    const remembered = (name: string) => ({ before: outlook.memory[name] ?? 0, after: now[name] ?? 0 });
    this.#updates.push({
      step,
      before: value,
      gradient: gradient[at] ?? 0,
      clipped: clippedAt(this.#model, optimizer, parameter, at),
      after: parameter.numbers[at] ?? 0,
      learningRate: outlook.learningRate,
      memory: Object.fromEntries(Object.keys(now).map((name) => [name, remembered(name)])),
      settings: outlook.settings,
    });
  }
}

/** Before it is known which weight it will be, all values are kept. What is remembered begins alike for all. */
function beforeFirst(optimizer: Optimizer, parameter: Parameter | undefined): ((place: Place) => Begun) | null {
  if (parameter === undefined) return null;
  const values = parameter.numbers.slice();
  const outlook = optimizer.outlookOn(parameter, 0);
  return ({ at }) => ({ value: values[at] ?? 0, outlook });
}

function before(optimizer: Optimizer, { parameter, at }: Place): () => Begun {
  const begun = { value: parameter.numbers[at] ?? 0, outlook: optimizer.outlookOn(parameter, at) };
  return () => begun;
}

/** What clipping left of one number's gradient, in the step that just ended: its limits may look at all gradients together. */
function clippedAt(model: Model<unknown>, optimizer: Optimizer, parameter: Parameter, at: number): number {
  const { clipValue, clipNorm, globalClipNorm } = optimizer.config;
  const limits = [clipValue, clipNorm, globalClipNorm];
  if (limits.every((limit) => limit === undefined)) return parameter.gradientData?.[at] ?? 0;
  const moving = model.layers.flatMap((layer) => layer.trainableWeights).filter((each) => each.gradientData !== null);
  const gradients = moving.map(({ gradientData }) => Array.from(gradientData ?? []));
  const seen = optimizer.preview(moving, gradients)[moving.indexOf(parameter)]?.gradient[at] ?? 0;
  // Decay adds to the gradient what stands there now.
  return optimizer.decoupledWeightDecay ? seen : seen - optimizer.weightDecay * (parameter.numbers[at] ?? 0);
}

/** The kernel of the last layer that learns: small in most nets, and never behind a dead unit. */
function lastKernel({ layers }: Model<unknown>): { readonly parameter: Parameter; readonly layer: string } | null {
  for (const layer of layers.toReversed()) {
    const [parameter] = layer.trainable ? layer.weights : [];
    if (parameter !== undefined) return { parameter, layer: layer.name };
  }
  return null;
}

/** Where the gradient is largest. */
function largestIn(kernel: { readonly parameter: Parameter; readonly layer: string } | null): Place | null {
  const gradient = kernel?.parameter.gradientData ?? null;
  if (kernel === null || gradient === null) return null;
  let largest = 0;
  for (let at = 1; at < gradient.length; at++)
    if (maths.abs(gradient[at] ?? 0) > maths.abs(gradient[largest] ?? 0)) largest = at;
  return { ...kernel, at: largest };
}

function indexOf({ shape }: Parameter, at: number): readonly number[] {
  const index: number[] = [];
  let rest = at;
  for (const size of shape.toReversed()) {
    index.unshift(rest % size);
    rest = maths.floor(rest / size);
  }
  return index;
}
