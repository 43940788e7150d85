// What a Jupyter notebook holds, format 4.5 (nbformat): as much of it as we write.

import type { JsonValue } from "../../shared/json.ts";

export const jupyterFormat = { nbformat: 4, nbformat_minor: 5 } as const;

/** A text, as one string or as lines that keep their newline. */
export type MultilineText = string | readonly string[];

export interface JupyterFile {
  readonly cells: readonly JupyterCell[];
  readonly metadata: { readonly [key: string]: JsonValue };
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

export interface JupyterCell {
  readonly cell_type: "code" | "markdown" | "raw";
  readonly id: string;
  readonly metadata: { readonly [key: string]: JsonValue };
  readonly source: MultilineText;
  /** Code cells have these two. */
  readonly execution_count?: number | null;
  readonly outputs?: readonly JupyterOutput[];
}

export type JupyterOutput =
  | { readonly output_type: "stream"; readonly name: "stdout" | "stderr"; readonly text: MultilineText }
  | {
      readonly output_type: "error";
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    }
  | {
      readonly output_type: "display_data";
      readonly data: { readonly [mime: string]: JsonValue };
      readonly metadata: { readonly [key: string]: JsonValue };
    };
