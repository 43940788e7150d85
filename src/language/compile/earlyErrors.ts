// The errors that JavaScript engines find before running and that TypeScript's transpiler leaves to them.

import { type Options, Parser, type Program } from "acorn";
import type { NameProblem } from "./cellDraft.ts";

/** A cell may export what an earlier cell declared. */
const CellParser = Parser.extend(
  (Base) =>
    class extends Base {
      checkLocalExport(): void {}
    },
);

/** `code` as a syntax tree, or the first thing wrong with it. */
export function parseCode(code: string, options: Omit<Options, "ecmaVersion">): Program | NameProblem {
  try {
    return CellParser.parse(code, { ecmaVersion: "latest", ...options });
  } catch (error) {
    if (!(error instanceof SyntaxError) || !("pos" in error) || typeof error.pos !== "number") throw error;
    return { offset: error.pos, message: `${error.message.replace(/ \(\d+:\d+\)$/, "")}.` };
  }
}

export function parseProblem(code: string, options: Omit<Options, "ecmaVersion">): NameProblem | null {
  const parsed = parseCode(code, options);
  return "message" in parsed ? parsed : null;
}
