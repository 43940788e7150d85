// Timing of steps: first the loss curve, then a warm-up, then samples of at least a millisecond.

export interface Measurement {
  readonly bestMs: number;
  readonly medianMs: number;
  readonly meanMs: number;
  /** Processor time a step: holds on a busy machine. */
  readonly cpuMs: number;
  /** The losses of the first steps (of several optimizers: each one's last loss). */
  readonly curve: readonly number[];
  /** The first time, in a fresh process; only where one sample is a whole epoch. */
  readonly coldMs?: number;
}

/** What a peer's process prints, one line of JSON behind `marker`. */
export type PeerResult =
  | (Measurement & { readonly kind: "measured" })
  | { readonly kind: "cannot"; readonly reason: string };

export const marker = "@@";
const curveSteps = 20;
const warmUpMs = 700;
export const leastSamples = 8;

/** Times `step(i)`, which gives the loss of step i once it has reached the host. */
export async function measureSteps(
  step: (index: number) => number | Promise<number>,
  samplingMs: number,
): Promise<Measurement> {
  const curve: number[] = [];
  let index = 0;
  for (const started = performance.now(); index < curveSteps && (index < 3 || performance.now() - started < 20_000); )
    curve.push(await step(index++));
  for (const started = performance.now(); performance.now() - started < warmUpMs; ) await resolved(step(index++));
  const perSample = await stepsForOneMs(step, () => index++);
  const samples: number[] = [];
  const cpu = process.cpuUsage();
  const started = performance.now();
  while (performance.now() - started < samplingMs || samples.length < leastSamples) {
    samples.push((await timeSteps(step, perSample, () => index++)) / perSample);
    if (performance.now() - started > 10 * samplingMs && samples.length >= 3) break;
  }
  const { user, system } = process.cpuUsage(cpu);
  const sorted = samples.toSorted((a, b) => a - b);
  return {
    bestMs: sorted[0] ?? Number.NaN,
    medianMs: sorted[sorted.length >> 1] ?? Number.NaN,
    meanMs: meanOf(sorted),
    cpuMs: (user + system) / 1000 / (samples.length * perSample),
    curve,
  };
}

async function stepsForOneMs(step: (index: number) => number | Promise<number>, next: () => number): Promise<number> {
  for (let count = 1; ; count *= 2) if (count > 4096 || (await timeSteps(step, count, next)) >= 1) return count;
}

async function timeSteps(
  step: (index: number) => number | Promise<number>,
  count: number,
  next: () => number,
): Promise<number> {
  const started = performance.now();
  for (let each = 0; each < count; each++) {
    const loss = step(next());
    if (typeof loss !== "number") await loss;
  }
  return performance.now() - started;
}

async function resolved(loss: number | Promise<number>): Promise<void> {
  if (typeof loss !== "number") await loss;
}

/** Times whole runs: the first is the cold one, the better of the others counts. `run` gives each optimizer's last loss. */
export async function measureRuns(run: () => Promise<readonly number[]>, times = 3): Promise<Measurement> {
  const runs: { ms: number; cpu: number; losses: readonly number[] }[] = [];
  for (let each = 0; each < times; each++) {
    const cpu = process.cpuUsage();
    const started = performance.now();
    const losses = await run();
    const ms = performance.now() - started;
    const { user, system } = process.cpuUsage(cpu);
    runs.push({ ms, cpu: (user + system) / 1000, losses });
  }
  const warm = runs.length > 1 ? runs.slice(1) : runs;
  const sorted = warm.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    bestMs: sorted[0] ?? Number.NaN,
    medianMs: sorted[sorted.length >> 1] ?? Number.NaN,
    meanMs: meanOf(sorted),
    cpuMs: Math.min(...warm.map(({ cpu }) => cpu)),
    curve: runs[0]?.losses ?? [],
    coldMs: runs[0]?.ms ?? Number.NaN,
  };
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Prints a result for whoever started this process. */
export function report(result: PeerResult): void {
  console.log(`${marker}${JSON.stringify(result)}`);
}

/** `--name=value` from the command line. */
export function argument(name: string): string | null {
  const start = `--${name}=`;
  return process.argv.find((each) => each.startsWith(start))?.slice(start.length) ?? null;
}
