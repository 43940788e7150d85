// What an export comes to: one text, and the files that stand beside it.

export interface Exported {
  readonly text: string;
  /** Files of their own that the text names, by their path from its folder, with `/`. */
  readonly files: readonly ExportedFile[];
}

export interface ExportedFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}
