// Gives each optimizer of a race its own learning rate: the best of a stated grid, by a stated rule.

import { maths } from "../intrinsics.ts";
import { packModel } from "../training/model/modelRecipe.ts";
import type { TuneOptions } from "./compareOptions.ts";
import type { Work } from "./crew.ts";
import type { MutableLap, RaceVariant, Tuning } from "./race.ts";
import type { Starter } from "./racePlan.ts";
import { smoothed, smoothingOf } from "./standings.ts";
import { halfDecadesAround } from "./variants.ts";

/** Where nobody says how long a trial is. */
const shareOfRace = 0.25;
const fewestSteps = 20;

/** The trials of one variant. */
export interface Trials {
  readonly works: readonly Work[];
  /** The learning rate with the lowest mean final loss over the seeds; of equal ones the smaller. `null` when all diverged. */
  readonly choose: () => Tuning | null;
}

/** The trials of a variant whose learning rate is one number. */
export function trialsOf(
  { entrant, settings, planned, template }: Starter,
  variant: RaceVariant,
  rate: number,
  asked: { readonly options: TuneOptions; readonly seeds: readonly number[]; readonly newId: () => number },
): Trials {
  const { options, seeds, newId } = asked;
  const rates = (options.rates ?? halfDecadesAround(rate)).toSorted((a, b) => a - b);
  const steps = options.steps ?? maths.max(fewestSteps, maths.ceil((planned ?? 0) * shareOfRace));
  const tried = seeds.slice(0, options.seeds ?? seeds.length);
  const places = template.layers.map(({ place }) => place);
  const laps = rates.map((learningRate) => {
    const packing = packModel(entrant.make(learningRate));
    return tried.map((seed): Work => {
      const lap: MutableLap = { seed, state: "waiting", loss: [], ms: null, run: null, closeUps: null };
      const name = `${entrant.name}, learning rate ${learningRate}, seed ${seed}`;
      const epochs = maths.ceil(steps / variant.steps.perEpoch);
      const budget = { steps, ms: null };
      return {
        id: newId(),
        variant: entrant.name,
        packing,
        make: () => entrant.make(learningRate),
        settings: { ...settings, name, seed, epochs, budget, trace: "off", snapshots: false, closeUps: [] },
        places,
        lap,
      };
    });
  });
  const choose = (): Tuning | null => {
    const losses = laps.map((works) => meanFinal(works, smoothingOf(variant)));
    const best = losses.reduce<number | null>(
      (least, loss) => (loss !== null && (least === null || loss < least) ? loss : least),
      null,
    );
    const index = losses.indexOf(best);
    const chosen = rates[index];
    if (best === null || chosen === undefined) return null;
    return {
      trials: rates.map((learningRate, at) => ({ learningRate, loss: losses[at] ?? null })),
      chosen,
      isAtEdge: rates.length > 1 && (index === 0 || index === rates.length - 1),
      steps,
      seeds: tried.length,
    };
  };
  return { works: laps.flat(), choose };
}

/** `null` where a trial diverged. */
function meanFinal(works: readonly Work[], window: number): number | null {
  const finals = works.map(({ lap }) =>
    lap.state === "finished" ? (smoothed(lap.loss, window).at(-1) ?? Number.NaN) : Number.NaN,
  );
  const mean = finals.reduce((sum, value) => sum + value, 0) / finals.length;
  return Number.isFinite(mean) ? mean : null;
}
