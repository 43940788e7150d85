// The outputs of one cell run, in order, as the file keeps them: streams joined, pictures replaced by their final state.

import { errorMimeType, type NotebookFileOutput, streamMimeTypes } from "../notebook/notebookFile.ts";
import type { CellError, Output } from "../shared/outputs.ts";

interface StreamOutput {
  readonly stream: "stdout" | "stderr";
  text: string;
}

export class CellOutputs {
  readonly #outputs: ({ readonly displayId: string; output: Output } | StreamOutput | CellError)[] = [];

  print(stream: "stdout" | "stderr", text: string): void {
    const last = this.#outputs.at(-1);
    if (last !== undefined && "stream" in last && last.stream === stream) last.text += text;
    else this.#outputs.push({ stream, text });
  }

  display(displayId: string, output: Output): void {
    this.#outputs.push({ displayId, output });
  }

  /** Replaces what was shown under this id. */
  update(displayId: string, output: Output): void {
    const shown = this.#outputs.find((entry) => "displayId" in entry && entry.displayId === displayId);
    if (shown !== undefined && "output" in shown) shown.output = output;
  }

  fail(error: CellError): void {
    this.#outputs.push(error);
  }

  toFile(): readonly NotebookFileOutput[] {
    return this.#outputs.map((entry) => {
      if ("output" in entry) return { items: entry.output.items };
      if ("stream" in entry) return { items: { [streamMimeTypes[entry.stream]]: entry.text } };
      const { name, message, stack } = entry;
      const frames = stack.split("\n").flatMap((line) => (line.trim() === "" ? [] : [`    ${line.trim()}`]));
      // Viewers show the stack alone when there is one, so it begins with the message: as the editor writes it.
      return { items: { [errorMimeType]: { name, message, stack: [`${name}: ${message}`, ...frames].join("\n") } } };
    });
  }
}
