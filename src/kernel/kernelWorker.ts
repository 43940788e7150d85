// The thread that runs cells: wires engine, display, streams and modules to the supervisor's messages. Bundled as kernelWorker.cjs.

import * as fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { parentPort, workerData } from "node:worker_threads";
import { setEngineHost } from "../engine/host.ts";
import { backendName, useThreads } from "../engine/index.ts";
import { filesIn } from "../engine/saving/fileSystem.ts";
import { koreanDescription } from "../insights/index.ts";
import { cellWord } from "../shared/words/cellWords.ts";
import { CellStreams, installConsole } from "./console.ts";
import { DebugPort } from "./debugging/debugPort.ts";
import { bindUnknownNames } from "./errors/cellErrors.ts";
import { StackFrames } from "./errors/stackFrames.ts";
import { takeRejection } from "./errors/uncaughtErrors.ts";
import { helperStarter, threadCount } from "./helperThreads.ts";
import { silenceImporterWarning } from "./imports/packageImports.ts";
import { KernelControls } from "./inputs/controls.ts";
import { bindInputs } from "./inputs/inputHost.ts";
import { jobCount, jobWorkersFrom } from "./jobWorkers.ts";
import { KernelRuntime } from "./kernelRuntime.ts";
import { LiveRaces } from "./live/liveRaces.ts";
import { LiveTraining } from "./live/liveTraining.ts";
import * as nnbookModule from "./nnbookModule.ts";
import { viewOutput } from "./show/display.ts";
import { bindShow } from "./show/showHost.ts";
import { makeInterruptGuard } from "./stopping/interrupt.ts";
import { installUserTimers } from "./userTimers.ts";
import { DefinedNames } from "./variables/definedNames.ts";
import { VariablePeek } from "./variables/peek.ts";
import { testVectors } from "./vectorTest.ts";
import type { FromWorker, KernelWorkerData, ToWorker } from "./workerProtocol.ts";

/** Files beside this one that are seldom needed. */
const requireBeside = createRequire(__filename) as (
  file: string,
) => typeof import("./exporters.ts") & typeof import("./unknownNames.ts");
const port = parentPort;
if (port === null) throw new Error("kernelWorker.cjs runs as a worker thread of kernel.cjs.");
const { stopFlag } = workerData as KernelWorkerData;

// Taken before a cell can replace them.
const now = performance.now.bind(performance);
const startTimer = setTimeout;
const exitThread = process.exit.bind(process);

const streams = new CellStreams({
  now,
  send: (stream, text) => post({ kind: "streamed", execution: runtime.execution, stream, text }),
  soon: (callback) => startTimer(callback, 0),
  truncated: () => cellWord("truncated", runtime.locale),
});
/** What was printed before a message goes out before it. */
const send = (message: FromWorker): void => {
  streams.flush();
  post(message);
};
const frames = new StackFrames({ ownFile: __filename });
/** As the user set it: 0 for as many as suit the machine. */
let threadSetting = 0;
const timers = installUserTimers({
  execution: () => runtime.execution,
  failed: (thrown, execution) => runtime.reportBackground(thrown, execution),
});
const training: LiveTraining = new LiveTraining({
  now,
  send,
  outputOf: (view) => viewOutput(view, runtime.locale),
  tellTooMany: (limit) => runtime.say("tooManyFits", limit),
  stopFlag: new Int32Array(stopFlag),
  cell: () => runtime.cell,
});
const controls: KernelControls = new KernelControls({
  send,
  outputOf: (view) => viewOutput(view, runtime.locale),
  display: (output) => runtime.displayOutput(output),
  cell: () => runtime.cell,
  findCallPlace: () => frames.callPlace(),
});
const races: LiveRaces = new LiveRaces({
  now,
  send,
  stopFlag: new Int32Array(stopFlag),
  nextId: () => training.nextId(),
  outputOf: (view) => viewOutput(view, runtime.locale),
  execution: () => runtime.execution,
});
const names = new DefinedNames();
const debugPort = new DebugPort();
const runtime: KernelRuntime = new KernelRuntime({
  send,
  names,
  frames,
  streams,
  timers,
  training,
  controls,
  races,
  isDebugged: () => debugPort.isOpen,
  testVectors: () => testVectors(now),
  useThreads: (count) => {
    threadSetting = count;
    useThreads(threadCount(count));
  },
  nextTurn: () => new Promise((resolve) => startTimer(resolve, 0)),
});

frames.install();
installConsole(streams);
setEngineHost({
  findCallPlace: () => frames.callPlace(),
  readDataFile: (name) => fs.readFileSync(path.join(__dirname, "data", path.basename(name)), "utf8"),
  describeDataset: (facts) => (runtime.locale === "ko" ? koreanDescription(facts) : null),
  shouldStop: () => training.shouldStop(),
  traceLevel: () => runtime.traceDetail,
  fitObserver: training,
  raceObserver: races,
  startHelper: helperStarter(path.join(__dirname, "computeWorker.cjs")),
  jobWorkers: jobWorkersFrom(path.join(__dirname, "jobWorker.cjs"), () => jobCount(threadSetting)),
  exporters: () => requireBeside(path.join(__dirname, "exporters.cjs")).exporters,
  files: filesIn(fs, path, () => runtime.meta.dirname || process.cwd()),
  now,
});
bindUnknownNames(() => requireBeside(path.join(__dirname, "unknownNames.cjs")).unknownNameAdvice, nnbookModule);
bindShow({
  locale: () => runtime.locale,
  display: (value) => runtime.display(value),
  runId: (run) => training.runId(run),
  raceId: (race) => races.raceId(race),
});
bindInputs(controls);
const guard = makeInterruptGuard({
  ownFile: __filename,
  isUserScript: (file) => frames.hasScript(file),
  newest: () => ({ execution: runtime.execution, isRunning: runtime.isRunning }),
  abandon: () => runtime.abandon(),
  dismissDebugger: debugPort.close,
});
const peek = new VariablePeek({
  names,
  now,
  locale: () => runtime.locale,
  findRun: (runId) => training.findRun(runId),
  liveReport: (run) => training.reportOf(run),
});
// Read-only: a cell cannot clobber it. Compiled cells import through it.
Object.defineProperty(globalThis, "$nn", {
  value: Object.freeze({
    import: (specifier: string, neededNames?: readonly string[]) => runtime.importModule(specifier, neededNames),
    meta: runtime.meta,
    thrown: <Value>(value: Value) => frames.thrown(value),
    interrupt: guard.interrupt,
    peek: (question: string) => peek.answer(question),
    openInspector: debugPort.open,
    closeInspector: debugPort.close,
  }),
});
Object.assign(globalThis, { display: (value: unknown) => runtime.display(value) });
names.begin();
process.exit = (code) => {
  send({
    kind: "exitCalled",
    code: Number(code ?? process.exitCode ?? 0),
    label: runtime.isRunning ? runtime.cell.label : null,
  });
  return exitThread(code);
};
silenceImporterWarning();
process.on("uncaughtException", (error) => runtime.reportBackground(error));
process.on("unhandledRejection", (reason, promise) => {
  if (!takeRejection(promise, reason)) runtime.reportBackground(reason);
});
port.on("message", (message: ToWorker) => runtime.receive(message));
post({ kind: "ready", node: process.version, pid: process.pid, backend: backendName() });

function post(message: FromWorker): void {
  port?.postMessage(message);
}
