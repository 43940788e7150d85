// Looking an activation function up: all that is known of it by any way of writing its name, with the mathematics the backend runs.

import { readArguments } from "../argumentCounts.ts";
import { type UnaryName, unaryFunctions } from "../backend/scalarMaths.ts";
import { UnknownNameError } from "../errors.ts";
import { findName, type OpenName } from "../names.ts";
import {
  type ActivationEntry,
  type ActivationName,
  activationAliases,
  activationEntries,
  activationNames,
} from "./catalogue.ts";

/** What there is to know of one activation function. */
export interface ActivationInfo {
  /** The name in code: "leakyRelu". */
  readonly name: ActivationName;
  /** The name in words: "leaky ReLU". */
  readonly label: string;
  /** As text, for example `max(0, x)`. */
  readonly formula: string;
  /** What it is typically used for, in a sentence. */
  readonly use: string;
  /** Who proposed it, `null` when it is older than the field. */
  readonly source: string | null;
  /** The parameter's value when none is given; `null` when the function has none. */
  readonly defaultAlpha: number | null;
  /** On which side its slope goes to 0, `null` on none. */
  readonly saturates: "left" | "right" | "both" | null;
  /** Where its slope jumps or is not defined, ascending. */
  readonly kinks: readonly number[];
  /** Whether it treats each number by itself; softmax and log-softmax look at a whole row. */
  readonly isElementwise: boolean;
  /** sup |f′|; `null` when unbounded. */
  largestSlope(alpha?: number): number | null;
  /** f(z) in double precision. For softmax: the share of a class with score z against one with score 0. */
  value(z: number, alpha?: number): number;
  /** f′(z) in double precision. At a kink: the side PyTorch takes. */
  slope(z: number, alpha?: number): number;
}

const curveOf: Readonly<Partial<Record<ActivationName, UnaryName>>> = {
  prelu: "leakyRelu",
  // Softmax over two classes whose other score is 0 is the sigmoid.
  softmax: "sigmoid",
  logSoftmax: "logSigmoid",
};

/**
 * What there is to know of an activation function.
 *
 * @throws UnknownNameError with the nearest right name.
 */
export function activationInfo(name: OpenName<ActivationName>): ActivationInfo;
export function activationInfo(...given: [OpenName<ActivationName>]): ActivationInfo {
  const [name] = readArguments("activationInfo", 1, given);
  const known = resolveActivation(name);
  const entry: ActivationEntry = activationEntries[known];
  const { value, slope } = unaryFunctions[curveRoutine(known)];
  const defaultAlpha = entry.alpha ?? null;
  const alphaOr = (alpha: number | undefined) => alpha ?? defaultAlpha ?? 0;
  return {
    name: known,
    label: entry.label,
    formula: entry.formula,
    use: entry.use,
    source: entry.source ?? null,
    defaultAlpha,
    saturates: entry.saturates ?? null,
    kinks: entry.kinks ?? [],
    isElementwise: known !== "softmax" && known !== "logSoftmax",
    largestSlope: (alpha) =>
      typeof entry.largestSlope === "function" ? entry.largestSlope(alphaOr(alpha)) : entry.largestSlope,
    value: (z, alpha) => value(z, alphaOr(alpha)),
    slope: (z, alpha) => slope(z, value(z, alphaOr(alpha)), alphaOr(alpha)),
  };
}

/** The activation's proper name for any way of writing it. @throws UnknownNameError with the nearest right name. */
export function resolveActivation(name: OpenName<ActivationName>, option = "activation"): ActivationName {
  const known = findName(name, activationNames, activationAliases);
  if (known === null)
    throw new UnknownNameError({
      what: option,
      unknown: name,
      known: activationNames,
      aliases: activationAliases,
    });
  return known;
}

/** The backend routine whose curve an activation has; for softmax and PReLU that of a relative. */
export function curveRoutine(name: ActivationName): UnaryName {
  return activationEntries[name].function ?? curveOf[name] ?? "identity";
}

/** The backend routine of an activation; `null` for those that need more than one number at a time. */
export function activationRoutine(name: ActivationName): UnaryName | null {
  return activationEntries[name].function;
}
