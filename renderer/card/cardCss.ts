// The rules of the layer card beyond its surface, which all views share.

export const cardCss = `
.card .cardTitle { overflow-wrap: anywhere; word-break: keep-all; }
.card .cardTitle .code { font-size: 13px; }
.card .cardType { font: 400 12px/18px var(--nn-font); color: var(--nn-muted); }
.card hr { border: 0; border-top: 1px solid var(--vscode-editorHoverWidget-border, var(--nn-edge)); margin: 6px -12px; }
.card .verdict { display: flex; gap: 6px; margin: 4px 0; word-break: keep-all; overflow-wrap: anywhere; }
.card .verdict .icon { margin-top: 1px; }
.card .verdict b { font-weight: 600; }
.card .table tbody th { color: var(--nn-muted); padding-right: 8px; }
.card .table td { vertical-align: top; padding-right: 8px; } .card .table :is(th, td):last-child { padding-right: 0; }
.card .table thead th { vertical-align: bottom; color: var(--nn-text); } .card .table thead th:first-child { color: var(--nn-muted); }
.card .table thead .key { max-width: 100%; } .card .table thead .key span { white-space: normal; overflow-wrap: anywhere; text-align: right; }
/* Columns break their words and pairs of numbers before the table goes sideways. */
.card .scroll > .table { flex: 0 1 auto; min-width: min-content; width: 100%; }
@container view (max-width: 420px) { .card .table :is(tbody th, td) { white-space: normal; padding-right: 6px; } .card .table td svg { width: 100%; min-width: 40px; } }
.card .table svg { display: inline-block; vertical-align: middle; }
.card .columnNote { display: block; font-size: 11px; line-height: 16px; color: var(--nn-muted); } .card .columnNote:empty { display: none; }
.card .cardFoot { display: flex; flex-wrap: wrap; gap: 0 14px; align-items: center; margin-top: 4px; } .card .cardFoot .muted { margin-right: -8px; } .card .cardFoot .link:last-child { margin-left: auto; }
.card .link { min-height: 24px; text-align: left; }
.card .cardClose { float: right; margin: -4px -8px 0 4px; color: inherit; }
`;
