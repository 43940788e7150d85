// Trainings and races that are running now: asks the extension how they stand, folds the frames that follow, and tells the views.

import { foldRace } from "../src/shared/raceFrames.ts";
import type { FromRenderer, ToRenderer } from "../src/shared/rendererProtocol.ts";
import { foldTraining } from "../src/shared/trainingFold.ts";
import type { OptimizersView, TrainingView } from "../src/shared/views.ts";
import type { Schedule } from "./drawPace.ts";

/** How a run stands. */
export type LiveState =
  /** Live: `view` is the newest whole. */
  | {
      readonly kind: "progressed";
      readonly view: TrainingView;
      readonly stepsPerSecond: number | null;
      readonly secondsLeft: number | null;
    }
  /** The same of a race. */
  | { readonly kind: "raceProgressed"; readonly view: OptimizersView }
  /** The extension does not know the run: what the output holds is all there is. */
  | { readonly kind: "unknown" }
  /** Whether the cell that made the run was edited since. */
  | { readonly kind: "outdated"; readonly outdated: boolean };

type Listener = (state: LiveState) => void;

interface FollowedRun {
  readonly listeners: Set<Listener>;
  /** `null` until the first snapshot, and after a gap until the next one. */
  view: TrainingView | OptimizersView | null;
  sequence: number;
  /** What its listeners are to be told at the next drawing: frames may come faster than they can be drawn. */
  untold: LiveState | null;
}

export class LiveRuns {
  readonly #post: ((message: FromRenderer) => void) | null;
  readonly #schedule: Schedule;
  #isScheduled = false;
  readonly #runs = new Map<string, FollowedRun>();
  #outdated: ReadonlySet<string> = new Set();

  constructor(post: ((message: FromRenderer) => void) | null, schedule: Schedule) {
    this.#post = post;
    this.#schedule = schedule;
  }

  /** Tells `listener` how a run stands from now on. With `live`, asks the extension for its frames. Returns the end of it. */
  follow(runId: string, live: boolean, listener: Listener): () => void {
    const run = this.#runs.get(runId) ?? { listeners: new Set(), view: null, sequence: 0, untold: null };
    this.#runs.set(runId, run);
    run.listeners.add(listener);
    if (this.#outdated.has(runId)) listener({ kind: "outdated", outdated: true });
    if (live) {
      if (this.#post === null) listener({ kind: "unknown" });
      else this.#post({ kind: "followRun", runId });
    }
    return () => {
      run.listeners.delete(listener);
      if (run.listeners.size === 0) this.#runs.delete(runId);
    };
  }

  receive(
    message: Exclude<ToRenderer, { kind: "environment" | "controlsLive" | "linkMoved" | "remedyAnswered" }>,
  ): void {
    switch (message.kind) {
      case "trainingSnapshot": {
        const run = this.#runs.get(message.view.runId);
        if (run === undefined) return;
        run.view = message.view;
        run.sequence = message.sequence;
        const { view, stepsPerSecond, secondsLeft } = message;
        tell(run, {
          kind: "progressed",
          view,
          stepsPerSecond: stepsPerSecond > 0 ? stepsPerSecond : null,
          secondsLeft,
        });
        return;
      }
      case "trainingProgressed":
        this.#fold(message);
        return;
      case "raceSnapshot": {
        const run = this.#runs.get(message.view.raceId);
        if (run === undefined) return;
        run.view = message.view;
        run.sequence = message.sequence;
        run.untold = { kind: "raceProgressed", view: message.view };
        this.#tellSoon();
        return;
      }
      case "raceProgressed":
        this.#foldRace(message);
        return;
      case "runUnknown": {
        const run = this.#runs.get(message.runId);
        if (run === undefined) return;
        run.untold = null;
        tell(run, { kind: "unknown" });
        return;
      }
      case "runsOutdated":
        this.#outdated = new Set(message.runIds);
        for (const [runId, run] of this.#runs) tell(run, { kind: "outdated", outdated: this.#outdated.has(runId) });
        return;
    }
  }

  #fold({ frame }: Extract<ToRenderer, { kind: "trainingProgressed" }>): void {
    const run = this.#nextOf(frame.runId, frame.sequence);
    if (run?.view?.kind !== "training") return;
    const view = foldTraining(run.view, frame);
    const { stepsPerSecond, secondsLeft } = frame;
    run.view = view;
    run.untold = { kind: "progressed", view, stepsPerSecond, secondsLeft };
    this.#tellSoon();
  }

  #foldRace({ frame }: Extract<ToRenderer, { kind: "raceProgressed" }>): void {
    const run = this.#nextOf(frame.raceId, frame.sequence);
    if (run?.view?.kind !== "optimizers") return;
    const view = foldRace(run.view, frame);
    run.view = view;
    run.untold = { kind: "raceProgressed", view };
    this.#tellSoon();
  }

  /** The run that a frame follows on; `null` where there is none, and after a gap, for which a snapshot is asked for. */
  #nextOf(runId: string, sequence: number): FollowedRun | null {
    const run = this.#runs.get(runId);
    // Before its snapshot a run has nothing to fold into; the snapshot that was asked for holds this frame too.
    if (run === undefined || run.view === null || sequence <= run.sequence) return null;
    if (sequence > run.sequence + 1) {
      run.view = null;
      this.#post?.({ kind: "followRun", runId });
      return null;
    }
    run.sequence = sequence;
    return run;
  }

  #tellSoon(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#schedule(() => {
      this.#isScheduled = false;
      for (const each of this.#runs.values()) if (each.untold !== null) tell(each, each.untold);
    });
  }
}

function tell(run: FollowedRun, state: LiveState): void {
  if (state.kind !== "outdated") run.untold = null;
  for (const listener of run.listeners) listener(state);
}
