// Notebooks into other forms and back. Bundled as convert.cjs, which the editor and the command line load when first asked to convert.

import { readFileSync } from "node:fs";
import path from "node:path";
import type { NotebookFile } from "../notebook/notebookFile.ts";
import type { Locale } from "../shared/words/message.ts";
import type { Exported } from "./exported.ts";
import { toHtml } from "./html/toHtml.ts";
import { toJupyter } from "./jupyter/toJupyter.ts";
import { toMarkdown } from "./markdown/toMarkdown.ts";
import { pictureAddressIn } from "./pictureFiles.ts";

/** The forms a notebook can be exported to, by the ending of their files. */
export type ExportForm = "html" | "md" | "ipynb";

export interface ExportRequest {
  readonly notebook: NotebookFile;
  readonly form: ExportForm;
  /** The new file's name without its ending: a page without a heading is called so, and the folder of pictures after it. */
  readonly name: string;
  /** The language of the words that the export adds. */
  readonly locale: Locale;
  /** Where pictures are that Markdown cells name; `null` where nothing is known of files. */
  readonly folder: string | null;
}

/** Exports a notebook as it is: no cell runs, and nothing is loaded from elsewhere. */
export function exportNotebook({ notebook, form, name, locale, folder }: ExportRequest): Exported {
  switch (form) {
    case "html": {
      const scripts = { renderer: readBundle("renderer.js"), page: readBundle("page.js") };
      const text = toHtml(notebook, { name, locale, scripts, pictureAddress: pictureAddressIn(folder) });
      return { text, files: [] };
    }
    case "md":
      return toMarkdown(notebook, name, locale);
    case "ipynb":
      return { text: toJupyter(notebook, locale), files: [] };
  }
}

export { importNotebook } from "./importNotebook.ts";

/** Bundles that stand beside this one. */
function readBundle(name: string): string {
  return readFileSync(path.join(__dirname, name), "utf8");
}
