// What all outputs of the same run share (the step they stand at, the layer they mark): a change in one is told to the others.
// Lives as long as the notebook's webview; what the reader moves is told to those of other editors too (sharedLinks.ts).

export interface Linked<Value> {
  /** What another output of one of these runs stands at; `null` when nobody chose yet. */
  readonly initial: Value | null;
  /** Tells every output that shows one of these runs, this one too. */
  move(value: Value): void;
  dispose(): void;
}

export interface Link<Value> {
  /** Joins the outputs that show one of `runIds`; `moved` is told each new value, wherever it was chosen. */
  (runIds: readonly string[], moved: (value: Value) => void): Linked<Value>;
  /** Takes what was chosen in another editor; told to nobody outside again. */
  receive(runIds: readonly string[], value: Value): void;
  /** Who hears of each value that is chosen here. */
  tellElsewhere(tell: (runIds: readonly string[], value: Value) => void): void;
}

interface Follower<Value> {
  readonly runIds: readonly string[];
  readonly moved: (value: Value) => void;
}

export function makeLink<Value>(): Link<Value> {
  const valueOfRun = new Map<string, Value>();
  const followers = new Set<Follower<Value>>();
  let tellOthers: (runIds: readonly string[], value: Value) => void = () => undefined;
  const receive = (runIds: readonly string[], value: Value) => {
    for (const runId of runIds) valueOfRun.set(runId, value);
    for (const each of [...followers]) if (each.runIds.some((runId) => runIds.includes(runId))) each.moved(value);
  };
  const join = (runIds: readonly string[], moved: (value: Value) => void): Linked<Value> => {
    const follower: Follower<Value> = { runIds, moved };
    followers.add(follower);
    return {
      initial: runIds.map((runId) => valueOfRun.get(runId)).find((value) => value !== undefined) ?? null,
      move(value) {
        receive(runIds, value);
        tellOthers(runIds, value);
      },
      dispose() {
        followers.delete(follower);
        // The last output of a run is gone: a new one starts anew.
        for (const runId of runIds)
          if (![...followers].some((other) => other.runIds.includes(runId))) valueOfRun.delete(runId);
      },
    };
  };
  return Object.assign(join, {
    receive,
    tellElsewhere: (tell: typeof tellOthers) => {
      tellOthers = tell;
    },
  });
}
