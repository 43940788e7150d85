// One step for all outputs that show the same run: moving one moves the others. Lives as long as the notebook's webview.

const stepOfRun = new Map<string, number>();
const followers = new Set<Follower>();

interface Follower {
  readonly runIds: readonly string[];
  readonly moved: (step: number) => void;
}

export interface LinkedStep {
  /** The step that another output of one of these runs stands at; `null` when nobody moved yet. */
  readonly initial: number | null;
  /** Moves every output that shows one of these runs, this one too. */
  move(step: number): void;
  dispose(): void;
}

/** Joins the outputs that show one of `runIds`; `moved` is told each new step, wherever it was chosen. */
export function linkStep(runIds: readonly string[], moved: (step: number) => void): LinkedStep {
  const follower: Follower = { runIds, moved };
  followers.add(follower);
  return {
    initial: runIds.map((runId) => stepOfRun.get(runId)).find((step) => step !== undefined) ?? null,
    move(step) {
      for (const runId of runIds) stepOfRun.set(runId, step);
      for (const other of [...followers]) if (other.runIds.some((runId) => runIds.includes(runId))) other.moved(step);
    },
    dispose() {
      followers.delete(follower);
      // The last output of a run is gone: a new one starts at its end again.
      for (const runId of runIds)
        if (![...followers].some((other) => other.runIds.includes(runId))) stepOfRun.delete(runId);
    },
  };
}
