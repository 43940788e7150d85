// A notebook as one HTML file that needs nothing else: its text, its outputs as data, and the renderer that draws them.

import { createHash } from "node:crypto";
import { notebookTitle } from "../../notebook/notebookCells.ts";
import type { NotebookFile } from "../../notebook/notebookFile.ts";
import { type Locale, plainMessage } from "../../shared/words/message.ts";
import { cellsHtml } from "./cellHtml.ts";
import { escapeHtml, scriptCode } from "./escapeHtml.ts";
import { pageCss } from "./pageCss.ts";
import { pageWords } from "./pageWords.ts";

export interface HtmlOptions {
  /** What the page is called where the notebook has no heading. */
  readonly name: string;
  readonly locale: Locale;
  readonly scripts: PageScripts;
  /** The address of a picture that a Markdown cell names: one that holds the picture itself, or `null`. */
  readonly pictureAddress: (source: string) => string | null;
}

/** The bundles that a page holds. */
export interface PageScripts {
  /** dist/renderer.js */
  readonly renderer: string;
  /** dist/page.js */
  readonly page: string;
}

/** The text of the file. Its policy lets nothing be loaded, and only our own script run: by its hash. */
export function toHtml(notebook: NotebookFile, { name, locale, scripts, pictureAddress }: HtmlOptions): string {
  const word = (id: keyof (typeof pageWords)["en"]) => escapeHtml(plainMessage(pageWords, { id, args: {} }, locale));
  const script = pageScript(scripts);
  const hash = createHash("sha256").update(script).digest("base64");
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
  const title = escapeHtml(notebookTitle(notebook) ?? name);
  const themes = (["system", "light", "dark", "highContrast", "highContrastLight"] as const).map(
    (theme) => `<option value="${theme}">${word(`theme.${theme}`)}</option>`,
  );
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="nnbook">
<title>${title}</title>
<style>${pageCss}</style>
</head>
<body>
<header class="bar">
<noscript>${word("noScript")}</noscript>
<label>${word("theme")} <select id="nnbook-theme" hidden>${themes.join("")}</select></label>
<button id="nnbook-print" type="button" hidden>${word("print")}</button>
</header>
<main>
${cellsHtml(notebook, { locale, pictureAddress })}
</main>
<script type="module">${script}</script>
</body>
</html>
`;
}

/** The renderer and what starts it, as one module: the renderer's only export becomes a constant of it. */
export function pageScript({ renderer, page }: PageScripts): string {
  const [body, exported = "activate", end] = renderer.split(
    /\bexport\s*\{\s*(?:([\w$]+) as )?activate\s*\};?\s*(?:\/\/# sourceMappingURL=.*\s*)?$/,
  );
  if (body === undefined || end === undefined)
    throw new Error("dist/renderer.js does not end with its export of activate. Build it again.");
  const start = page.replace(/\/\/# sourceMappingURL=.*\s*$/, "");
  return scriptCode(`${body}const nnbookActivate = ${exported};\n(() => {\n${start}})();\n`);
}
