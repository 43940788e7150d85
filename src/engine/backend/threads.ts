// How many threads may compute: asked for by whoever uses the engine, looked up by the backend whenever it runs.

let most = 1;

/** The thread that calls included. */
export function mostThreads(): number {
  return most;
}

export function setMostThreads(count: number): void {
  most = count;
}

let leastWork = 20_000;

/** How long something must take, in estimated nanoseconds, to be shared. */
export function leastSharedWork(): number {
  return leastWork;
}

/** For tests, which share small work too. Does not change plans that ran already. */
export function setLeastSharedWork(nanoseconds: number): void {
  leastWork = nanoseconds;
}
