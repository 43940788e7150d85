// The examples of a training in the routines' own memory: the rows of each step are then picked there instead of being carried over.

import { backend } from "../../backend/current.ts";
import { MemoryFullError } from "../../backend/memoryFull.ts";
import type { BackendMemory } from "../../backend/recording.ts";
import { Floats, maths } from "../../intrinsics.ts";
import { Tensor } from "../../tensor.ts";
import { countOf } from "../data/trainingData.ts";
import type { Batch } from "../step.ts";

/** So many numbers are worth the room: 256 MB. */
const mostFloats = 2 ** 26;
/** Row numbers are float32 there. */
const mostRows = 2 ** 24;

/** Where numbers stand that several trainings in turn learn from. */
const lasting = new WeakMap<Floats, Floats>();

/** Examples that several trainings in turn learn from: until they are released, none of these makes a copy of its own. */
export class LastingExamples {
  readonly #resident: ResidentExamples;
  #given: readonly Tensor[] = [];

  constructor(given: Batch) {
    this.#resident = new ResidentExamples(given, 2);
    this.standFor(given);
  }

  /** Whether there is a copy that may outlast those given. */
  get isCopy(): boolean {
    return this.#resident.isCopy;
  }

  /** Whoever learns from these, which are the same numbers, finds them here from now on. */
  standFor(given: Batch): void {
    this.standForNone();
    this.#given = tensorsOf(given);
    const moved = tensorsOf(this.#resident.batch);
    this.#given.forEach(({ numbers }, index) => {
      const array = moved[index]?.numbers;
      if (array !== undefined && array !== numbers) lasting.set(numbers, array);
    });
  }

  /** Lets those given go; the copy stays. */
  standForNone(): void {
    for (const { numbers } of this.#given) lasting.delete(numbers);
    this.#given = [];
  }

  /** Gives the memory back; when no training goes on. */
  release(): void {
    this.standForNone();
    this.#resident.release();
  }
}

function tensorsOf({ xs, ys, weights = [] }: Batch): readonly Tensor[] {
  return [...xs, ...ys, ...weights];
}

/** Examples where routines reach them, as long as a training goes on. */
export class ResidentExamples {
  /** The same numbers; those given, where they stand well or do not fit. */
  readonly batch: Batch;
  readonly #memory: BackendMemory;
  #arrays: Floats[] = [];

  /** @param passes How often they are gone through: what is picked once is not worth a copy of all. */
  constructor(given: Batch, passes: number) {
    this.#memory = backend().memory;
    const standing = this.#whereTheyLast(given);
    this.batch = standing ?? (passes > 1 && this.#isWorthwhile(given) ? this.#tryToMoveIn(given) : given);
  }

  /** Whether the examples are a copy of those given. */
  get isCopy(): boolean {
    return this.#arrays.length > 0;
  }

  /** Gives the memory back. The examples must not be used after that. */
  release(): void {
    for (const array of this.#arrays.splice(0)) this.#memory.release(array);
  }

  /** `null` where the inputs do not last. */
  #whereTheyLast({ xs, ys, weights }: Batch): Batch | null {
    const find = (tensor: Tensor): Tensor | null => {
      const array = lasting.get(tensor.numbers);
      return array === undefined || !this.#memory.holds(array) ? null : new Tensor(tensor.shape, array);
    };
    if (!xs.every((x) => find(x) !== null)) return null;
    const found = (tensors: readonly Tensor[]) => tensors.map((each) => find(each) ?? each);
    return { xs: found(xs), ys: found(ys), ...(weights !== undefined && { weights: found(weights) }) };
  }

  #isWorthwhile(given: Batch): boolean {
    const { isApart, mostFloats: room, usedFloats } = this.#memory;
    if (!isApart || countOf(given) > mostRows) return false;
    const numbers = [...given.xs, ...given.ys, ...(given.weights ?? [])].reduce((sum, { size }) => sum + size, 0);
    return numbers <= maths.min(mostFloats, (room - usedFloats) / 4);
  }

  /** There may be enough room, but not in one piece. */
  #tryToMoveIn(given: Batch): Batch {
    try {
      return this.#moveIn(given);
    } catch (error) {
      if (!(error instanceof MemoryFullError)) throw error;
      this.release();
      return given;
    }
  }

  #moveIn({ xs, ys, weights }: Batch): Batch {
    const move = (tensors: readonly Tensor[]) =>
      tensors.map(({ shape, numbers }) => {
        const array = this.#memory.copy(numbers);
        this.#arrays.push(array);
        return new Tensor(shape, array);
      });
    return { xs: move(xs), ys: move(ys), ...(weights !== undefined && { weights: move(weights) }) };
  }
}

/** Picks rows into the places of a plan, or takes all. */
export function fillPlaces(
  places: readonly Tensor[],
  sources: readonly Tensor[],
  rows: ArrayLike<number> | null,
): void {
  for (let index = 0; index < places.length; index++)
    fillPlace(places[index] as Tensor, sources[index] as Tensor, rows);
}

/** The same for one place. */
export function fillPlace(
  { numbers: target }: Tensor,
  { numbers: source }: Tensor,
  rows: ArrayLike<number> | null,
): void {
  const { memory } = backend();
  const isNear = memory.isApart && memory.holds(source);
  // What is small is copied before a routine would be called.
  if (!isNear || (rows !== null && target.length <= mostByHand)) copyRows(source, rows, target);
  else pickRows(source, rows, target);
}

/** Of examples that stand where routines reach them. */
function pickRows(source: Floats, rows: ArrayLike<number> | null, target: Floats): void {
  if (rows === null) {
    backend().copy(source, target, 1);
    return;
  }
  const width = target.length / maths.max(1, rows.length);
  if (areConsecutive(rows)) {
    const start = (rows[0] ?? 0) * width;
    backend().copy(source.subarray(start, start + target.length), target, 1);
  } else backend().gatherRows(source, Floats.from(rows), target, width);
}

/** Where these rows of examples stand already as a step wants them: in the routines' memory, one behind the other. */
export function standingRows(source: Floats, rows: ArrayLike<number>, length: number): Floats | null {
  const { memory } = backend();
  if (!memory.isApart || !memory.holds(source) || !areConsecutive(rows)) return null;
  const start = (rows[0] ?? 0) * (length / maths.max(1, rows.length));
  return source.subarray(start, start + length);
}

/** As without shuffling. */
function areConsecutive(rows: ArrayLike<number>): boolean {
  const first = rows[0] ?? 0;
  for (let index = 1; index < rows.length; index++) if (rows[index] !== first + index) return false;
  return true;
}

/** So few numbers are carried over one by one sooner than by anything that must be called. */
const mostByHand = 1024;

function copyRows(source: Floats, rows: ArrayLike<number> | null, target: Floats): void {
  if (rows === null) {
    target.set(source);
    return;
  }
  const width = target.length / rows.length;
  if (target.length > mostByHand && areConsecutive(rows)) {
    const start = (rows[0] ?? 0) * width;
    target.set(source.subarray(start, start + target.length));
    return;
  }
  if (width < 16 || target.length <= mostByHand) {
    // By hand that is quicker than with a view for each row.
    for (let row = 0, to = 0; row < rows.length; row++)
      for (let from = (rows[row] as number) * width, end = from + width; from < end; from++)
        target[to++] = source[from] as number;
    return;
  }
  for (let row = 0; row < rows.length; row++) {
    const from = (rows[row] as number) * width;
    target.set(source.subarray(from, from + width), row * width);
  }
}
