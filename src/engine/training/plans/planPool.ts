// Which models keep their planned steps: the newest few. Bounded by itself, since nothing tells when a model is no longer used.

import type { BackendMemory } from "../../backend/recording.ts";
import { maths } from "../../intrinsics.ts";

/** Planned steps that can be given up, and made again when they are needed. */
export interface Evictable {
  /** Gives all memory back; weights go to arrays of their own. */
  evict(): void;
}

/** So many models may take turns in training without being planned anew. */
const mostModels = 16;
/** 1 GiB of float32 numbers, or half of what the backend can hold. Beyond that only the model in use keeps its plans. */
const mostFloats = 2 ** 28;

/** Those that have memory, the newest last. */
const holders: Evictable[] = [];

/** Says that a model's plans are in use now; those that were not for the longest time may have to go. */
export function usePlans(plans: Evictable, memory: BackendMemory): void {
  if (holders.at(-1) === plans) return;
  forgetPlans(plans);
  holders.push(plans);
  const most = maths.min(mostFloats, memory.mostFloats / 2);
  while (holders.length > mostModels || (holders.length > 1 && memory.usedFloats > most)) holders.shift()?.evict();
}

/** Makes room: all models but one give their plans up. */
export function evictOthers(plans: Evictable): void {
  for (const other of holders.filter((holder) => holder !== plans)) {
    forgetPlans(other);
    other.evict();
  }
}

/** Takes a model's plans out of the count. */
export function forgetPlans(plans: Evictable): void {
  const place = holders.indexOf(plans);
  if (place !== -1) holders.splice(place, 1);
}
