// What writes a model down for another program. It knows descriptions alone, so that it may stand in a file of its own, which is read when it is first needed.

import type { ModelDescription } from "./description.ts";

/** Why a model cannot be written down for a program. */
export interface Refused {
  readonly kind: "refused";
  readonly expected: string;
  readonly got: string;
  readonly hint: string;
}

/** A program with the weights it reads. */
export interface WrittenScript {
  readonly kind: "written";
  readonly script: string;
  readonly weights: Uint8Array<ArrayBuffer>;
  /** What is not as here, in sentences. */
  readonly notes: readonly string[];
}

/** A model in a file. */
export interface WrittenFile {
  readonly kind: "written";
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The programs that models are written down for. */
export interface Exporters {
  readonly pytorch: (model: ModelDescription, options: { readonly torchrun: boolean }) => WrittenScript | Refused;
  readonly keras: (model: ModelDescription) => WrittenScript | Refused;
  readonly onnx: (model: ModelDescription) => WrittenFile | Refused;
}

/** Thrown within an exporter, where a part has no counterpart; what calls it gives it as an answer. */
export class NoCounterpart {
  readonly refusal: Refused;

  constructor(expected: string, got: string, hint: string) {
    this.refusal = { kind: "refused", expected, got, hint };
  }
}

/** What `write` gives, or why it cannot. */
export function orRefused<Written>(write: () => Written): Written | Refused {
  try {
    return write();
  } catch (error) {
    if (error instanceof NoCounterpart) return error.refusal;
    throw error;
  }
}
