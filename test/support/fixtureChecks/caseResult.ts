// How one case of a fixture file came out: what the tests and the command-line check both report.

export interface CaseResult {
  readonly name: string;
  /** The largest |got − want| / (atol + rtol · |want|) over all numbers compared; up to 1 passes. NaN fails. */
  readonly worst: number;
  /** Why the case was not checked; absent when it was. */
  readonly skipped?: string;
}
