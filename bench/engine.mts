// Our engine under a workload, through its public API, in a process of its own: --workload=W1 --backend=simd --threads=1 --workers=0 --ms=1500

import { setEngineHost } from "../src/engine/host.ts";
import { type BackendName, backendName, compare, type Run, useBackend, useThreads } from "../src/engine/index.ts";
import { helperStarter } from "../src/kernel/helperThreads.ts";
import { jobWorkersFrom } from "../src/kernel/jobWorkers.ts";
import { argument, leastSamples, type Measurement, meanOf, measureRuns, measureSteps, report } from "./measure.mts";
import { type Batches, joinedTensors, makeModel, makeTensors } from "./models.mts";
import { type OptimizerSpec, type Workload, workloads } from "./workloads.mts";

/** One call of trainOnBatch a step. */
function stepsOf(workload: Workload, optimizer: OptimizerSpec, batches: Batches): (index: number) => number {
  const model = makeModel(workload, optimizer);
  return (index) => {
    const { x, y } = batches[index % batches.length] as (typeof batches)[number];
    return model.trainOnBatch(x, y).loss ?? Number.NaN;
  };
}

/** `fit` with every step in the trace: each layer's gradient is measured as it goes. */
async function measureFit(workload: Workload, optimizer: OptimizerSpec, samplingMs: number): Promise<Measurement> {
  const model = makeModel(workload, optimizer);
  const { x, y } = joinedTensors(workload);
  const settings = { batchSize: workload.batch, shuffle: false, trace: "summary", every: 1 } as const;
  let curve: readonly number[] = [];
  let epochs = 3;
  const samples: number[] = [];
  const cpu = process.cpuUsage();
  let steps = 0;
  const watch = { last: 0 };
  const onStepEnd = () => {
    const now = performance.now();
    if (steps++ > 200) samples.push(now - watch.last);
    watch.last = now;
  };
  const started = performance.now();
  let run: Run | null = null;
  while (performance.now() - started < samplingMs || samples.length < leastSamples) {
    run = await model.fit(x, y, { ...settings, epochs, callbacks: [{ onStepEnd }] });
    if (curve.length === 0) curve = run.loss.slice(0, 20);
    epochs = 50;
  }
  const { user, system } = process.cpuUsage(cpu);
  if (run?.layers[0]?.series.l2.at(-1) == null) throw new Error("The trace holds no gradient norms.");
  const sorted = samples.toSorted((a, b) => a - b);
  return {
    bestMs: sorted[0] ?? Number.NaN,
    medianMs: sorted[sorted.length >> 1] ?? Number.NaN,
    meanMs: meanOf(samples),
    cpuMs: (user + system) / 1000 / steps,
    curve,
  };
}

/** All optimizers as a race, several at once; the first run starts the workers, the others find them there. */
function measureRace(workload: Workload, workers: number): Promise<Measurement> {
  const { x, y } = joinedTensors(workload);
  const models = workload.optimizers.map((optimizer) => [optimizer.kind, makeModel(workload, optimizer)] as const);
  const variants = Object.fromEntries(models.map(([name, model]) => [name, { model }]));
  const { batch: batchSize } = workload;
  return measureRuns(async () => {
    const race = await compare({
      data: { x, y },
      variants,
      ...{ batchSize, shuffle: false, seeds: 1, trace: "off", workers },
    });
    return race.variants.map(({ runs: [run] }) => run?.loss.at(-1) ?? Number.NaN);
  });
}

async function measureWorkload(workload: Workload, samplingMs: number): Promise<Measurement> {
  const [first, ...others] = workload.optimizers;
  if (first === undefined) throw new RangeError("The workload has no optimizer.");
  if (workload.gradientStatistics) return measureFit(workload, first, samplingMs);
  if (others.length === 0) return measureSteps(stepsOf(workload, first, makeTensors(workload)), samplingMs);
  const workers = Number(argument("workers") ?? 0);
  if (workers > 0) return measureRace(workload, workers);
  // The data are there before, for every peer.
  const batches = makeTensors(workload);
  return measureRuns(async () =>
    workload.optimizers.map((optimizer) => {
      const step = stepsOf(workload, optimizer, batches);
      let loss = Number.NaN;
      for (let index = 0; index < workload.batches; index++) loss = step(index);
      return loss;
    }),
  );
}

const workload = workloads[argument("workload") ?? ""];
if (workload === undefined) throw new RangeError(`There is no workload ${argument("workload")}.`);
const helperFile = new URL("../src/kernel/computeWorker.ts", import.meta.url);
const workerFile = new URL("../src/kernel/jobWorker.ts", import.meta.url);
setEngineHost({
  startHelper: helperStarter(helperFile),
  jobWorkers: jobWorkersFrom(workerFile, () => Number(argument("workers") ?? 0)),
  now: () => performance.now(),
});
useThreads(Number(argument("threads") ?? 1));
const wanted = argument("backend") ?? "simd";
const got = useBackend(wanted as BackendName);
if (wanted === "simd" && got === "plain") report({ kind: "cannot", reason: "no WebAssembly SIMD here" });
else {
  const measured = await measureWorkload(workload, Number(argument("ms") ?? 1500));
  report({ kind: "measured", ...measured });
  console.error(`${backendName()}`);
}
