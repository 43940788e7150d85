// Notebooks of other tools into ours, by the ending of their name.

import type { Locale } from "../shared/words/message.ts";
import { type Imported, ImportProblem, ImportReader } from "./importReader.ts";
import { fromJupyter } from "./jupyter/fromJupyter.ts";
import { fromNnb } from "./typescriptNotebook/fromNnb.ts";

export interface ImportRequest {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly locale: Locale;
}

/** Runs nothing. A file that is broken, or of another kind, is an answer with what is wrong and where. */
export function importNotebook({ bytes, fileName, locale }: ImportRequest): Imported {
  const reader = new ImportReader(locale);
  try {
    if (/\.ipynb$/i.test(fileName)) {
      const notebook = fromJupyter(bytes, reader);
      return { kind: "imported", notebook, notes: reader.notes(notebook.cells) };
    }
    if (/\.nnb$/i.test(fileName)) {
      const notebook = fromNnb(bytes, reader);
      return { kind: "imported", notebook, notes: [...reader.notes(notebook.cells), reader.say("noOutputs")] };
    }
    return { kind: "failed", message: reader.say("unknownKind", { file: fileName }) };
  } catch (error) {
    if (error instanceof ImportProblem) return { kind: "failed", message: error.message };
    throw error;
  }
}
