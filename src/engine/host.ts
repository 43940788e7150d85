// What the engine asks of whoever runs it: where a call stands, data files, when to stop, whom to tell of a fit. Outside a kernel each has a harmless answer.

import { ValueError } from "./errors.ts";
import type { Race } from "./experiments/race.ts";
import type { Exporters } from "./exports/exporter.ts";
import type { Run } from "./training/run.ts";

/** Where a call stands in a cell's source. Lines and columns count from 1. */
export interface CallPlace {
  readonly cellId: string;
  readonly line: number;
  readonly column: number;
}

/** Told of every fit as it goes, synchronously; it must be quick. */
export interface FitObserver {
  /** Also of a run that goes on. `abandon` stops it where it stands when whoever ran it was ended from outside: it may be resumed then. */
  started(run: Run, abandon: () => void): void;
  stepEnded(run: Run): void;
  epochEnded(run: Run): void;
  /** The last word on a fit, which is complete by then. What it throws, `fit` throws: so a kernel ends the cell that the user stopped. */
  ended(run: Run): void;
}

/** What a helper thread is given for `runHelper`. It may be sent to another thread as it is. */
export interface HelperWork {
  /** The routines, a `WebAssembly.Module`, and the shared `WebAssembly.Memory` they work in. */
  readonly module: unknown;
  readonly memory: { readonly buffer: ArrayBufferLike };
  /** Where it may write while it computes. */
  readonly scratch: number;
  /** Where the team's shared block stands. */
  readonly team: number;
  /** Which of the helpers it is, from 0. */
  readonly index: number;
}

/** A thread with an engine of its own, which carries out trainings: it calls `serveJobs` with its end of the line. */
export interface JobWorker {
  post(message: unknown): void;
  /** Whether the program is kept from ending by it: not while it rests between two races. */
  keepAwake(isWorking: boolean): void;
  /** Ends it, whatever it does. */
  end(): void;
}

/** Starts workers for trainings that run beside one another. */
export interface JobWorkers {
  /** As many as there are cores for, or as the user allows. */
  readonly count: () => number;
  /** Starts one; `null` where it cannot be. `gone` is told once when it ended by itself, with the reason. */
  start(listen: (message: unknown) => void, gone: (reason: string) => void): JobWorker | null;
}

/** Told of every race as it goes, synchronously; it must be quick. */
export interface RaceObserver {
  /** Also of a race that goes on. `abandon` stops it when whoever ran it was ended from outside. */
  started(race: Race, abandon: () => void): void;
  progressed(race: Race): void;
  /** The last word on a race. What it throws, `compare` throws. */
  ended(race: Race): void;
}

/** Where models are kept: files by paths, relative ones from where the user's work stands. */
export interface HostFiles {
  /** The bytes of a file; `null` where there is none. Throws what keeps it from being read. */
  read(path: string): Uint8Array | null;
  /** Writes files, making folders as needed. What stood there before stays until all of them are complete. Throws what keeps them from being written. */
  write(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): void;
  /** Where a path leads, for errors. */
  place(path: string): string;
}

/** What there is to say of a data set, in no language yet; `origin` is in English. */
export interface DatasetFacts {
  readonly origin: {
    readonly name: string;
    readonly what: string;
    readonly source: string;
    readonly licence: string;
    readonly missing?: string;
  };
  /** How many examples, by part; one part is the whole. */
  readonly sizes: readonly { readonly name: string; readonly size: number }[];
  readonly featureNames: readonly string[];
  /** Empty where the target is a number. */
  readonly classNames: readonly string[];
  readonly shapes: readonly [x: readonly number[], y: readonly number[]];
  /** What was done to it, in order. */
  readonly steps: readonly string[];
}

export interface EngineHost {
  /** The place in a cell of the engine call now running; `null` when no cell is running. */
  findCallPlace(): CallPlace | null;
  /** The text of a bundled data file, by its bare name ("iris.csv"). */
  readDataFile(name: string): string;
  /** What is known of a data set in the reader's language; `null` for the engine's own English. */
  describeDataset(facts: DatasetFacts): string | null;
  /** Asked after every training step; `true` ends the fit with what it has. */
  shouldStop(): boolean;
  /** What a `fit` records of the layers where it does not say; "summary" where nobody says it. */
  traceLevel(): "off" | "summary" | "full";
  readonly fitObserver: FitObserver | null;
  /**
   * Starts a thread that calls `runHelper` with what it is given, and gives what ends it; `null` where none can be had. It need
   * not run when this returns, and must not keep the program from ending. `null` instead of a function: no threads at all.
   */
  readonly startHelper: ((work: HelperWork) => (() => void) | null) | null;
  readonly raceObserver: RaceObserver | null;
  /** `null` where all trainings run in the thread that asks for them. */
  readonly jobWorkers: JobWorkers | null;
  /** Gives what writes models down for other programs, when it is first needed. */
  readonly exporters: (() => Exporters) | null;
  /** `null` where there is no file system. */
  readonly files: HostFiles | null;
  /** Milliseconds on a clock that only goes forward. Without one, helpers are used wherever there is enough work. */
  readonly now: (() => number) | null;
}

let host: EngineHost = {
  findCallPlace: () => null,
  readDataFile: (name) => {
    throw new ValueError({
      op: "datasets",
      expected: `${name}, which is not part of the engine itself`,
      got: "no word on where it is",
      hint: "Say datasets.useFiles((name) => …) with a function that gives the text of a data file.",
    });
  },
  describeDataset: () => null,
  shouldStop: () => false,
  traceLevel: () => "summary",
  fitObserver: null,
  startHelper: null,
  raceObserver: null,
  jobWorkers: null,
  exporters: null,
  files: null,
  now: null,
};

/** Replaces the given hooks, keeps the others. */
export function setEngineHost(hooks: Partial<EngineHost>): void {
  host = { ...host, ...hooks };
}

export function engineHost(): EngineHost {
  return host;
}
