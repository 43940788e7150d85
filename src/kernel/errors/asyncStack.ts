// What Node notes of the asynchronous work under way, where somebody follows it: `AsyncLocalStorage` (before Node 24), async hooks of a cell's,
// a debugger that shows async stacks. Code that is ended leaves its notes behind; Node finds them later and ends the whole process.

import process from "node:process";

interface AsyncWrap {
  readonly clearAsyncIdStack?: () => void;
}

/** Node 24 lets nobody have it any more; there only async hooks of a cell's own leave notes. */
const newestMajor = 22;
// Taken before a cell can replace it.
const { clearAsyncIdStack } = findAsyncWrap();

/** Forgets all that is under way: what runs now must be ended next. */
export function clearAsyncStack(): void {
  clearAsyncIdStack?.();
}

/** Node's public modules have no way to it. */
function findAsyncWrap(): AsyncWrap {
  const { binding, versions } = process as typeof process & { readonly binding?: (name: string) => AsyncWrap };
  if (binding === undefined || Number.parseInt(versions.node, 10) > newestMajor) return {};
  const { noDeprecation = false } = process;
  // Node would warn whoever runs cells.
  process.noDeprecation = true;
  try {
    return binding("async_wrap");
  } catch {
    return {}; // It is not given out: stops are as they would be without.
  } finally {
    process.noDeprecation = noDeprecation;
  }
}
