// What to know of how a race was run: what could not be fair, exact or parallel, and how learning rates were chosen.

import { lossMeasure, noiseMeasure, penaltyMeasure } from "./lossMeasure.ts";
import type { RaceNote, RaceVariant } from "./race.ts";
import type { SettledRace, Starter } from "./racePlan.ts";

/** What is known before it begins. */
export function notesOn({ starters, workers, seeds, hasTimeBudget }: SettledRace): readonly RaceNote[] {
  const ofVariants = starters.flatMap(({ packing, entrant: { name }, template }): RaceNote[] => [
    ...(packing.kind === "unportable" && workers > 0
      ? [
          note(
            "ownThread",
            name,
            `"${name}" trains in the thread of the cells, one run after the other: ${packing.obstacles.join(", ")} cannot be sent to another thread.`,
          ),
        ]
      : []),
    ...(template.seed !== null && seeds.length > 1
      ? [
          note(
            "ownSeed",
            name,
            `The model of "${name}" has a seed of its own: all its runs start from the same weights, and the seeds change at most the order of the batches and what its layers draw.`,
          ),
        ]
      : []),
  ]);
  const measured = [...ofVariants, ...ownModels(starters), ...otherMeasures(starters)];
  const text =
    "The budget is time: other programs and other runs change how far each one comes, so this race is neither exact nor repeatable.";
  return hasTimeBudget ? [...measured, note("timeBudget", null, text)] : measured;
}

function ownModels(starters: readonly Starter[]): readonly RaceNote[] {
  if (starters.length < 2 || starters.every(({ entrant: { options } }) => options.model === undefined)) return [];
  const text =
    "Variants have models of their own: their layers start from the same weights where they agree in place, shape and initializer.";
  return [note("ownModels", null, text)];
}

/** Of those whose loss is another number than that of the first. */
function otherMeasures([first, ...others]: readonly Starter[]): readonly RaceNote[] {
  if (first === undefined) return [];
  const loss = lossMeasure(first.template);
  const penalty = penaltyMeasure(first.template);
  const noise = noiseMeasure(first.template);
  const beside = `that of "${first.entrant.name}"`;
  return others.flatMap(({ entrant: { name }, template }): RaceNote[] => [
    ...(lossMeasure(template) === loss
      ? []
      : [note("otherLoss", name, `The loss of "${name}" is another one than ${beside}: they cannot be compared.`)]),
    ...(penaltyMeasure(template) === penalty
      ? []
      : [
          note(
            "otherPenalty",
            name,
            `The loss of "${name}" holds other penalties than ${beside}: they cannot be compared. A metric can: metrics: ["acc"].`,
          ),
        ]),
    ...(noiseMeasure(template) === noise
      ? []
      : [
          note(
            "otherNoise",
            name,
            `The training loss of "${name}" is taken with other dropout or noise than ${beside}: they cannot be compared. The loss on validation data can.`,
          ),
        ]),
  ]);
}

/** What tuning came to for a variant; `isScheduled`: its learning rate was left to its schedule. */
export function tuningNote({ name, tuning }: RaceVariant, isScheduled: boolean): RaceNote {
  if (tuning === null)
    return note(
      "notTuned",
      name,
      isScheduled
        ? `"${name}" keeps its schedule: there is no single learning rate to tune.`
        : `"${name}" keeps its learning rate: every rate of the grid diverged.`,
    );
  const rates = tuning.trials.map(({ learningRate }) => learningRate).join(", ");
  const rule = `the lowest mean final loss of ${rates} in ${tuning.steps} steps over ${tuning.seeds} seeds`;
  return tuning.isAtEdge
    ? note(
        "edgeOfGrid",
        name,
        `"${name}" trains at ${tuning.chosen}, ${rule}: at the edge of the grid, so a better rate may lie beyond.`,
      )
    : note("tuned", name, `"${name}" trains at ${tuning.chosen}: ${rule}.`);
}

/** A variant that cannot be trained, while the others go on. */
export function failureNote(name: string, error: unknown): RaceNote {
  const problem = error instanceof Error ? error.message : String(error);
  return { ...note("failed", name, `"${name}" failed, and the others go on without it: ${problem}`), problem };
}

function note(kind: RaceNote["kind"], variant: string | null, text: string): RaceNote {
  return { kind, variant, text };
}
