// Choosing who computes: WebAssembly where it is there, plain TypeScript otherwise or on demand.

import { UnknownNameError } from "../errors.ts";
import type { Backend } from "./backend.ts";
import { backend, setBackend } from "./current.ts";
import { plainBackend } from "./plain.ts";
import { createSimdBackend } from "./simd/simdBackend.ts";

/** `simd` is the faster of the two WebAssembly builds that runs here, `simdBaseline` the one that runs wherever there is SIMD. */
export type BackendName = "plain" | "simd" | "simdBaseline";

const names: readonly BackendName[] = ["plain", "simd", "simdBaseline"];
const made = new Map<BackendName, Backend>([["plain", plainBackend]]);

/**
 * Computes everything from now on with one backend. Models made before keep working; the same seed gives the same bits only
 * on one backend.
 *
 * @returns Its name as it runs: "plain", "simd-relaxed" (products and sums rounded once) or "simd-baseline". Where
 * WebAssembly with SIMD is missing, that is "plain".
 */
export function useBackend(name: BackendName = "simd"): string {
  if (!names.includes(name)) throw new UnknownNameError({ what: "backend", unknown: String(name), known: names });
  const known = made.get(name) ?? createSimdBackend(name === "simd" ? "relaxed" : "baseline") ?? plainBackend;
  made.set(name, known);
  setBackend(known);
  return known.name;
}

/** The name of the backend that computes now. */
export function backendName(): string {
  return backend().name;
}
