// Choosing who computes: WebAssembly where it is there, plain TypeScript otherwise or on demand.

import { readArguments } from "../argumentCounts.ts";
import { describeValue, UnknownNameError, ValueError } from "../errors.ts";
import { engineHost } from "../host.ts";
import type { Backend } from "./backend.ts";
import { backend, setBackend } from "./current.ts";
import { plainBackend } from "./plain.ts";
import { canShareMemory } from "./simd/module/webAssembly.ts";
import { createSimdBackend } from "./simd/simdBackend.ts";
import { setMostThreads } from "./threads.ts";

/** `simd` is the faster of the two WebAssembly builds that runs here, `simdBaseline` the one that runs wherever there is SIMD. */
export type BackendName = "plain" | "simd" | "simdBaseline";

/** As many helpers as the routines have places for, and the thread that calls. */
const mostThreadCount = 33;

const names: readonly BackendName[] = ["plain", "simd", "simdBaseline"];
const made = new Map<BackendName, Backend>([["plain", plainBackend]]);

/**
 * Computes everything from now on with one backend. Models made before keep working; the same seed gives the same bits only
 * on one backend.
 *
 * @returns Its name as it runs: "plain", "simd-relaxed" (products and sums rounded once) or "simd-baseline". Where
 * WebAssembly with SIMD is missing, that is "plain".
 */
export function useBackend(name?: BackendName): string;
export function useBackend(...given: [name?: BackendName]): string {
  const [name = "simd"] = readArguments("useBackend", 1, given);
  if (!names.includes(name)) throw new UnknownNameError({ what: "backend", unknown: name, known: names });
  const known = made.get(name) ?? createSimdBackend(name === "simd" ? "relaxed" : "baseline") ?? plainBackend;
  made.set(name, known);
  setBackend(known);
  return known.name;
}

/** The name of the backend that computes now. */
export function backendName(): string;
export function backendName(...given: []): string {
  readArguments("backendName", 0, given);
  return backend().name;
}

/**
 * Lets so many threads compute, this one included, for whatever is computed from now on. Results are the same to the bit for any
 * number of threads. Helpers start with the first long computation; whether they are used is tried out now and then, computation
 * by computation, since they gain nothing while other programs keep the processor busy. The default is 1.
 *
 * @param count A whole number from 1 on, at most 33.
 * @returns How many threads there can be: 1 where there are none to be had, and in a web page that may not share memory (one
 * that is not isolated from other origins).
 * @throws ValueError when `count` is no such number.
 * @example useThreads(2); // 2
 */
export function useThreads(count: number): number;
export function useThreads(...given: [count: number]): number {
  const [count] = readArguments("useThreads", 1, given);
  if (!Number.isInteger(count) || count < 1 || count > mostThreadCount)
    throw new ValueError({
      op: "useThreads",
      expected: `a whole number of threads from 1 to ${mostThreadCount}`,
      got: describeValue(count),
      hint: "useThreads(2) lets two threads compute.",
    });
  const possible = engineHost().startHelper === null || !canShareMemory ? 1 : count;
  setMostThreads(possible);
  return possible;
}
