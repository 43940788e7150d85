// The page a grid is drawn in: our own scripts, and nothing from anywhere else.

import * as vscode from "vscode";
import type { Locale } from "../../shared/words/message.ts";

export interface GridPageOptions {
  readonly dist: vscode.Uri;
  readonly title: string;
  readonly locale: Locale;
  readonly nonce: string;
}

const css = `
body { padding: 8px 20px 20px; }
.gridBar { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; padding: 4px 0 8px; font: 12px/18px var(--vscode-font-family); }
.gridBar[hidden], .gridMover[hidden], .gridSaid[hidden] { display: none; }
.gridMover { display: inline-flex; gap: 4px; align-items: center; margin-left: 8px; font-variant-numeric: tabular-nums; }
.gridButton { min-width: 24px; min-height: 24px; padding: 2px 8px; border: 1px solid var(--vscode-contrastBorder, transparent); border-radius: 3px; background: var(--vscode-button-secondaryBackground, transparent); color: var(--vscode-button-secondaryForeground, var(--vscode-foreground)); font: inherit; cursor: pointer; }
.gridButton:hover:not([aria-disabled]) { background: var(--vscode-button-secondaryHoverBackground, transparent); outline: 1px dashed var(--vscode-contrastActiveBorder, transparent); }
.gridButton[aria-pressed="true"] { background: var(--vscode-button-background, transparent); color: var(--vscode-button-foreground, var(--vscode-foreground)); border-color: var(--vscode-contrastActiveBorder, transparent); }
.gridButton[aria-disabled] { opacity: 0.5; cursor: default; }
.gridButton:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
.gridSaid { margin: 4px 0; color: var(--vscode-descriptionForeground); }
.gridPicture.old { opacity: 0.6; }
`;

export function gridHtml(webview: vscode.Webview, { dist, title, locale, nonce }: GridPageOptions): string {
  const address = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${webview.cspSource}`,
    // Charts set the sizes and colours of their parts.
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(title)}</title>
<style>${css}</style>
</head>
<body data-renderer="${address("renderer.js")}">
<script type="module" nonce="${nonce}" src="${address("grid.js")}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
