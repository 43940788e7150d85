// Timers and ticks of cells, such that their callbacks may be terminated: entered from a message port's event, never from inside Node's own timer loop.
// Terminating Node's loop aborts the whole process ("async hook stack has become corrupted"). Also lets an interrupt cancel every timer of the cells.

import { createRequire, syncBuiltinESMExports } from "node:module";
import process from "node:process";
import { promisify } from "node:util";
import { MessageChannel } from "node:worker_threads";

type Callback = (...args: unknown[]) => unknown;

interface UserTimer {
  /** The cell run that started it. */
  readonly execution: number;
  readonly callback: Callback;
  readonly args: readonly unknown[];
  readonly repeats: boolean;
  handle: NodeJS.Timeout | null;
}

/** What `setTimeout` gives to a cell: a number where one is wanted, with Node's methods. */
interface TimerHandle {
  ref(): TimerHandle;
  unref(): TimerHandle;
  hasRef(): boolean;
  refresh(): TimerHandle;
  close(): TimerHandle;
  [Symbol.toPrimitive](): number;
}

export interface UserTimersOptions {
  /** The cell run that began last. */
  readonly execution: () => number;
  /** A callback threw; `execution` is the run that started its timer. */
  readonly failed: (thrown: unknown, execution: number) => void;
}

export interface UserTimers {
  /** The cell run whose timer this turn of the event loop came from, its rejections told at its end included; `null` when it came from none. */
  executionNow(): number | null;
  cancelAll(): void;
}

/** Replaces the timers of `globalThis`, of `node:timers` and of `node:timers/promises`, `queueMicrotask` and `process.nextTick`. */
export function installUserTimers(options: UserTimersOptions): UserTimers {
  const timers = new Map<number, UserTimer>();
  const { setTimeout: startTimer, clearTimeout: stopTimer, setImmediate: atEndOfTurn } = globalThis;
  const { port1, port2 } = new MessageChannel();
  let newest = 0;
  let executionNow: number | null = null;

  port2.on("message", (id: number) => {
    const timer = timers.get(id);
    if (timer === undefined) return;
    if (timer.repeats) timer.handle?.refresh();
    else timers.delete(id);
    if (executionNow === null) {
      atEndOfTurn(() => {
        executionNow = null;
      });
    }
    executionNow = timer.execution;
    // Here and not as an uncaught exception, which knows nothing of the timer.
    try {
      timer.callback(...timer.args);
    } catch (thrown) {
      options.failed(thrown, timer.execution);
    }
  });
  port2.unref();

  const start = (callback: unknown, delayMs: unknown, args: readonly unknown[], repeats: boolean): TimerHandle => {
    if (typeof callback !== "function") {
      throw new TypeError(
        `A timer needs a function to call, got ${typeof callback}. Write setTimeout(() => …, milliseconds).`,
      );
    }
    const id = ++newest;
    const timer: UserTimer = {
      execution: options.execution(),
      callback: callback as Callback,
      args,
      repeats,
      handle: null,
    };
    timer.handle = startTimer(() => port1.postMessage(id), Number(delayMs) || 0);
    timers.set(id, timer);
    return timerHandle(id, timer, () => cancel(id));
  };
  const cancel = (timer: unknown): void => {
    const id = Number(timer);
    const found = timers.get(id);
    if (found === undefined) return;
    timers.delete(id);
    if (found.handle !== null) stopTimer(found.handle);
  };

  const timeout = (callback: unknown, delayMs?: unknown, ...args: unknown[]) => start(callback, delayMs, args, false);
  const interval = (callback: unknown, delayMs?: unknown, ...args: unknown[]) => start(callback, delayMs, args, true);
  const immediate = (callback: unknown, ...args: unknown[]) => start(callback, 0, args, false);
  const promises = timerPromises(timeout, cancel);
  Object.defineProperty(timeout, promisify.custom, { value: promises.setTimeout });
  Object.defineProperty(immediate, promisify.custom, { value: promises.setImmediate });

  const replacements = {
    setTimeout: timeout,
    setInterval: interval,
    setImmediate: immediate,
    clearTimeout: cancel,
    clearInterval: cancel,
    clearImmediate: cancel,
  };
  Object.assign(globalThis, replacements);
  replaceTicks();
  const require = createRequire(import.meta.url ?? __filename);
  Object.assign(require("node:timers"), replacements);
  Object.assign(require("node:timers/promises"), promises);
  syncBuiltinESMExports();
  return {
    executionNow: () => executionNow,
    cancelAll() {
      for (const id of [...timers.keys()]) cancel(id);
    },
  };
}

/** Node runs its tick queue in JavaScript of its own, which must not be terminated either. Promises have no such frame below. */
function replaceTicks(): void {
  const soon = Promise.resolve();
  globalThis.queueMicrotask = (callback) => {
    // A rejection of this chain is reported as unhandled, which is what a throwing callback deserves.
    void soon.then(() => callback());
  };
  process.nextTick = (callback: Callback, ...args: unknown[]) => {
    void soon.then(() => callback(...args));
  };
}

function timerHandle(id: number, timer: UserTimer, close: () => void): TimerHandle {
  const handle: TimerHandle = {
    ref() {
      timer.handle?.ref();
      return handle;
    },
    unref() {
      timer.handle?.unref();
      return handle;
    },
    hasRef: () => timer.handle?.hasRef() ?? false,
    refresh() {
      timer.handle?.refresh();
      return handle;
    },
    close() {
      close();
      return handle;
    },
    [Symbol.toPrimitive]: () => id,
  };
  return handle;
}

interface WaitOptions {
  readonly signal?: AbortSignal;
}

/** The functions of `node:timers/promises`, on the cells' timers. */
function timerPromises(
  timeout: (callback: () => void, delayMs?: unknown) => TimerHandle,
  cancel: (timer: unknown) => void,
) {
  const wait = <Value>(delayMs?: number, value?: Value, { signal }: WaitOptions = {}): Promise<Value | undefined> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abort = () => {
        cancel(timer);
        reject(signal?.reason);
      };
      const timer = timeout(() => {
        signal?.removeEventListener("abort", abort);
        resolve(value);
      }, delayMs);
      signal?.addEventListener("abort", abort, { once: true });
    });
  return {
    setTimeout: wait,
    setImmediate: <Value>(value?: Value, options?: WaitOptions) => wait(0, value, options),
    async *setInterval<Value>(delayMs?: number, value?: Value, options?: WaitOptions) {
      for (;;) yield await wait(delayMs, value, options);
    },
    scheduler: {
      wait: (delayMs: number, options?: WaitOptions) => wait(delayMs, undefined, options),
      yield: () => wait(0),
    },
  };
}
