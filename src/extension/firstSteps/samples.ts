// The notebooks that ship: which there are, in the reader's language. They are read where the extension is installed, and never written.

import * as vscode from "vscode";
import type { NotebookFile } from "../../notebook/notebookFile.ts";
import { headingOf } from "../../notebook/notebookHeading.ts";
import { describeFileError, parseNotebookBytes } from "../../notebook/parseNotebook.ts";
import type { Locale } from "../../shared/words/message.ts";

/** A notebook of the course. */
export interface Sample {
  /** Its file's name without the ending: "05-vanishing-gradients". */
  readonly name: string;
  /** With its number: "5 · Vanishing gradients". */
  readonly title: string;
  /** Its question, in one line. */
  readonly summary: string;
  readonly notebook: NotebookFile;
}

const fileEnding = ".nnbook";

/** All samples in their order. */
export async function readSamples(extension: vscode.Uri, locale: Locale): Promise<readonly Sample[]> {
  const folder = vscode.Uri.joinPath(extension, "media", "samples", ...languageFolder(locale));
  const files = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  return Promise.all(
    files
      .filter((file) => file.endsWith(fileEnding))
      .sort()
      .map(async (file) => {
        const notebook = await readNotebook(vscode.Uri.joinPath(folder, file), locale);
        const name = file.slice(0, -fileEnding.length);
        return { name, ...(headingOf(notebook) ?? { title: name, summary: "" }), notebook };
      }),
  );
}

/** What a new notebook begins with. */
export function readTemplate(extension: vscode.Uri, locale: Locale): Promise<NotebookFile> {
  const file = `newNotebook${fileEnding}`;
  return readNotebook(vscode.Uri.joinPath(extension, "media", "templates", ...languageFolder(locale), file), locale);
}

function languageFolder(locale: Locale): readonly string[] {
  return locale === "en" ? [] : [locale];
}

async function readNotebook(file: vscode.Uri, locale: Locale): Promise<NotebookFile> {
  const result = parseNotebookBytes(await vscode.workspace.fs.readFile(file), locale);
  if (result.kind === "parsed") return result.notebook;
  throw new Error(`${file.path}: ${describeFileError(result.error, locale)}`);
}
