// Where the problems page explains a kind of problem: its codes in the list of problems lead there.

import * as vscode from "vscode";
import type { Locale } from "../../shared/words/message.ts";

export class ProblemsPage {
  readonly #uri: vscode.Uri;
  #lines: Promise<readonly string[]> | null = null;

  constructor(extension: vscode.Uri, locale: Locale) {
    this.#uri = vscode.Uri.joinPath(extension, "docs", locale === "en" ? "problems.md" : `problems.${locale}.md`);
  }

  /** The page at the heading that names the code. */
  async place(code: string): Promise<vscode.Uri> {
    this.#lines ??= this.#read();
    const line = (await this.#lines).findIndex((each) => each.startsWith("#") && each.includes(`\`${code}\``));
    return line < 0 ? this.#uri : this.#uri.with({ fragment: `L${line + 1}` });
  }

  async #read(): Promise<readonly string[]> {
    const bytes = await vscode.workspace.fs.readFile(this.#uri);
    return new TextDecoder().decode(bytes).split("\n");
  }
}
