// The view of a race: a line for each variant, the table of standings, and what may be said of who is ahead.

import { haveOneMeasure } from "../../engine/experiments/standings.ts";
import type { Estimate, Race, RaceNote, RaceVariant, Standing } from "../../engine/index.ts";
import { fromViewNumber } from "../../shared/json.ts";
import { formatChosen } from "../../shared/numbers.ts";
import {
  type OptimizersView,
  type Racer,
  type RacerEstimate,
  runawayFactor,
  type Sentence,
} from "../../shared/views.ts";
import type { Argument, Message } from "../../shared/words/message.ts";
import { count, list, number, say } from "../parts/say.ts";
import { significant } from "../parts/statistics.ts";
import { closeUpsOf } from "./raceCloseUps.ts";
import { raceCurve } from "./raceCurve.ts";

/** A view is kept in the file: all lines together have at most so many points, each at most the second number. */
const mostPoints = 4_000;
const mostPerLine = 240;

/** Numbers nearer than this share are "about" the same. */
const aboutWithin = 0.05;
/** The most characters a note holds of an error. */
const longestProblem = 200;
/** The most names a sentence lists. */
const listedNames = 4;

export function optimizersView(race: Race, raceId: string): OptimizersView {
  const standings = race.standings;
  const points = pointsPerLine(race);
  const longest = plannedSteps(race);
  const racers = race.variants.map((variant) => ({
    ...racerOf(variant, standingOf(standings, variant), { points, isGrowing: race.state === "running" }),
    ...withCloseUps(race, variant),
    ...ownPlan(variant, longest),
  }));
  return {
    kind: "optimizers",
    version: 1,
    raceId,
    state: race.state,
    sentence: sentenceOf(race, standings),
    notes: notesOf(race, racers),
    seeds: race.seeds.length,
    lossName: race.lossName,
    hasValidation: race.hasValidation,
    target: race.target,
    plannedSteps: longest,
    racers,
  };
}

function pointsPerLine({ variants }: Race): number {
  return Math.max(24, Math.min(mostPerLine, Math.floor(mostPoints / variants.length)));
}

function standingOf(standings: readonly Standing[], { name }: RaceVariant): Standing | null {
  return standings.find((standing) => standing.name === name) ?? null;
}

/** Where only time ends the runs, as far as they came. */
function plannedSteps({ variants }: Race): number {
  const steps = variants.map(({ steps: { planned }, laps }) =>
    planned === null ? laps.reduce((most, { loss }) => Math.max(most, loss.length), 0) : planned,
  );
  return Math.max(1, ...steps);
}

function ownPlan({ steps: { planned } }: RaceVariant, longest: number): Pick<Racer, "plannedSteps"> {
  return planned === null || planned === longest ? {} : { plannedSteps: planned };
}

function racerOf(variant: RaceVariant, standing: Standing | null, shown: Parameters<typeof raceCurve>[1]): Racer {
  const { name, optimizer, learningRate } = variant;
  return {
    name,
    optimizer,
    learningRate,
    rank: standing?.rank ?? null,
    isShared: standing?.isShared ?? false,
    ...raceCurve(variant, shown),
    final: roundedEstimate(standing?.final),
    best: roundedEstimate(standing?.best),
    validation: roundedEstimate(standing?.validation),
    target: roundedEstimate(standing?.target),
    reached: standing?.target?.reached ?? 0,
    msPerStep: standing?.msPerStep == null ? null : significant(standing.msPerStep, 3),
    ended: standing?.ended ?? 0,
    diverged: standing?.diverged ?? 0,
  };
}

/** Not while it runs: frames stay small. */
function withCloseUps({ state, variants }: Race, { laps: [lap] }: RaceVariant): Pick<Racer, "closeUps"> {
  const closeUps = state === "running" ? null : closeUpsOf(lap?.closeUps ?? null, variants.length);
  return closeUps === null ? {} : { closeUps };
}

function roundedEstimate(given: Estimate | null | undefined): RacerEstimate | null {
  if (given == null) return null;
  const rounded = (value: number | null) => (value === null ? null : significant(value, 4));
  return { mean: significant(given.mean, 4), low: rounded(given.low), high: rounded(given.high) };
}

function sentenceOf(race: Race, standings: readonly Standing[]): Sentence {
  if (race.state === "running") return { tone: "info", messages: [progressMessage(race)] };
  const stopped =
    race.state === "finished" ? [] : [say(race.state === "stopped" ? "raceStopped" : "raceFailed", endedArgs(race))];
  const diverged = standings.filter((each) => each.diverged > 0);
  const divergedMessages = diverged.map(({ name, diverged: times, ended }) =>
    say("raceDiverged", { name, diverged: count(times), ended: count(ended) }),
  );
  // Of a race that was cut short, some variants have more runs behind them than others: nobody is ahead.
  const leads = race.state === "finished" ? [...leadMessages(race, standings), ...targetMessages(race, standings)] : [];
  const messages = [...stopped, ...leads, ...divergedMessages];
  return { tone: race.state === "failed" ? "error" : diverged.length > 0 ? "warning" : "info", messages };
}

function progressMessage(race: Race): Message {
  const { trials } = race;
  if (trials.length === 0) return say("raceRunning", endedArgs(race));
  const ended = trials.filter(({ state }) => state !== "waiting" && state !== "running").length;
  return say("raceTuning", { ended: count(ended), all: count(trials.length) });
}

function endedArgs({ variants }: Race) {
  const laps = variants.flatMap((variant) => variant.laps);
  const ended = laps.filter(({ state }) => state === "finished" || state === "diverged").length;
  return { ended: count(ended), all: count(laps.length) };
}

/** Who is ahead; nobody where intervals overlap, or where there is only one run to go by. */
function leadMessages(race: Race, standings: readonly Standing[]): readonly Message[] {
  const { seeds } = race;
  const [first] = standings;
  if (first?.final == null) return [say("raceNothingYet")];
  const loss = number(first.final.mean);
  if (!haveOneMeasure(race)) return [say("raceOtherMeasures")];
  if (standings.length === 1) return [say("raceAlone", { name: first.name, loss })];
  const least = standings.filter(({ final }) => final?.mean === first.final?.mean);
  if (seeds.length === 1)
    return [
      least.length > 1
        ? say("raceOneSeedAlike", { names: listed(least), loss })
        : say("raceOneSeed", { name: first.name, loss }),
    ];
  const repeated = standings.filter(({ final }) => final !== null && final.low === null);
  if (repeated.length > 0) return [say("raceSameRuns", { least: listed(least), loss, names: listed(repeated) })];
  const leaders = standings.filter((each) => isUnbeaten(each, standings));
  if (leaders.length === 1) return [say("raceWon", { name: first.name, loss, seeds: count(seeds.length) })];
  const args = { count: count(leaders.length), seeds: count(seeds.length) };
  const [, second] = leaders;
  if (leaders.length === standings.length)
    return leaders.length === 2 && second !== undefined
      ? [say("raceBothTied", { first: first.name, second: second.name, seeds: args.seeds })]
      : [say("raceAllTied", args)];
  // One between them by its mean may be clearly worse than the first: then the others do not end lowest.
  if (leaders.some((each, index) => each !== standings[index]))
    return [say("raceTiedWith", { name: first.name, loss, names: listed(leaders.slice(1)), seeds: args.seeds })];
  // Means apart whose intervals overlap are not "about" one number.
  const most = Math.max(...leaders.map(({ final }) => final?.mean ?? 0));
  const tied = { ...args, names: listed(leaders), loss };
  return [
    isAbout(most, first.final.mean) ? say("raceTied", tied) : say("raceTiedBetween", { ...tied, most: number(most) }),
  ];
}

/** Whether it may be the best: no interval lies wholly below its own. Its rank may be shared by one that is beaten. */
function isUnbeaten(standing: Standing, standings: readonly Standing[]): boolean {
  return standing.final?.low != null && beatenBy(standing, standings) === 0;
}

/** By how many it is beaten clearly. */
function beatenBy({ final }: Standing, standings: readonly Standing[]): number {
  const low = final?.low ?? Number.NEGATIVE_INFINITY;
  return standings.filter((other) => other.final?.high != null && other.final.high < low).length;
}

/** Who came to the target first, of those all of whose runs did. */
function targetMessages(race: Race, standings: readonly Standing[]): readonly Message[] {
  const { target, seeds } = race;
  if (target === null || !haveOneMeasure(race)) return [];
  const there = standings.filter((each) => each.target !== null && each.target.reached === seeds.length);
  const sorted = there.toSorted((a, b) => (a.target?.mean ?? 0) - (b.target?.mean ?? 0));
  const [first] = sorted;
  if (first?.target == null) return [say("raceTargetMissed", { target: formatChosen(target) })];
  const { mean, high } = first.target;
  // A single number is its own interval: it may be met, if not told apart.
  const equals = sorted.filter(({ target: each }) => each !== null && (each.low ?? each.mean) <= (high ?? mean));
  const args = { target: formatChosen(target), steps: count(Math.round(mean)) };
  if (equals.length > 1) {
    const most = Math.max(...equals.map((each) => each.target?.mean ?? 0));
    const tied = { ...args, names: listed(equals) };
    const between = { ...tied, most: count(Math.round(most)) };
    return [isAbout(most, mean) ? say("raceTargetTied", tied) : say("raceTargetTiedBetween", between)];
  }
  if (sorted.some(({ target: each }) => each?.low === null))
    return [say("raceTargetOneSeed", { ...args, name: first.name })];
  // Runs of others may have come there sooner, though not all of them.
  const isPartly = standings.some((each) => (each.target?.reached ?? 0) > 0 && !there.includes(each));
  const words = !isPartly ? "raceTarget" : there.length === 1 ? "raceTargetAlone" : "raceTargetWhole";
  return [say(words, { ...args, name: first.name })];
}

/** Whether a sentence may say one number "about" for both. */
function isAbout(most: number, least: number): boolean {
  return most - least <= aboutWithin * Math.abs(least);
}

function listed(standings: readonly Standing[]): Argument {
  return list(
    standings.map(({ name }) => name),
    listedNames,
  );
}

function notesOf(race: Race, racers: readonly Racer[]): readonly Message[] {
  const seeds = race.seeds.length;
  const windows = race.variants.map(({ steps }) => Math.max(1, Math.min(steps.perEpoch, 50)));
  const window = Math.max(1, ...windows);
  // Said from the start of a race whose length is known: a line that comes later would move what stands below it.
  const willBeThinned = race.variants.some(({ steps }) => (steps.planned ?? 0) > pointsPerLine(race));
  const isThinned = willBeThinned || racers.some(({ steps }) => (steps.at(-1) ?? 0) > steps.length);
  return [
    fairMessage(race),
    ...unequalSteps(race),
    ...(window > 1 ? [say("raceSmoothed", { steps: count(window) })] : []),
    ...(seeds > 1 ? [say("raceIntervals")] : []),
    ...sharedRanks(race.standings),
    ...(isThinned ? [say("raceThinned")] : []),
    ...racers.filter((racer) => isRunaway(racer, racers)).map(({ name }) => say("raceBeyond", { name })),
    ...(seeds > 1 && racers.some(({ msPerStep }) => msPerStep !== null) ? [say("raceQuickest")] : []),
    ...(race.workers > 1 ? [say("raceTimes", { workers: count(race.workers) })] : []),
    ...race.notes.flatMap((note) => noteMessage(race, note) ?? []),
  ];
}

/** Who ranks before one that beats it, in one line however many they are. */
function sharedRanks(standings: readonly Standing[]): readonly Message[] {
  const early = standings.filter((each) => each.rank !== null && each.rank <= beatenBy(each, standings));
  const [first] = early;
  if (first === undefined) return [];
  return [
    early.length === 1 ? say("raceRankShared", { name: first.name }) : say("raceRanksShared", { names: listed(early) }),
  ];
}

/** What is the same for all, seed by seed. */
function fairMessage({ seeds, variants, notes }: Race): Message {
  const hasOwnModels = notes.some(({ kind }) => kind === "ownModels");
  const hasOwnBatches = new Set(variants.map(({ batchSize }) => batchSize)).size > 1;
  if (hasOwnModels) return say(hasOwnBatches ? "raceFairLayersOrder" : "raceFairLayers");
  if (hasOwnBatches) return say("raceFairOrder");
  return say(seeds.length === 1 ? "raceFairOneSeed" : "raceFair", { seeds: count(seeds.length) });
}

/** Whoever trains longer comes further. */
function unequalSteps({ variants }: Race): readonly Message[] {
  const planned = variants.flatMap(({ steps }) => steps.planned ?? []);
  const [least, most] = [Math.min(...planned), Math.max(...planned)];
  return least < most ? [say("raceUnequalSteps", { least: count(least), most: count(most) })] : [];
}

/** Whether its line leaves the picture at the top. */
function isRunaway({ mean }: Racer, racers: readonly Racer[]): boolean {
  const starts = racers.flatMap((each) => fromViewNumber(each.mean[0] ?? null) ?? []);
  const ceiling = runawayFactor * Math.max(...starts);
  return mean.some((value) => (fromViewNumber(value) ?? 0) > ceiling);
}

/** A note holds no more of an error: the cell shows the whole. */
function firstLine(text: string): string {
  const [line = ""] = text.split("\n");
  return line.length > longestProblem ? `${line.slice(0, longestProblem)}…` : line;
}

function noteMessage(race: Race, { kind, variant, problem }: RaceNote): Message | null {
  const name = variant ?? "";
  const first = race.variants[0]?.name ?? "";
  const tuning = race.variants.find((each) => each.name === variant)?.tuning;
  switch (kind) {
    case "ownThread":
      return say("raceOwnThread", { name });
    case "ownSeed":
      return say("raceOwnSeed", { name });
    case "ownModels":
      // That is in what was fair.
      return null;
    case "otherLoss":
      return say("raceOtherLoss", { name, first });
    case "otherPenalty":
      return say("raceOtherPenalty", { name, first });
    case "otherNoise":
      return say("raceOtherNoise", { name, first });
    case "failed":
      return say("raceVariantFailed", { name, problem: firstLine(problem ?? "") });
    case "timeBudget":
      return say("raceTimeBudget");
    case "notTuned":
      return say("raceNotTuned", { name });
    case "tuned":
    case "edgeOfGrid": {
      const rates = list((tuning?.trials ?? []).map(({ learningRate }) => String(learningRate)));
      const args = {
        name,
        rates,
        rate: String(tuning?.chosen ?? ""),
        steps: count(tuning?.steps ?? 0),
        seeds: count(tuning?.seeds ?? 0),
      };
      return say(kind === "tuned" ? "raceTuned" : "raceEdgeOfGrid", args);
    }
  }
}
