// The error of a backend whose memory has no room for what it is asked for.

import { maths } from "../intrinsics.ts";

/**
 * No room in a backend's memory. Nothing that was asked for together with it was kept: what was there before is as it was, and
 * smaller work goes on.
 *
 * @example
 * try {
 *   model.trainOnBatch(x, y);
 * } catch (error) {
 *   if (!(error instanceof MemoryFullError)) throw error;
 *   console.log(`${error.what}: ${error.wantedBytes} bytes too much`); // then halves, one after the other
 * }
 */
export class MemoryFullError extends RangeError {
  override readonly name = "MemoryFullError";
  /** What did not fit. */
  readonly what: string;
  /** How much more was wanted. */
  readonly wantedBytes: number;
  /** How much is taken. */
  readonly usedBytes: number;
  /** How much there can be at most. */
  readonly mostBytes: number;

  constructor(problem: { what: string; wantedBytes: number; usedBytes: number; mostBytes: number }) {
    const [wanted, used, most] = [problem.wantedBytes, problem.usedBytes, problem.mostBytes].map(mebibytes);
    super(
      `No room for ${problem.what}: ${wanted} more are needed, and ${used} of the ${most} that the engine can use on this backend are taken. Smaller batches need less; useBackend("plain") has no such limit.`,
    );
    this.what = problem.what;
    this.wantedBytes = problem.wantedBytes;
    this.usedBytes = problem.usedBytes;
    this.mostBytes = problem.mostBytes;
  }
}

function mebibytes(bytes: number): string {
  return `${maths.ceil(bytes / 2 ** 20)} MiB`;
}

/** Does `work`; where it finds no room, the error says for what: "the weights of the model". */
export function withNameOfMemory<Result>(what: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof MemoryFullError)) throw error;
    throw new MemoryFullError({ ...error, what });
  }
}
