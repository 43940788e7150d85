// What schedules of the catalogue check before they are asked for a rate directly: they themselves only compute it.

import { readArguments } from "../argumentCounts.ts";
import { checkedNumber, ValueError } from "../errors.ts";
import type { PlateauSchedule } from "./plateau.ts";
import { type Schedule, withMomentum } from "./schedule.ts";

type Make = (...given: never[]) => Schedule | PlateauSchedule;

/** The same functions; the schedules that they make refuse what is no step. */
export function makingChecked<Makers extends Readonly<Record<string, Make>>>(makers: Makers): Makers {
  const checking = Object.entries(makers).map(([name, make]) => [
    name,
    (...given: Parameters<typeof make>) => {
      const schedule = make(...given);
      return typeof schedule === "function" ? checked(`schedules.${name}`, schedule) : schedule;
    },
  ]);
  // Same names, and functions that take and give the same.
  return Object.fromEntries(checking);
}

function checked(op: string, schedule: Schedule): Schedule {
  const { momentum } = schedule;
  return withMomentum(
    (...given) => schedule(checkedStep(op, given)),
    momentum === undefined ? null : (...given) => momentum(checkedStep(`${op}.momentum`, given)),
  );
}

function checkedStep(op: string, given: [step: number]): number {
  const [step] = readArguments(op, 1, given);
  if (checkedNumber(op, "the step", step) >= 0) return step;
  throw new ValueError({ op, expected: "the step as 0 or more", got: String(step) });
}
