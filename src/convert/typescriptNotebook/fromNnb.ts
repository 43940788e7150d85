// A notebook of the extension "TypeScript Notebooks" (`.nnb`): `{ "cells": [{ "language", "source" }] }`.

import type { NotebookFile } from "../../notebook/notebookFile.ts";
import type { ImportReader } from "../importReader.ts";

/** Outputs are left behind: they were made for scripts of that extension. */
export function fromNnb(bytes: Uint8Array, reader: ImportReader): NotebookFile {
  const { cells } = reader.file(bytes);
  return {
    nnbook: 1,
    metadata: {},
    cells: cells.map((cell, index) => {
      const source = reader.text(cell.source, index, "source");
      const language = reader.text(cell.language, index, "language");
      return language === "markdown" ? reader.markdown(source) : reader.code(source, language);
    }),
  };
}
