// `npm run bench`: the training workloads on our engine and, where asked, on other libraries, in interleaved rounds; prints tables.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { PlainError, readFlags, runNpm, runScript } from "../scripts/run.mts";
import { wideVectorsFlag } from "../src/session/wideVectors.ts";
import { startLoad } from "./load.mts";
import { type Measurement, marker, meanOf, type PeerResult } from "./measure.mts";
import type { LevelTime, TraceCost } from "./traceCost.mts";
import { operationsOfStep, type Workload, workloads } from "./workloads.mts";

interface Peer {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
  /** What Node is told. */
  readonly flags?: readonly string[];
  /** Whether the library must be installed first. */
  readonly isForeign: boolean;
  /** Whether it takes part only where several optimizers are timed together. */
  readonly onlyEpochs?: boolean;
}

const engine = (name: string, ...args: string[]): Peer => ({ name, script: "engine.mts", args, isForeign: false });
const foreign = (name: string, script: string, ...args: string[]): Peer => ({
  name,
  script: path.join("peers", script),
  args,
  isForeign: true,
});

const peers: readonly Peer[] = [
  engine("nnbook", "--backend=simd"),
  { ...engine("nnbook-wide", "--backend=simd"), flags: [wideVectorsFlag] },
  engine("nnbook-baseline", "--backend=simdBaseline"),
  engine("nnbook-plain", "--backend=plain"),
  foreign("tfjs-wasm", "tfjs.mts", "--backend=wasm"),
  foreign("tfjs-cpu", "tfjs.mts", "--backend=cpu"),
  foreign("jax-js", "jaxJs.mts"),
];

const usage = `npm run bench -- [--workload W1,W2] [--peers nnbook,tfjs-wasm] [--threads 2] [--workers 2] [--load 0,1,2,bursts] [--rounds 3] [--ms 1500] [--json]
Workloads: ${Object.keys(workloads).join(", ")}. Peers: ${peers.map(({ name }) => name).join(", ")}; all but nnbook's own are installed when first asked for.
       npm run bench -- --trace-cost [--workload W1,W3] [--rounds 3] [--ms 1500]
       npm run bench -- --threads-cost [--threads 2] [--workload W2,W4] [--load 0,1,2,4] [--rounds 3] [--ms 1500]
With --threads, nnbook's own run on one thread and, in the same rounds, on so many, where the engine finds that faster.
With --workers, W6's optimizers also race on so many workers of compare, in the same rounds.
With --load, so many other processes that never rest run beside each measurement; bursts: one that works 50 ms of each second.
With --trace-cost it is measured instead how much longer a step of fit takes when every one is recorded.
With --threads-cost one table tells how much longer several threads take than one, by the load beside them.`;

type Output<Result> =
  | { readonly kind: "told"; readonly result: Result }
  | { readonly kind: "cannot"; readonly reason: string };

/** What a process of its own tells behind the marker. */
function resultOf<Result>(script: string, args: readonly string[], nodeFlags: readonly string[] = []): Output<Result> {
  const flags = ["--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "--disable-warning=ExperimentalWarning"];
  const all = [...flags, ...nodeFlags, path.join(import.meta.dirname, script), ...args];
  const { stdout, stderr, error } = spawnSync(process.execPath, all, { encoding: "utf8", timeout: 200_000 });
  const line = stdout?.split("\n").find((each) => each.startsWith(marker));
  if (line !== undefined) return { kind: "told", result: JSON.parse(line.slice(marker.length)) as Result };
  const told = stderr?.split("\n").findLast((each) => /Error|error/.test(each));
  return { kind: "cannot", reason: error?.message ?? told?.trim() ?? "it ended without a result" };
}

/** One process for one workload on one peer. */
function measureOnce(peer: Peer, workload: string, options: { ms: string }): PeerResult {
  const args = [...peer.args, `--workload=${workload}`, `--ms=${options.ms}`];
  const output = resultOf<PeerResult>(peer.script, args, peer.flags);
  return output.kind === "told" ? output.result : output;
}

/** The rounds of one peer put together: the best sample of all, the median of the medians. */
function combine(rounds: readonly Measurement[]): Measurement {
  const middle = (values: readonly number[]) =>
    values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? Number.NaN;
  const [first] = rounds;
  return {
    bestMs: Math.min(...rounds.map(({ bestMs }) => bestMs)),
    medianMs: middle(rounds.map(({ medianMs }) => medianMs)),
    meanMs: meanOf(rounds.map(({ meanMs }) => meanMs)),
    cpuMs: Math.min(...rounds.map(({ cpuMs }) => cpuMs)),
    curve: first?.curve ?? [],
    ...(first?.coldMs === undefined ? {} : { coldMs: first.coldMs }),
  };
}

interface Row {
  readonly peer: string;
  readonly measured: Measurement | null;
  readonly reason: string | null;
}

interface Table {
  readonly workload: string;
  readonly load: string;
  readonly rows: readonly Row[];
}

function printTable({ workload, load, rows }: Table): void {
  const spec = workloads[workload] as Workload;
  const isEpoch = spec.optimizers.length > 1;
  console.log(`\n${workload}: ${spec.title}${load === "0" ? "" : `; load ${load}`}`);
  console.log(`${isEpoch ? "ms for all optimizers" : "ms per step"}, ratios of best samples\n`);
  const ours = rows.find(({ peer }) => peer === "nnbook")?.measured ?? null;
  console.log(
    "| peer | best | median | mean | CPU | GFLOP/s | nnbook is … times faster | largest difference of losses |",
  );
  console.log("|---|--:|--:|--:|--:|--:|--:|--:|");
  for (const { peer, measured, reason } of rows) {
    if (measured === null) {
      console.log(`| ${peer} | ${reason} | | | | | |`);
      continue;
    }
    const speed = isEpoch ? "" : (operationsOfStep(spec) / measured.bestMs / 1e6).toFixed(1);
    const ratio = ours === null || peer === "nnbook" ? "" : (measured.bestMs / ours.bestMs).toFixed(2);
    const times = [measured.bestMs, measured.medianMs, measured.meanMs, measured.cpuMs].map((ms) =>
      String(Number(ms.toPrecision(3))),
    );
    console.log(`| ${peer} | ${times.join(" | ")} | ${speed} | ${ratio} | ${difference(rows[0], measured)} |`);
  }
  const first = rows.find(({ measured }) => measured !== null);
  if (first === undefined) return;
  console.log(`\nlosses of ${first.peer}: ${first.measured?.curve.map((loss) => loss.toPrecision(4)).join(" ")}`);
}

/** Peers that do not compute the same are not measured against each other. */
function difference(first: Row | undefined, measured: Measurement): string {
  const base = first?.measured?.curve ?? [];
  if (base === measured.curve || base.length === 0) return "";
  const gap = Math.max(
    ...measured.curve.slice(0, base.length).map((loss, index) => Math.abs(loss - (base[index] ?? 0))),
  );
  return `${gap.toExponential(1)}${gap > 0.02 ? " (not the same computation)" : ""}`;
}

/** How long steps take on several threads, as a share of what they take on one. */
function printThreadsCosts(tables: readonly Table[], threads: string, rounds: string): void {
  console.log(`${machine()}, ms a step on 1 and on ${threads} threads, ${rounds} interleaved rounds\n`);
  console.log(
    `| workload | load | median on 1 | on ${threads} | as a share | mean on 1 | on ${threads} | as a share | best on 1 | on ${threads} |`,
  );
  console.log("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
  const text = (ms: number) => String(Number(ms.toPrecision(3)));
  for (const { workload, load, rows } of tables) {
    const [one, several] = rows.map(({ measured }) => measured);
    const cells = [one, several].includes(null)
      ? [rows.find(({ reason }) => reason !== null)?.reason ?? ""]
      : (["medianMs", "meanMs", "bestMs"] as const).flatMap((key) => {
          const [alone, together] = [one?.[key] ?? Number.NaN, several?.[key] ?? Number.NaN];
          return [text(alone), text(together), ...(key === "bestMs" ? [] : [(together / alone).toFixed(2)])];
        });
    console.log(`| ${[workload, load, ...cells].join(" | ")} |`);
  }
}

/** How much longer recorded steps take: each round a process of its own, in which all levels take turns. */
function printTraceCosts(names: readonly string[], { rounds, ms }: { rounds: string; ms: string }): void {
  console.log(
    `${machine()}, trace "off" against "summary" and "full", every step recorded, ${rounds} processes each\n`,
  );
  console.log("| workload | ms a step | summary, by best samples | by medians | full, by best samples | by medians |");
  console.log("|---|--:|--:|--:|--:|--:|");
  for (const name of names) {
    const costs = Array.from({ length: Number(rounds) }, () =>
      resultOf<TraceCost>("traceCost.mts", [`--workload=${name}`, `--ms=${ms}`]),
    );
    const refused = costs.find((cost) => cost.kind === "cannot");
    if (refused !== undefined) throw new PlainError(`${name}: ${refused.reason}`);
    const all = costs.flatMap((cost) => (cost.kind === "told" ? [cost.result] : []));
    const best = Math.min(...all.map(({ levels }) => levels[0]?.bestMs ?? Number.NaN));
    const shares = [1, 2].flatMap((level) => [
      sharesText(all, level, ({ bestMs }) => bestMs),
      sharesText(all, level, ({ medianMs }) => medianMs),
    ]);
    console.log(`| ${name} | ${Number(best.toPrecision(3))} | ${shares.join(" | ")} |`);
  }
}

/** The middle of the processes, and from where to where they lie. */
function sharesText(costs: readonly TraceCost[], level: number, timeOf: (time: LevelTime) => number): string {
  const shares = costs
    .map(({ levels: [off, ...others] }) => {
      const recorded = others[level - 1];
      return off === undefined || recorded === undefined ? Number.NaN : 100 * (timeOf(recorded) / timeOf(off) - 1);
    })
    .sort((a, b) => a - b);
  const text = (share: number | undefined) => (share ?? Number.NaN).toFixed(1);
  return `${text(shares[(shares.length - 1) >> 1])} % (${text(shares[0])} … ${text(shares.at(-1))})`;
}

function chosen<Item>(text: string, known: readonly Item[], nameOf: (item: Item) => string, what: string): Item[] {
  return text.split(",").map((name) => {
    const found = known.find((item) => nameOf(item) === name);
    if (found === undefined) throw new PlainError(`There is no ${what} "${name}".\n${usage}`);
    return found;
  });
}

/** Our own also on several threads. */
function withThreads(peer: Peer, threads: string): readonly Peer[] {
  if (peer.isForeign || threads === "1") return [peer];
  return [peer, { ...peer, name: `${peer.name}, ${threads} threads`, args: [...peer.args, `--threads=${threads}`] }];
}

/** Our own also as a race, where a workload has several optimizers. */
function withWorkers(peer: Peer, workers: string): readonly Peer[] {
  if (peer.isForeign || workers === "0") return [];
  return workers.split(",").map((count) => ({
    ...peer,
    name: `${peer.name}, ${count} ${count === "1" ? "worker" : "workers"}`,
    args: [...peer.args, `--workers=${count}`],
    onlyEpochs: true,
  }));
}

async function installPeers(): Promise<void> {
  const folder = path.join(import.meta.dirname, "peers");
  if (existsSync(path.join(folder, "node_modules"))) return;
  console.error("Installing the other libraries …");
  const { exitCode, text } = await runNpm(["ci", "--ignore-scripts"], { cwd: folder });
  if (exitCode !== 0) throw new PlainError(`The other libraries were not installed.\n${text}`);
}

await runScript(async () => {
  const values = readFlags({
    workload: { type: "string", default: Object.keys(workloads).join(",") },
    peers: { type: "string", default: "nnbook" },
    threads: { type: "string" },
    workers: { type: "string", default: "0" },
    load: { type: "string" },
    rounds: { type: "string", default: "3" },
    ms: { type: "string", default: "1500" },
    "trace-cost": { type: "boolean", default: false },
    "threads-cost": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  });
  if (values.help) return console.log(usage);
  const names = chosen(values.workload, Object.keys(workloads), (name) => name, "workload");
  if (values["trace-cost"]) return printTraceCosts(names, values);
  const isThreadsCost = values["threads-cost"];
  const { threads = isThreadsCost ? "2" : "1", load: loads = isThreadsCost ? "0,1,2,4" : "0" } = values;
  const wanted = chosen(isThreadsCost ? "nnbook" : values.peers, peers, ({ name }) => name, "peer");
  const measuredPeers = wanted.flatMap((peer) => [...withThreads(peer, threads), ...withWorkers(peer, values.workers)]);
  if (measuredPeers.some(({ isForeign }) => isForeign)) await installPeers();
  const cases = names.flatMap((workload) => loads.split(",").map((load) => ({ workload, load })));
  const results = new Map<string, PeerResult[]>();
  for (let round = 1; round <= Number(values.rounds); round++) {
    for (const { workload, load } of cases) {
      const endLoad = startLoad(load);
      for (const peer of peersFor(workload, measuredPeers)) {
        const key = keyOf(workload, load, peer);
        const before = results.get(key) ?? [];
        // What cannot, cannot; and one round is enough of what takes seconds a step.
        if (before.some((each) => each.kind === "cannot" || each.medianMs > 2000)) continue;
        const result = measureOnce(peer, workload, values);
        results.set(key, [...before, result]);
        const told = result.kind === "measured" ? `${result.bestMs.toPrecision(3)} ms` : result.reason;
        console.error(`round ${round}  ${key}  ${told}`);
      }
      endLoad();
    }
  }
  const tables = cases.map(
    ({ workload, load }): Table => ({
      workload,
      load,
      rows: peersFor(workload, measuredPeers).map((peer) =>
        rowOf(peer, results.get(keyOf(workload, load, peer)) ?? []),
      ),
    }),
  );
  if (values.json) {
    console.log(JSON.stringify({ machine: machine(), tables }, null, 2));
    return;
  }
  if (isThreadsCost) return printThreadsCosts(tables, threads, values.rounds);
  console.log(`${machine()}, ${values.rounds} interleaved rounds`);
  for (const table of tables) printTable(table);
});

function peersFor(workload: string, all: readonly Peer[]): readonly Peer[] {
  const isEpoch = (workloads[workload]?.optimizers.length ?? 0) > 1;
  return all.filter(({ onlyEpochs }) => isEpoch || onlyEpochs !== true);
}

function keyOf(workload: string, load: string, { name }: Peer): string {
  return `${workload} ${name}${load === "0" ? "" : `, load ${load}`}`;
}

function rowOf({ name }: Peer, rounds: readonly PeerResult[]): Row {
  const measured = rounds.filter((each) => each.kind === "measured");
  const refused = rounds.find((each) => each.kind === "cannot");
  return {
    peer: name,
    measured: measured.length > 0 ? combine(measured) : null,
    reason: refused === undefined ? null : refused.reason,
  };
}

function machine(): string {
  const [cpu] = os.cpus();
  return `${cpu?.model ?? "unknown processor"}, ${os.cpus().length} cores, ${process.platform}, Node ${process.version}`;
}
