// How one case of a fixture file came out: what the tests and the command-line check both report.

export interface CaseResult {
  readonly name: string;
  /** The largest |got − want| / (atol + rtol · |want|) over all numbers compared; up to 1 passes. NaN fails. */
  readonly worst: number;
  /** Why the case was not checked; absent when it was. */
  readonly skipped?: string;
  /** What stopped the check; the case then failed, and `worst` is infinite. */
  readonly error?: string;
}

/** One case's result; what `check` throws is a failure of that case alone. */
export function checkCase(name: string, check: () => number): CaseResult {
  try {
    return { name, worst: check() };
  } catch (error) {
    return {
      name,
      worst: Number.POSITIVE_INFINITY,
      error: error instanceof Error ? error.message : String(error),
    };
  }
}
