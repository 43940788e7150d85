// Lets a debugger that is to stop at uncaught errors stop at those of a cell.
//
// V8 foretells whether an error will be caught: a promise that is awaited, or whose rejection somebody takes, counts as
// caught. So nobody takes the cell's: it comes back as Node reports rejections that nobody took.

const watched = new WeakMap<object, (reason: unknown) => void>();

/** Begins something that may fail, with nothing around it that catches; settles as it does. `start` must not throw itself. */
export function runUncaught(start: () => Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    void Promise.resolve().then(() => {
      watched.set(start().then(resolve), reject);
    });
  });
}

/** Whether a rejection that nobody took is one of those; then it has gone where it belongs. */
export function takeRejection(promise: object, reason: unknown): boolean {
  const reject = watched.get(promise);
  reject?.(reason);
  return reject !== undefined;
}
