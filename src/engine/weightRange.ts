// Weights side by side in memory, their gradients and an optimizer's memory in the same order: one routine call then reaches them all.

import { withNameOfMemory } from "./backend/memoryFull.ts";
import type { BackendMemory } from "./backend/recording.ts";
import { Floats, maths } from "./intrinsics.ts";
import type { GradientHome } from "./tape.ts";

/** What a range needs of a weight. */
export interface Resident {
  readonly size: number;
  readonly isTrainable: boolean;
  numbers: Floats;
  gradientData: Floats | null;
  place: WeightPlace | null;
}

/** Where a weight stands in a range. */
export interface WeightPlace {
  readonly range: WeightRange;
  /** In numbers from the range's start. */
  readonly start: number;
  /** Where planned steps collect its gradient; `null` for what has none. */
  readonly home: GradientHome | null;
}

/** An optimizer: who has memory of its own for each weight. */
export interface SlotOwner {
  /** Its memory for a weight from before the weight moved in; `null` when there is none. The owner forgets it. */
  handOverSlot(resident: Resident, name: string): Floats | null;
  /** Gives it back when the weight moves out. */
  takeBackSlot(resident: Resident, name: string, values: Floats): void;
}

/** Whole vectors, and cache lines, hold numbers of one weight alone. The numbers between are zero and stay so. */
const alignment = 16;

/** Numbers that a weight takes in a range. */
export function paddedSize({ size }: Resident): number {
  return maths.ceil(size / alignment) * alignment;
}

/** Memory of weights that were lent when they should have moved out: it is given back when nobody can reach them any more. */
const lentOut: { memory: BackendMemory; arrays: readonly Floats[]; holders: readonly WeakRef<object>[] }[] = [];

function releaseUnreachable(): void {
  for (let index = lentOut.length - 1; index >= 0; index--) {
    const each = lentOut[index];
    if (each === undefined || each.holders.some((holder) => holder.deref() !== undefined)) continue;
    for (const array of each.arrays) each.memory.release(array);
    lentOut.splice(index, 1);
  }
}

/** A range of weights. Those that learn come first, so that gradients and slots reach as far as they do. */
export class WeightRange {
  readonly residents: readonly Resident[];
  readonly values: Floats;
  readonly gradients: Floats;
  /** Whether the gradients are all zero when a backward pass that is being laid out begins. */
  areGradientsCleared = false;
  /** Whose memory it is. */
  readonly memory: BackendMemory;
  readonly #slots = new Map<SlotOwner, Map<string, Floats>>();
  readonly #dependents = new Set<() => void>();
  /** All that was allocated and not released. */
  readonly #arrays: Floats[] = [];
  #isLent = false;
  #isOccupied = true;
  #isLeftBehind = false;

  /** Moves the weights in. @throws MemoryFullError Then they stay where they are. */
  constructor(weights: readonly Resident[], memory: BackendMemory) {
    const learning = weights.filter(({ isTrainable }) => isTrainable);
    const others = weights.filter(({ isTrainable }) => !isTrainable);
    this.residents = [...learning, ...others];
    this.memory = memory;
    releaseUnreachable();
    const what = `the weights of the model and their gradients (${sumOf(this.residents) + sumOf(learning)} numbers)`;
    [this.values, this.gradients] = withNameOfMemory(what, () =>
      this.#allocatePair(sumOf(this.residents), sumOf(learning)),
    );
    let start = 0;
    for (const resident of this.residents) {
      this.#moveIn(resident, start);
      start += paddedSize(resident);
    }
  }

  /** Whether somebody outside the engine holds the array of a weight. */
  get isLent(): boolean {
    return this.#isLent;
  }

  /** An array of a weight leaves the engine: from now on the numbers stay where they are. */
  lend(): void {
    this.#isLent = true;
  }

  /** Whether the weights stand here. */
  get isOccupied(): boolean {
    return this.#isOccupied;
  }

  /** Calls `drop` once, when the weights leave. Gives the way to take that back. */
  whenVacated(drop: () => void): () => void {
    this.#dependents.add(drop);
    return () => void this.#dependents.delete(drop);
  }

  /** An owner's memory for all weights that learn, `start` everywhere at first. */
  slot(owner: SlotOwner, name: string, start: number): Floats {
    const slots = this.#slots.get(owner) ?? new Map<string, Floats>();
    this.#slots.set(owner, slots);
    const known = slots.get(name);
    if (known !== undefined) return known;
    const what = `the optimizer's memory for the weights ("${name}")`;
    const made = withNameOfMemory(what, () => this.#allocate(this.gradients.length)).fill(start);
    for (const resident of this.residents) {
      const before = resident.isTrainable ? owner.handOverSlot(resident, name) : null;
      if (before !== null) made.set(before, resident.place?.start ?? 0);
    }
    slots.set(name, made);
    return made;
  }

  /** An owner's memory by name, each for all weights that learn. */
  slotsOf(owner: SlotOwner): ReadonlyMap<string, Floats> {
    return this.#slots.get(owner) ?? new Map();
  }

  /** Drops an owner's memory. */
  forget(owner: SlotOwner): void {
    for (const slot of this.#slots.get(owner)?.values() ?? []) this.#release(slot);
    this.#slots.delete(owner);
  }

  /** Gives an owner its memory back, weight by weight. */
  returnSlots(owner: SlotOwner): void {
    for (const [name, values] of this.#slots.get(owner) ?? [])
      for (const resident of this.residents) {
        const start = resident.place?.start ?? 0;
        if (resident.isTrainable) owner.takeBackSlot(resident, name, values.slice(start, start + resident.size));
      }
    this.forget(owner);
  }

  /**
   * All weights move out, each into an array of its own, and the memory is given back. Lent ones stay, and keep the memory,
   * unless they must go: then the memory is kept as long as somebody holds an array of it.
   */
  vacate(isForced = false): void {
    for (const drop of [...this.#dependents]) drop();
    this.#dependents.clear();
    if (this.#isLent) this.#leaveBehind();
    if (this.#isLent && !isForced) return;
    for (const owner of [...this.#slots.keys()]) this.returnSlots(owner);
    for (const resident of this.residents) {
      resident.numbers = new Floats(resident.numbers);
      if (resident.gradientData !== null && resident.gradientData === resident.place?.home?.array)
        resident.gradientData = new Floats(resident.gradientData);
      resident.place = null;
    }
    this.#isOccupied = false;
    if (this.#isLent) return;
    this.#release(this.values);
    this.#release(this.gradients);
  }

  #leaveBehind(): void {
    if (this.#isLeftBehind) return;
    this.#isLeftBehind = true;
    const holders = [this, ...this.residents.map(({ numbers }) => numbers)].map(
      (holder) => new WeakRef<object>(holder),
    );
    lentOut.push({ memory: this.memory, arrays: this.#arrays, holders });
  }

  #allocate(length: number): Floats {
    const array = this.memory.allocate(length);
    this.#arrays.push(array);
    return array;
  }

  /** Both or none. */
  #allocatePair(first: number, second: number): [Floats, Floats] {
    const array = this.#allocate(first);
    try {
      return [array, this.#allocate(second)];
    } catch (error) {
      this.#release(array);
      throw error;
    }
  }

  #release(array: Floats): void {
    this.#arrays.splice(this.#arrays.indexOf(array), 1);
    this.memory.release(array);
  }

  #moveIn(resident: Resident, start: number): void {
    const end = start + resident.size;
    const values = this.values.subarray(start, end);
    values.set(resident.numbers);
    resident.numbers = values;
    resident.place = { range: this, start, home: resident.isTrainable ? this.#home(start, end) : null };
  }

  #home(start: number, end: number): GradientHome {
    const range = this;
    const array = this.gradients.subarray(start, end);
    return {
      array,
      get startsAtZero() {
        return range.areGradientsCleared;
      },
    };
  }
}

function sumOf(weights: readonly Resident[]): number {
  return weights.reduce((sum, weight) => sum + paddedSize(weight), 0);
}
