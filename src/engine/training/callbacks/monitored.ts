// The value of an epoch that callbacks and schedules watch, by its name.

import { UnknownNameError } from "../../errors.ts";
import { findName } from "../../names.ts";
import type { Run } from "../run.ts";

/** "validationAccuracy" and "accuracy" both are about "accuracy". */
function isNamed(monitor: string, name: string): boolean {
  return monitor === name || monitor === validationName(name);
}

/** "loss" → "validationLoss". */
export function validationName(name: string): string {
  return `validation${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** The value to watch, `null`: the validation loss where there is one, else the loss. @throws UnknownNameError */
export function monitored(
  monitor: string | null,
  values: Readonly<Record<string, number>>,
  run: Run,
): { readonly name: string; readonly value: number; readonly better: "lower" | "higher" } {
  const name = monitor ?? ("validationLoss" in values ? "validationLoss" : "loss");
  const known = Object.keys(values);
  // Keras writes val_loss.
  const aliases = Object.fromEntries(known.map((each) => [each.replace(/^validation/, "val"), each]));
  const found = findName(name, known, aliases);
  const value = found === null ? undefined : values[found];
  if (found === null || value === undefined)
    throw new UnknownNameError({ what: "value to monitor", unknown: name, known });
  const isHigherBetter = run.history.some((history) => history.better === "higher" && isNamed(found, history.name));
  return { name: found, value, better: isHigherBetter ? "higher" : "lower" };
}
