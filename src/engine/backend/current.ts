// Which backend computes: one for the whole engine.

import type { Backend } from "./backend.ts";
import { plainBackend } from "./plain.ts";

let current: Backend = plainBackend;

export function backend(): Backend {
  return current;
}

/** Changes the backend for everything computed from now on. */
export function setBackend(next: Backend): void {
  current = next;
}
