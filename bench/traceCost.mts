// What recording costs: `fit` without a trace and with it, in turns in one process, from the same weights: --workload=W1 --ms=1500

import { backendName, type Model, type TraceLevel, useThreads } from "../src/engine/index.ts";
import { argument, marker } from "./measure.mts";
import { joinedTensors, makeModel } from "./models.mts";
import { type Workload, workloads } from "./workloads.mts";

/** Milliseconds a step. */
export interface LevelTime {
  readonly level: TraceLevel;
  readonly bestMs: number;
  readonly medianMs: number;
}

/** What this file prints, one line of JSON behind `marker`. */
export interface TraceCost {
  readonly backend: string;
  /** The first without a trace. */
  readonly levels: readonly LevelTime[];
}

/** A sample takes at least so long: clocks and callbacks then do not count. */
const sampleMs = 0.3;

/** One level's model, which learns from the same batches as all others. */
class Trainee {
  readonly level: TraceLevel;
  readonly samples: number[] = [];
  readonly #model: Model;
  readonly #examples: ReturnType<typeof joinedTensors>;
  readonly #workload: Workload;

  constructor(workload: Workload, level: TraceLevel) {
    const [optimizer] = workload.optimizers;
    if (optimizer === undefined) throw new RangeError("The workload has no optimizer.");
    this.#model = makeModel(workload, optimizer);
    this.#examples = joinedTensors(workload);
    this.#workload = workload;
    this.level = level;
  }

  /** Trains on, in samples of so many steps; every one goes into the trace. */
  async train(sampleCount: number, stepsPerSample: number): Promise<number> {
    const { batch, batches } = this.#workload;
    let steps = 0;
    let last = Number.NaN;
    const onStepEnd = () => {
      if (steps++ % stepsPerSample !== 0) return;
      const now = performance.now();
      // The first steps lay the pass out.
      if (steps > 2 * stepsPerSample) this.samples.push((now - last) / stepsPerSample);
      last = now;
    };
    const { loss } = await this.#model.fit(this.#examples.x, this.#examples.y, {
      batchSize: batch,
      shuffle: false,
      trace: this.level,
      every: 1,
      epochs: Math.ceil(((sampleCount + 2) * stepsPerSample) / batches),
      callbacks: [{ onStepEnd }],
    });
    return loss.at(-1) ?? Number.NaN;
  }
}

async function measureCost(workload: Workload, samplingMs: number): Promise<readonly LevelTime[]> {
  const trainees = (["off", "summary", "full"] as const).map((level) => new Trainee(workload, level));
  // Also warms up: JavaScript is compiled for what it meets.
  const stepMs = Math.min(...(await samplesOf(trainees, 20, 1)));
  const stepsPerSample = Math.max(1, Math.ceil(sampleMs / stepMs));
  await samplesOf(trainees, 1000, stepsPerSample, samplingMs / 3);
  for (const { samples } of trainees) samples.length = 0;
  await samplesOf(trainees, Math.ceil(20 / (stepMs * stepsPerSample)), stepsPerSample, samplingMs);
  return trainees.map(({ level, samples }) => {
    const sorted = samples.toSorted((a, b) => a - b);
    return { level, bestMs: sorted[0] ?? Number.NaN, medianMs: sorted[sorted.length >> 1] ?? Number.NaN };
  });
}

/** All take turns, at least once. What is recorded must not change what is learned. */
async function samplesOf(
  trainees: readonly Trainee[],
  sampleCount: number,
  stepsPerSample: number,
  forMs = 0,
): Promise<readonly number[]> {
  const started = performance.now();
  do {
    const losses: number[] = [];
    for (const trainee of trainees) losses.push(await trainee.train(sampleCount, stepsPerSample));
    if (losses.some((loss) => loss !== losses[0])) throw new Error(`The losses differ: ${losses.join(", ")}.`);
  } while (performance.now() - started < forMs);
  return trainees[0]?.samples ?? [];
}

const workload = workloads[argument("workload") ?? ""];
if (workload === undefined) throw new RangeError(`There is no workload ${argument("workload")}.`);
useThreads(1);
const levels = await measureCost(workload, Number(argument("ms") ?? 1500));
const cost: TraceCost = { backend: backendName(), levels };
console.log(`${marker}${JSON.stringify(cost)}`);
