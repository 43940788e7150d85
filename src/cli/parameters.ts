// `--param NAME=VALUE`: the notebook with other values for variables of its cells, or what is wrong with a name or a value.

import type { NotebookFile } from "../notebook/notebookFile.ts";
import { fromLines, toLines } from "../notebook/printNotebook.ts";
import type { LanguageClient } from "../session/languageClient.ts";
import type { CodeChange, NotebookParameter, ParameterAnswer } from "../shared/languageProtocol.ts";
import { codeCells } from "./notebookRun.ts";

/** The changed notebook, or a sentence. */
export async function withParameters(
  notebook: NotebookFile,
  parameters: readonly NotebookParameter[],
  language: Pick<LanguageClient, "request">,
): Promise<NotebookFile | string> {
  if (parameters.length === 0) return notebook;
  const cells = codeCells(notebook).cells.map(({ cellId, source }) => ({ id: cellId, text: source }));
  const answer = await language.request({ kind: "setParameters", cells, parameters });
  return answer.kind === "set" ? changed(notebook, answer.changes) : problemOf(answer);
}

function problemOf(answer: Exclude<ParameterAnswer, { kind: "set" }>): string {
  if (answer.kind === "wrongValue")
    return `--param ${answer.name}=${answer.value}: expected ${answer.expected}, because ${answer.name} is one in the notebook.`;
  if (answer.kind === "notOffered")
    return `--param ${answer.name}=${answer.value}: expected one of ${answer.offered.join(", ")}, which the menu in the notebook offers.`;
  if (answer.kind === "outOfRange")
    return `--param ${answer.name}=${answer.value}: expected a number from ${answer.min} to ${answer.max}, which the slider in the notebook reaches.`;
  const { name, known, nearest } = answer;
  if (known.length === 0)
    return `--param ${name}: this notebook has no parameters. A parameter is a variable with a number, a text, true or false, or a control: const ${name} = 0.1;`;
  const meant = nearest === null ? "" : ` Did you mean ${nearest}?`;
  return `--param ${name}: the notebook has no such parameter.${meant} There are: ${known.join(", ")}.`;
}

function changed(notebook: NotebookFile, changes: readonly CodeChange[]): NotebookFile {
  const cells = notebook.cells.map((cell, index) => {
    // From the end on, so that the places of the others stay right.
    const own = changes.filter(({ cellId }) => cellId === `cell:${index}`).sort((a, b) => b.span.start - a.span.start);
    if (own.length === 0) return cell;
    const replaced = (text: string, { span, text: added }: CodeChange) =>
      text.slice(0, span.start) + added + text.slice(span.start + span.length);
    return { ...cell, source: toLines(own.reduce(replaced, fromLines(cell.source))) };
  });
  return { ...notebook, cells };
}
