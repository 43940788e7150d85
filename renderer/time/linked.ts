// What all outputs of the same run share (the step they stand at, the layer they mark): a change in one is told to the others.
// Lives as long as the notebook's webview.

export interface Linked<Value> {
  /** What another output of one of these runs stands at; `null` when nobody chose yet. */
  readonly initial: Value | null;
  /** Tells every output that shows one of these runs, this one too. */
  move(value: Value): void;
  dispose(): void;
}

/** Joins the outputs that show one of `runIds`; `moved` is told each new value, wherever it was chosen. */
export type Link<Value> = (runIds: readonly string[], moved: (value: Value) => void) => Linked<Value>;

interface Follower<Value> {
  readonly runIds: readonly string[];
  readonly moved: (value: Value) => void;
}

export function makeLink<Value>(): Link<Value> {
  const valueOfRun = new Map<string, Value>();
  const followers = new Set<Follower<Value>>();
  return (runIds, moved) => {
    const follower: Follower<Value> = { runIds, moved };
    followers.add(follower);
    return {
      initial: runIds.map((runId) => valueOfRun.get(runId)).find((value) => value !== undefined) ?? null,
      move(value) {
        for (const runId of runIds) valueOfRun.set(runId, value);
        for (const other of [...followers])
          if (other.runIds.some((runId) => runIds.includes(runId))) other.moved(value);
      },
      dispose() {
        followers.delete(follower);
        // The last output of a run is gone: a new one starts anew.
        for (const runId of runIds)
          if (![...followers].some((other) => other.runIds.includes(runId))) valueOfRun.delete(runId);
      },
    };
  };
}
