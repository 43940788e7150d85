// Places in the code of cells and in files beside them, and changes there.
// Offsets are UTF-16 code units from the start of a cell's text; lines and columns count from 1.

export interface TextSpan {
  readonly start: number;
  readonly length: number;
}

/** Replaces a span of a cell's text. */
export interface CodeChange {
  readonly cellId: string;
  readonly span: TextSpan;
  readonly text: string;
}

/** A name in a file of the user's, as the file stands on disk. */
export interface FilePlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

export type CodePlace =
  | { readonly kind: "cell"; readonly cellId: string; readonly span: TextSpan }
  | ({ readonly kind: "file" } & FilePlace)
  /** In the types of nnbook or of TypeScript's libraries, which can be read and not changed. `path` is what `readTypes` takes. */
  | ({ readonly kind: "types" } & FilePlace);
