// For tests: a language server over notebooks written as arrays of cells, with `|` for the cursor.

import type { CodeChange, CodePlace } from "../shared/codePlaces.ts";
import type { EditorAnswers, EditorRequest } from "../shared/editorProtocol.ts";
import type {
  CellDiagnostic,
  CompletionDetails,
  CompletionList,
  Hover,
  SignatureHelp,
} from "../shared/languageProtocol.ts";
import type { Locale } from "../shared/words/message.ts";
import { LanguageServer } from "./languageServer.ts";
import type { LanguageFiles } from "./program/languageHost.ts";

/** A small nnbook: enough of its shape to complete, hover and check. */
export const smallNnbookTypes: Readonly<Record<string, string>> = {
  "src/kernel/nnbookModule.d.ts": `export * from "../engine/index.ts";
/** Shows a value below the cell. */
export declare function display(value: unknown): void;
`,
  "src/engine/index.d.ts": `export { Layer } from "./layer.ts";
export * as layers from "./layers.ts";
export { type Model, sequential } from "./model.ts";
`,
  "src/engine/layer.d.ts": `/** One layer of a network. */
export declare abstract class Layer {
    #private;
    abstract readonly type: string;
    name: string;
}
`,
  "src/engine/layers.d.ts": `import { Layer } from "./layer.ts";
export type ActivationName = "linear" | "relu" | "sigmoid" | "tanh";
export interface DenseOptions {
    /** How many outputs. */
    readonly units: number;
    /** The activation function; "linear" by default. */
    readonly activation?: ActivationName;
}
export declare class Dense extends Layer {
    readonly type = "dense";
}
/**
 * Fully connected layer: \`y = x · W + b\`.
 *
 * @param options units and activation
 * @throws ShapeError when the last axis of the input is not \`inputSize\`.
 * @example layers.dense({ units: 8 })
 */
export declare function dense(options: DenseOptions): Dense;
/** Drops a share of its inputs. */
export declare function dropout(rate: number): Layer;
`,
  "src/engine/model.d.ts": `import type { Layer } from "./layer.ts";
export interface Model {
    /** Trains the model. */
    fit(x: number[][], y: number[], options?: { readonly epochs?: number }): Promise<{ readonly loss: number[] }>;
    predict(x: number[][]): number[];
    readonly layers: readonly Layer[];
}
/** Layers one after the other. */
export declare function sequential(layers: readonly Layer[]): Model;
`,
};

interface TestNotebookOptions {
  readonly id?: string;
  readonly folder?: string | null;
  readonly workspaceFolder?: string;
}

export class TestNotebook {
  readonly server: LanguageServer;
  readonly id: string;
  readonly folder: string | null;
  readonly #workspaceFolder: string | undefined;
  #version = 0;
  #cells: readonly string[] = [];

  constructor(server: LanguageServer, { id = "notebook", folder = null, workspaceFolder }: TestNotebookOptions = {}) {
    this.server = server;
    this.id = id;
    this.folder = folder;
    this.#workspaceFolder = workspaceFolder;
  }

  /** Replaces all cells; their ids are their indices. A `|` is kept. */
  set(cells: readonly string[]): this {
    this.#cells = cells;
    const notebook = {
      notebookId: this.id,
      folder: this.folder,
      workspaceFolder: this.#workspaceFolder,
      version: ++this.#version,
      cells: cells.map((text, index) => ({ id: String(index), text })),
    };
    this.server.answer({ kind: "updateNotebook", notebook });
    return this;
  }

  close(): void {
    this.server.answer({ kind: "closeNotebook", notebookId: this.id });
  }

  complete(cells: readonly string[], trigger: string | null = null): CompletionList | null {
    return this.server.answer({ kind: "complete", ...this.#at(cells), trigger });
  }

  names(cells: readonly string[]): string[] {
    return (this.complete(cells)?.entries ?? []).map(({ name }) => name);
  }

  resolve(cells: readonly string[], name: string, importFrom: string | null = null): CompletionDetails | null {
    return this.server.answer({ kind: "resolveCompletion", ...this.#at(cells), name, source: null, importFrom });
  }

  signature(cells: readonly string[]): SignatureHelp | null {
    return this.server.answer({ kind: "signatureHelp", ...this.#at(cells) });
  }

  hover(cells: readonly string[]): Hover | null {
    return this.server.answer({ kind: "hover", ...this.#at(cells) });
  }

  definition(cells: readonly string[]): readonly CodePlace[] {
    return this.server.answer({ kind: "definition", ...this.#at(cells) });
  }

  /** Asks about the place of the `|`. */
  ask<Kind extends EditorRequest["kind"]>(
    kind: Kind,
    cells: readonly string[],
    more: Readonly<Record<string, unknown>> = {},
  ): EditorAnswers[Kind] {
    const request = { kind, ...this.#at(cells), ...more } as unknown as EditorRequest & { readonly kind: Kind };
    return this.server.answer(request) as EditorAnswers[Kind];
  }

  /** The texts of places: `cell 1 "units"`, `helper.ts:2:17`. */
  texts(places: readonly CodePlace[] | null): string[] {
    return (places ?? []).map((place) => {
      if (place.kind !== "cell") return `${place.path.split("/").at(-1)}:${place.line}:${place.column}`;
      const { start, length } = place.span;
      return `cell ${place.cellId} at ${start}: ${this.#cells[Number(place.cellId)]?.slice(start, start + length)}`;
    });
  }

  /** The cells' texts after changes. */
  changed(changes: readonly CodeChange[]): string[] {
    return this.#cells.map((text, index) =>
      changes
        .filter(({ cellId }) => cellId === String(index))
        .sort((a, b) => b.span.start - a.span.start)
        .reduce(
          (now, { span, text: added }) => now.slice(0, span.start) + added + now.slice(span.start + span.length),
          text,
        ),
    );
  }

  diagnose(cells: readonly string[]): readonly CellDiagnostic[] {
    this.set(cells);
    return this.server.answer({ kind: "diagnose", notebookId: this.id });
  }

  /** Diagnostics as text, without what is merely faded: `cell 1 error "late": …`. */
  problems(cells: readonly string[]): string[] {
    const marked = this.diagnose(cells).filter(({ tag }) => tag !== "unnecessary");
    return marked.map(({ cellId, span, severity, message }) => {
      const text = this.#cells[Number(cellId)]?.slice(span.start, span.start + span.length);
      return `cell ${cellId} ${severity} ${JSON.stringify(text)}: ${message}`;
    });
  }

  /** Sets the cells without their `|`, and gives the place it stood at. */
  #at(cells: readonly string[]): { notebookId: string; cellId: string; offset: number } {
    const index = cells.findIndex((cell) => cell.includes("|"));
    const offset = cells[index]?.indexOf("|") ?? 0;
    this.set(cells.map((cell, at) => (at === index ? cell.slice(0, offset) + cell.slice(offset + 1) : cell)));
    return { notebookId: this.id, cellId: String(index), offset };
  }
}

export function testServer(
  typescriptLibs: LanguageFiles["typescriptLibs"],
  nnbookTypes = smallNnbookTypes,
  locale: Locale = "en",
): LanguageServer {
  return new LanguageServer({
    readFiles: () => ({ typescriptLibs, nnbookTypes }),
    readRules: () => {
      throw new Error("Models in code are tested with the engine's rules: see describeModels.test.ts.");
    },
    locale,
  });
}
