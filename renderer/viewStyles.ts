// The style sheet that every view shares, inside its shadow root. Text keeps its size at every width; columns become rows.

import { themeRules } from "./theme.ts";

const rules = `
:host { display: block; }
[hidden] { display: none !important; }
.view { container: view / inline-size; position: relative; padding: 8px 0 4px; font: 13px/20px var(--nn-font); color: var(--nn-text); font-variant-numeric: tabular-nums; }
.view *, .view *::before { box-sizing: border-box; }
/* Nothing that is also pointed at, marked or chosen looks less focused for it. */
.view :focus-visible { outline: 1px solid var(--nn-focus) !important; outline-offset: 2px; border-radius: 2px; }
.view[data-theme^="highContrast"] :focus-visible { outline-width: 2px !important; }
.muted { color: var(--nn-muted); }
.small { font-size: 12px; line-height: 18px; } :is(.note, .small) { word-break: keep-all; overflow-wrap: break-word; }
.note { font-size: 11px; line-height: 16px; color: var(--nn-muted); margin: 8px 0 0; }
.code { font-family: var(--nn-code-font); font-size: 12px; }
.number { white-space: nowrap; }
.layerName { display: inline-flex; min-width: 0; max-width: 100%; white-space: pre; } .layerName > :first-child { overflow: hidden; text-overflow: ellipsis; } .layerName > :last-child:not(:first-child) { flex: none; }
.visuallyHidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

/* sentence and tools */
.sentence { display: flex; gap: 8px; align-items: flex-start; margin: 0 0 12px; font-size: 14px; line-height: 20px; }
.sentence p { margin: 0; max-width: 92ch; flex: 0 1 auto; text-wrap: pretty; overflow-wrap: anywhere; word-break: keep-all; }
.sentence .icon { margin-top: 2px; }
/* Where it is narrow, the words flow around the tools: beside them all the way down there would be little room. */
@container view (max-width: 520px) {
  .sentence:has(> .tools) { position: relative; min-height: 28px; } .sentence:has(> .tools) > p { flex: 1 1 auto; }
  .sentence > .tools { position: absolute; top: 0; right: 0; } .sentence:has(> .tools) > p::before { content: ""; float: right; width: 84px; height: 28px; }
}
.sentence b { font-weight: 600; }
.icon { width: 16px; height: 16px; flex: none; display: block; }
.icon.warning { color: var(--nn-warning); } .icon.error { color: var(--nn-error); } .icon.good { color: var(--nn-good); }
.icon.info { color: var(--vscode-editorInfo-foreground, var(--nn-train)); } .icon.running { color: var(--vscode-progressBar-background, var(--nn-train)); }
.tools { display: flex; gap: 2px; margin-left: auto; flex: none; position: relative; }
.iconButton { appearance: none; display: block; width: 24px; height: 24px; padding: 3px; border: 1px solid transparent; border-radius: 4px; background: none; color: var(--vscode-icon-foreground, var(--nn-text)); cursor: pointer; }
.iconButton:hover { background: var(--vscode-toolbar-hoverBackground, var(--nn-hover)); }
.iconButton[aria-pressed="true"], .iconButton[aria-expanded="true"] { background: var(--vscode-toolbar-activeBackground, var(--vscode-toolbar-hoverBackground, var(--nn-hover))); }
.view[data-theme^="highContrast"] .iconButton:hover { border: 1px dashed var(--nn-active-edge); }
.view[data-theme^="highContrast"] .iconButton[aria-pressed="true"], .view[data-theme^="highContrast"] .iconButton[aria-expanded="true"] { border: 1px solid var(--nn-active-edge); }
.menu { position: absolute; top: 28px; right: 0; z-index: 6; min-width: 136px; padding: 4px; border: 1px solid var(--vscode-menu-border, var(--nn-edge)); border-radius: 5px; background: var(--vscode-menu-background, var(--nn-page)); color: var(--vscode-menu-foreground, var(--nn-text)); box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent); }
.toolNote { position: absolute; top: 28px; right: 0; z-index: 6; width: max-content; max-width: 240px; padding: 3px 8px; border: 1px solid var(--vscode-menu-border, var(--nn-edge)); border-radius: 5px; background: var(--vscode-menu-background, var(--nn-page)); color: var(--vscode-menu-foreground, var(--nn-text)); font-size: 12px; line-height: 18px; } .toolNote:empty { padding: 0; border: 0; }
.menuItem { appearance: none; display: block; width: 100%; min-height: 24px; padding: 3px 8px; border: 1px solid transparent; border-radius: 3px; background: none; color: inherit; font: 12px/18px var(--nn-font); text-align: left; white-space: nowrap; cursor: pointer; }
.menuItem:hover, .menuItem:focus { color: var(--vscode-menu-selectionForeground, inherit); background: var(--vscode-menu-selectionBackground, var(--nn-hover)); }
.view[data-theme^="highContrast"] .menuItem:hover, .view[data-theme^="highContrast"] .menuItem:focus { border: 1px dashed var(--nn-active-edge); }
.button { appearance: none; display: inline-flex; gap: 6px; align-items: center; min-height: 24px; padding: 2px 10px; border: 1px solid var(--vscode-contrastBorder, var(--nn-neutral-soft)); border-radius: 3px; background: var(--vscode-button-secondaryBackground, transparent); color: var(--vscode-button-secondaryForeground, var(--nn-text)); font: 12px/18px var(--nn-font); white-space: nowrap; cursor: pointer; }
.button:hover { background: var(--vscode-button-secondaryHoverBackground, var(--nn-hover)); }
.button .icon { width: 14px; height: 14px; }
.link { appearance: none; border: 0; padding: 0; background: none; color: var(--vscode-textLink-foreground, var(--nn-train)); font: inherit; cursor: pointer; } .link:hover { text-decoration: underline; }
.view[data-theme^="highContrast"] .link { text-decoration: underline; }

/* figures: the caption stands in the page, the drawing below keeps its height */
.figure { margin: 0; min-width: 0; position: relative; }
.figure > figcaption { display: flex; flex-wrap: wrap; gap: 2px 12px; margin-bottom: 4px; font-size: 12px; line-height: 16px; color: var(--nn-muted); }
.figure > figcaption b { color: var(--nn-text); font-weight: 600; }
.wordsInRoom { display: inline-grid; min-width: 0; overflow-wrap: break-word; } .wordsInRoom > span, .wordsInRoom::before, .wordsInRoom::after { grid-area: 1 / 1; min-width: 0; }
.wordsInRoom::before, .wordsInRoom::after { visibility: hidden; } .wordsInRoom::before { content: attr(data-caption); } .wordsInRoom::after { content: attr(data-reading); }
/* What comes when something ends: its room, so that nothing moves, with lines where words will be. */
.toCome { flex: 1 1 auto; background: repeating-linear-gradient(to top, transparent 0 6px, var(--nn-hairline) 6px 12px, transparent 12px 20px); }
.plot { position: relative; }
.plot canvas { position: absolute; inset: 0; display: block; }
.columns { display: grid; gap: 16px 24px; grid-template-columns: repeat(2, minmax(0, 1fr)); }
.columns.single { grid-template-columns: minmax(0, 1fr); }
@container view (max-width: 600px) { .columns { grid-template-columns: minmax(0, 1fr); } }
.row { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; }
.key { display: inline-flex; gap: 6px; align-items: center; white-space: nowrap; } .key svg { flex: none; }
.absent { visibility: hidden; }
@container view (max-width: 520px) { .absent { display: none; } }
.stale .figure, .stale .stripArea, .stale .race { opacity: 0.6; }
.stale .race .figure { opacity: 1; }

/* gradient strip and scale */
.strip { display: flex; gap: 2px; }
.block { appearance: none; flex: 1 1 0; min-width: 0; height: 28px; padding: 0; border: 1px solid var(--vscode-contrastBorder, var(--nn-hairline)); border-radius: 2px; background-color: transparent; color: inherit; font: 11px/26px var(--nn-font); text-align: center; white-space: nowrap; overflow: hidden; cursor: pointer; }
.block:is(:hover, .marked), .block[aria-expanded="true"] { outline: 2px solid var(--nn-text); outline-offset: 0; }
.view[data-theme^="highContrast"] .block:is(:hover, .marked) { outline: 2px dashed var(--nn-active-edge); } .view[data-theme^="highContrast"] .block[aria-expanded="true"] { outline: 2px solid var(--nn-active-edge); }
.block.bad { background-image: repeating-linear-gradient(135deg, var(--nn-error) 0 2px, transparent 2px 6px); }
.block.bad span { padding: 0 4px; background: var(--nn-page); color: var(--nn-error); font-weight: 600; }
.block { container-type: inline-size; } .blockWord { display: none; font-style: normal; } @container (min-width: 88px) { .blockWord { display: inline; } }
.strip.tight { gap: 1px; } .strip.tight .block span { display: none; }
.block.none { background-image: repeating-linear-gradient(135deg, var(--nn-neutral-soft) 0 1px, transparent 1px 5px); }
.stripNames { display: flex; gap: 2px; height: 16px; font-size: 11px; line-height: 16px; color: var(--nn-muted); }
.stripNames > span { flex: 1 1 0; min-width: 0; text-align: center; }
.stripNames.ends { justify-content: space-between; } .stripNames.ends > span { flex: 0 1 auto; display: none; } .stripNames.ends > span:first-child, .stripNames.ends > span:last-child { display: block; }
.scale { display: inline-grid; grid-template-columns: auto 120px auto; gap: 0 6px; align-items: center; font-size: 11px; line-height: 16px; color: var(--nn-muted); }
.scaleBar { display: flex; height: 8px; border: 1px solid var(--vscode-contrastBorder, var(--nn-hairline)); border-radius: 1px; } .scaleBar i { flex: 1 1 0; min-width: 0; }

/* tables */
.table { border-collapse: collapse; width: 100%; font-size: 12px; line-height: 18px; }
.table caption { padding: 0 0 4px; text-align: left; color: var(--nn-muted); }
.table th { padding: 2px 12px 2px 0; text-align: left; font-weight: 400; color: var(--nn-muted); white-space: nowrap; }
.table td { padding: 3px 12px 3px 0; }
.table tbody td, .table tbody th { border-bottom: 1px solid var(--nn-hairline); } .table tbody th { color: var(--nn-text); }
.table thead th { border-bottom: 1px solid var(--nn-axis); }
.table tbody tr:last-child > * { border-bottom: 0; }
.table tfoot > tr > * { border-top: 1px solid var(--nn-axis); }
.table .right { text-align: right; } .table :is(th, td):last-child { padding-right: 0; }
.table tbody tr:hover > *, .table tbody tr.on > * { background: var(--nn-hover); }
.scroll { display: flex; align-items: flex-start; overflow-x: auto; } .scroll > * { flex: none; }
/* Where more follows sideways, the edge says so. It is the scrolling that shows and hides it; a saved picture holds all and has no edges. */
.scroll::before, .scroll::after { box-sizing: border-box; flex: none; align-self: stretch; position: sticky; z-index: 2; width: 22px; opacity: 0; pointer-events: none; color: var(--nn-text); font: 600 14px/20px var(--nn-font); animation: 1ms linear both; animation-timeline: scroll(nearest inline); }
.scroll::before { content: "‹" / ""; left: 0; margin-right: -22px; border-left: 1px solid var(--nn-axis); text-indent: 2px; background: linear-gradient(270deg, transparent, var(--nn-page) 60%) border-box; animation-name: moreBefore; }
.scroll::after { content: "›" / ""; right: 0; margin-left: -22px; border-right: 1px solid var(--nn-axis); padding-right: 2px; text-align: right; background: linear-gradient(90deg, transparent, var(--nn-page) 60%) border-box; animation-name: moreAfter; }
/* Names of rows stay in sight; the line is then behind them. */
.keepsNames::before { display: none; } .keepsNames tr > :first-child { position: sticky; left: 0; z-index: 1; background: var(--nn-page); animation: moreBehind 1ms linear both; animation-timeline: scroll(nearest inline); }
.keepsNames .table tbody tr:hover > :first-child { background: linear-gradient(var(--nn-hover), var(--nn-hover)) var(--nn-page); }
@keyframes moreBehind { 0% { box-shadow: none; } 0.1%, 100% { box-shadow: 1px 0 0 var(--nn-axis); } }
@keyframes moreBefore { 0% { opacity: 0; } 0.1%, 100% { opacity: 1; } }
@keyframes moreAfter { 0%, 99.9% { opacity: 1; } 100% { opacity: 0; } }
.view[data-theme^="highContrast"] .scroll::before, .view[data-theme^="highContrast"] .scroll::after { width: 14px; background: var(--nn-page); } .view[data-theme^="highContrast"] .scroll::before { margin-right: -14px; border-right: 1px solid var(--nn-axis); } .view[data-theme^="highContrast"] .scroll::after { margin-left: -14px; border-left: 1px solid var(--nn-axis); }
.numbers { margin-top: 12px; max-height: 320px; overflow: auto; }

/* the layer card: the surface of an editor hover */
.card { position: absolute; z-index: 5; width: 380px; max-width: 100%; padding: 8px 12px; border: 1px solid var(--vscode-editorHoverWidget-border, var(--nn-edge)); border-radius: 5px; background: var(--vscode-editorHoverWidget-background, var(--nn-page)); color: var(--vscode-editorHoverWidget-foreground, var(--nn-text)); box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent); font-size: 12px; line-height: 18px; }
.card .cardTitle { margin: 0; font: 600 13px/18px var(--nn-font); }
@container view (max-width: 520px) { .card { position: static; width: 100%; margin: 8px 0; box-shadow: none; } }

/* an error of a cell */
.errorHead { display: flex; gap: 8px; align-items: flex-start; } .errorHead > .icon { margin-top: 2px; }
.errorText { max-width: 92ch; white-space: pre-wrap; overflow-wrap: anywhere; word-break: keep-all; }
.frames { margin: 4px 0 0; padding: 0 0 0 24px; list-style: none; line-height: 18px; overflow-wrap: anywhere; }

/* data that cannot be drawn */
.unreadable { margin: 0; max-width: 92ch; display: flex; gap: 8px; overflow-wrap: anywhere; }
/* What follows the scrolling is no motion of its own. */
@media (prefers-reduced-motion: reduce) { .view *:not(.keepsNames tr > :first-child), .view *:not(.scroll)::before { animation: none !important; transition: none !important; } }
`;

let shared: CSSStyleSheet | null = null;

/** Puts the shared sheet (made once for all outputs) and a view's own rules into a shadow root. */
export function adoptStyles(root: ShadowRoot): void {
  if (shared === null) {
    shared = new CSSStyleSheet();
    shared.replaceSync(`${themeRules()}\n${rules}`);
  }
  root.adoptedStyleSheets = [shared];
}

/** Adds rules that one kind of view needs. The same text is added to a shadow root once. */
export function addStyles(view: HTMLElement, css: string): void {
  const root = view.getRootNode();
  if (!(root instanceof ShadowRoot)) return;
  const sheet = ownSheets.get(css) ?? new CSSStyleSheet();
  if (!ownSheets.has(css)) {
    sheet.replaceSync(css);
    ownSheets.set(css, sheet);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

const ownSheets = new Map<string, CSSStyleSheet>();
