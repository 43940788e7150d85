// The style sheet of an exported page. Its colours bear the editor's names, because the renderer asks for those.

/** Text and lines keep WCAG's 4.5:1 and 3:1 on their page, in each theme. */
const themes = {
  light: `--vscode-foreground: #1f2328; --vscode-descriptionForeground: #59636e; --vscode-editor-background: #ffffff; --vscode-focusBorder: #0969da;
    --page-raised: #f6f8fa; --page-line: #d1d9e0; --page-link: #0960c4; --page-warn: #fff7dd; --page-error: #ffebe9;
    --code-keyword: #a0111f; --code-string: #0a3069; --code-comment: #59636e; --code-number: #0550ae; --code-name: #6639ba; color-scheme: light;`,
  dark: `--vscode-foreground: #e6e9ec; --vscode-descriptionForeground: #a3abb4; --vscode-editor-background: #1b1d20; --vscode-focusBorder: #4c9dff;
    --page-raised: #25282c; --page-line: #3d434a; --page-link: #6cb2ff; --page-warn: #37301a; --page-error: #3d2225;
    --code-keyword: #ff8b85; --code-string: #a8d5ff; --code-comment: #a3abb4; --code-number: #7dbdff; --code-name: #d8b9ff; color-scheme: dark;`,
  highContrast: `--vscode-foreground: #ffffff; --vscode-descriptionForeground: #ffffff; --vscode-editor-background: #000000; --vscode-focusBorder: #f38518;
    --vscode-contrastBorder: #6fc3df; --vscode-contrastActiveBorder: #f38518; --page-raised: #000000; --page-line: #6fc3df; --page-link: #8fd0ff;
    --page-warn: #000000; --page-error: #000000; --code-keyword: #ff9d97; --code-string: #b9dcff; --code-comment: #d0d0d0; --code-number: #9fd0ff; --code-name: #e2ccff; color-scheme: dark;`,
  highContrastLight: `--vscode-foreground: #000000; --vscode-descriptionForeground: #000000; --vscode-editor-background: #ffffff; --vscode-focusBorder: #0047b3;
    --vscode-contrastBorder: #0f4a85; --vscode-contrastActiveBorder: #0047b3; --page-raised: #ffffff; --page-line: #0f4a85; --page-link: #0a3c8c;
    --page-warn: #ffffff; --page-error: #ffffff; --code-keyword: #86000c; --code-string: #06264f; --code-comment: #3d434a; --code-number: #033d84; --code-name: #4c2889; color-scheme: light;`,
} as const;

export const pageCss = `
:root, body[data-vscode-theme-kind="vscode-light"] { ${themes.light} }
@media (prefers-color-scheme: dark) { :root { ${themes.dark} } }
body[data-vscode-theme-kind="vscode-dark"] { ${themes.dark} }
body[data-vscode-theme-kind="vscode-high-contrast"] { ${themes.highContrast} }
body[data-vscode-theme-kind="vscode-high-contrast-light"] { ${themes.highContrastLight} }
* { box-sizing: border-box; }
body { margin: 0; background: var(--vscode-editor-background); color: var(--vscode-foreground); font: 16px/1.6 system-ui, -apple-system, "Segoe UI", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", sans-serif; overflow-wrap: break-word; }
:lang(ko) { word-break: keep-all; }
:focus-visible { outline: 2px solid var(--vscode-focusBorder); outline-offset: 2px; }
.bar { display: flex; gap: 12px; justify-content: flex-end; align-items: center; min-height: 48px; padding: 8px 20px; font-size: 13px; }
.bar noscript { margin-right: auto; }
.bar label:has([hidden]) { display: none; }
.bar select, .bar button { font: inherit; min-height: 28px; padding: 2px 10px; color: inherit; background: var(--page-raised); border: 1px solid var(--page-line); border-radius: 6px; }
main { max-width: 900px; margin: 0 auto; padding: 0 20px 64px; }
section { margin: 0 0 20px; }
a { color: var(--page-link); }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.5em 0 0.5em; text-wrap: balance; }
h1 { font-size: 2em; } h2 { font-size: 1.45em; } h3 { font-size: 1.2em; }
main > section:first-child > :first-child { margin-top: 0; }
.words > :first-child { margin-top: 0; } .words > :last-child { margin-bottom: 0; }
.words:has(> :is(h1, h2, h3):first-child) { margin-top: 36px; }
.words img { max-width: 100%; }
.words table { border-collapse: collapse; display: block; overflow-x: auto; }
.words th, .words td { border: 1px solid var(--page-line); padding: 5px 12px; text-align: left; }
.words blockquote { margin-left: 0; padding-left: 16px; border-left: 4px solid var(--page-line); color: var(--vscode-descriptionForeground); }
.words details { padding: 8px 14px; border: 1px solid var(--page-line); border-radius: 8px; }
.words summary { cursor: pointer; font-weight: 600; }
pre, code { font-family: ui-monospace, SFMono-Regular, "Cascadia Code", Menlo, Consolas, "D2Coding", monospace; font-size: 13px; line-height: 1.5; }
:not(pre) > code { padding: 0.15em 0.35em; background: var(--page-raised); border-radius: 4px; font-size: 0.88em; }
pre { margin: 0; overflow-x: auto; word-break: normal; }
.code, .words pre { padding: 12px 16px; background: var(--page-raised); border: 1px solid var(--page-line); border-radius: 8px; }
.outputs { padding: 10px 2px 0; }
.outputs > * { margin: 0 0 10px; }
.outputs .text, .outputs .warned, .outputs .error { padding: 4px 14px; }
.outputs .warned, .outputs .error { padding-block: 10px; border-left: 4px solid var(--page-line); background: var(--page-warn); white-space: pre-wrap; }
.outputs .error { background: var(--page-error); }
.outputs .picture { max-width: 100%; }
.notShown { color: var(--vscode-descriptionForeground); }
math { font-family: "Latin Modern Math", "STIX Two Math", "Cambria Math", math; font-size: 1.05em; } .katex-display, .katex-block { overflow-x: auto; overflow-y: hidden; } .katex-error { color: inherit; }
.hljs-keyword, .hljs-literal, .hljs-operator { color: var(--code-keyword); } .hljs-string, .hljs-regexp { color: var(--code-string); }
.hljs-comment, .hljs-doctag { color: var(--code-comment); font-style: italic; } .hljs-number, .hljs-attr { color: var(--code-number); }
.hljs-title, .hljs-built_in, .hljs-type { color: var(--code-name); }
@media (max-width: 600px) { main { padding-inline: 12px; } body { font-size: 15px; } }
@page { margin: 14mm; }
@media print {
  .bar { display: none; }
  main { max-width: none; margin: 0; padding: 0; }
  pre { white-space: pre-wrap; }
  h1, h2, h3, h4 { break-after: avoid; }
  .view, .picture, tr, summary { break-inside: avoid; }
  .code { break-inside: auto; }
}
`;
