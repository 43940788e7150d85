// An error of the engine on its way from one thread to another, where its class would be lost.

import { ShapeError, ValueError } from "../errors.ts";

export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly op: string | null;
  readonly expected: string;
  readonly got: string;
  readonly hint: string | null;
}

export function sentError(error: unknown): SentError {
  const isOurs = error instanceof ShapeError || error instanceof ValueError;
  return {
    name: error instanceof Error ? error.name : "Error",
    message: error instanceof Error ? error.message : String(error),
    op: isOurs ? error.op : null,
    expected: isOurs ? error.expected : "",
    got: isOurs ? error.got : "",
    hint: isOurs ? error.hint : null,
  };
}

/** The error as it was, as far as users tell errors apart. */
export function receivedError({ name, message, op, expected, got, hint }: SentError): Error {
  if (op === null) return new Error(name === "Error" ? message : `${name}: ${message}`);
  const problem = { op, expected, got, ...(hint !== null && { hint }) };
  const error = name === "ShapeError" ? new ShapeError(problem) : new ValueError(problem);
  error.message = message;
  return error;
}
