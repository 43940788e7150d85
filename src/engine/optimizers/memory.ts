// An optimizer's memory for each parameter, and how parameters are put together for its rule: those side by side as one.

import { Floats } from "../intrinsics.ts";
import type { Parameter } from "../tensor.ts";
import { paddedSize, type Resident, type SlotOwner, type WeightPlace, type WeightRange } from "../weightRange.ts";

/** What a rule is given at once: one parameter, or several that stand side by side. */
export interface UpdatePart {
  readonly values: Floats;
  readonly gradient: Floats;
  readonly slot: (name: string, start?: number) => Floats;
}

/** What is written down within a step and means nothing after it. */
export const scratchSlots = { clipped: "clipped gradient", decayed: "decayed gradient" } as const;

/** The memory of one optimizer. */
export class OptimizerMemory implements SlotOwner {
  /** Of parameters that stand by themselves; the others' is in their range. */
  #slots = new Map<Resident, Map<string, Floats>>();
  readonly #ranges = new Set<WeightRange>();
  #parameters: readonly Parameter[] = [];
  #seen: { readonly numbers: Floats; readonly gradient: Floats | null }[] = [];
  #areJoined = false;
  #parts: readonly UpdatePart[] = [];

  /** The parameters that have a gradient. `areJoined`: those that stand side by side, with their gradients, as one. */
  parts(parameters: readonly Parameter[], areJoined: boolean): readonly UpdatePart[] {
    if (this.#isAsBefore(parameters, areJoined)) return this.#parts;
    // Nothing is known until all of it is.
    this.#seen = [];
    const moving = parameters.filter(({ gradientData }) => gradientData !== null);
    this.#parts = areJoined ? this.#joinedParts(moving) : moving.map((each) => this.#singlePart(each));
    this.#parameters = parameters;
    this.#areJoined = areJoined;
    this.#seen = parameters.map(({ numbers, gradientData }) => ({ numbers, gradient: gradientData }));
    return this.#parts;
  }

  /** What is remembered of a parameter under a name, to be looked at. */
  slotOf(parameter: Parameter, name: string, start: number): Floats {
    return this.#singlePart(parameter).slot(name, start);
  }

  /** All that is remembered of a parameter from step to step, by name: the arrays themselves. */
  slotsOf(parameter: Parameter): ReadonlyMap<string, Floats> {
    const slots = new Map(this.#slots.get(parameter));
    const { place } = parameter;
    if (place !== null && place.home !== null)
      for (const [name, values] of place.range.slotsOf(this))
        slots.set(name, values.subarray(place.start, place.start + parameter.size));
    for (const name of Object.values(scratchSlots)) slots.delete(name);
    return slots;
  }

  /** Forgets everything. */
  clear(): void {
    this.#slots = new Map();
    for (const range of this.#ranges) range.forget(this);
    this.#ranges.clear();
    this.#seen = [];
    this.#parts = [];
  }

  /** Moves out of all ranges, with everything. */
  leaveRanges(): void {
    for (const range of this.#ranges) range.returnSlots(this);
    this.#ranges.clear();
    this.#seen = [];
    this.#parts = [];
  }

  handOverSlot(resident: Resident, name: string): Floats | null {
    const slots = this.#slots.get(resident);
    const slot = slots?.get(name) ?? null;
    slots?.delete(name);
    return slot;
  }

  takeBackSlot(resident: Resident, name: string, values: Floats): void {
    const slots = this.#slots.get(resident) ?? new Map<string, Floats>();
    this.#slots.set(resident, slots);
    slots.set(name, values);
  }

  /** A planned step finds everything where it was: nothing has to be put together anew. */
  #isAsBefore(parameters: readonly Parameter[], areJoined: boolean): boolean {
    const { length } = parameters;
    if (areJoined !== this.#areJoined || length !== this.#seen.length) return false;
    for (let index = 0; index < length; index++) {
      const parameter = parameters[index] as Parameter;
      const seen = this.#seen[index];
      if (parameter !== this.#parameters[index]) return false;
      if (parameter.numbers !== seen?.numbers || parameter.gradientData !== seen.gradient) return false;
    }
    return true;
  }

  #joinedParts(moving: readonly Parameter[]): UpdatePart[] {
    const parts: UpdatePart[] = [];
    for (let from = 0; from < moving.length; ) {
      const first = moving[from] as Parameter;
      let end = from + 1;
      if (isAtHome(first)) while (end < moving.length && isNext(moving[end - 1], moving[end])) end++;
      const last = moving[end - 1] as Parameter;
      parts.push(first === last || first.place === null ? this.#singlePart(first) : this.#rangePart(first.place, last));
      from = end;
    }
    return parts;
  }

  #rangePart({ range, start }: WeightPlace, last: Parameter): UpdatePart {
    const end = (last.place?.start ?? start) + last.size;
    return {
      values: range.values.subarray(start, end),
      gradient: range.gradients.subarray(start, end),
      slot: this.#rangeSlot(range, start, end),
    };
  }

  #singlePart(parameter: Parameter): UpdatePart {
    const { numbers: values, place, size } = parameter;
    const gradient = parameter.gradientData ?? new Floats(size);
    if (place !== null && place.home !== null)
      return { values, gradient, slot: this.#rangeSlot(place.range, place.start, place.start + size) };
    return { values, gradient, slot: (name, start = 0) => this.#ownSlot(parameter, name, start) };
  }

  #rangeSlot(range: WeightRange, from: number, to: number): UpdatePart["slot"] {
    const views = new Map<string, Floats>();
    return (name, start = 0) => {
      const known = views.get(name);
      if (known !== undefined) return known;
      this.#ranges.add(range);
      const view = range.slot(this, name, start).subarray(from, to);
      views.set(name, view);
      return view;
    };
  }

  #ownSlot(parameter: Parameter, name: string, start: number): Floats {
    const known = this.#slots.get(parameter)?.get(name);
    if (known !== undefined) return known;
    const made = new Floats(parameter.size).fill(start);
    this.takeBackSlot(parameter, name, made);
    return made;
  }
}

/** Copies of a parameter, or of a part of its numbers, and of what is remembered of them, for an update that is only tried. */
export class Rehearsal {
  readonly part: UpdatePart;
  /** Which of the parameter's numbers is the first. */
  readonly #from: number;
  readonly #remembered = new Map<string, { readonly before: readonly number[]; readonly now: Floats }>();
  readonly #memory: OptimizerMemory;
  readonly #parameter: Parameter;

  /** @param gradient Of as many numbers as are tried, from number `from` of the parameter on. */
  constructor(memory: OptimizerMemory, parameter: Parameter, gradient: readonly number[], from = 0) {
    this.#from = from;
    this.#memory = memory;
    this.#parameter = parameter;
    const scratch = new Map<string, Floats>();
    // What limits and decay write down between is no memory.
    const slot = (name: string) => {
      const known = scratch.get(name) ?? new Floats(gradient.length);
      scratch.set(name, known);
      return known;
    };
    this.part = { values: this.#copy(parameter.numbers, gradient.length), gradient: new Floats(gradient), slot };
  }

  /** The part as the rule sees it: its memory begins as the parameter's own stands. */
  asRemembered(): UpdatePart {
    const slot = (name: string, start = 0) => {
      const known = this.#remembered.get(name);
      if (known !== undefined) return known.now;
      const now = this.#copy(this.#memory.slotOf(this.#parameter, name, start), this.part.values.length);
      this.#remembered.set(name, { before: Array.from(now), now });
      return now;
    };
    return { ...this.part, slot };
  }

  get memory(): Readonly<Record<string, { readonly before: readonly number[]; readonly after: readonly number[] }>> {
    return Object.fromEntries(
      [...this.#remembered].map(([name, { before, now }]) => [name, { before, after: Array.from(now) }]),
    );
  }

  #copy(all: Floats, count: number): Floats {
    return all.slice(this.#from, this.#from + count);
  }
}

function isAtHome({ place, gradientData }: Parameter): boolean {
  return place !== null && place.home !== null && gradientData === place.home.array;
}

/** Whether the second parameter stands right behind the first, its gradient too. */
function isNext(first: Parameter | undefined, second: Parameter | undefined): boolean {
  if (first?.place == null || second?.place == null || !isAtHome(second)) return false;
  return first.place.range === second.place.range && first.place.start + paddedSize(first) === second.place.start;
}
