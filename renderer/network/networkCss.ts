// The rules of the network view's blocks, lines and units.

export const networkCss = `
.blocks { position: relative; }
.blockList { margin: 0; padding: 0; list-style: none; } .blockList > li { position: absolute; }
.blocks svg.wires, .unitNet svg { position: absolute; left: 0; top: 0; pointer-events: none; overflow: visible; }
.wires path { fill: var(--nn-neutral); }
.wireLabel { position: absolute; font: 11px/14px var(--nn-code-font); color: var(--nn-muted); text-align: center; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.wireLabel.beside { text-align: left; }
.netBlock { appearance: none; display: flex; flex-direction: column; width: 100%; height: 100%; padding: 5px 0 0; overflow: hidden; border: 1px solid var(--vscode-contrastBorder, var(--nn-neutral-soft)); border-radius: 4px; background: none; color: inherit; font: 12px/16px var(--nn-font); text-align: left; cursor: pointer; }
.netBlock:hover, .netBlock[aria-expanded="true"] { border-color: var(--nn-text); }
.netBlock.marked { outline: 2px solid var(--nn-text); outline-offset: 1px; }
.view[data-theme^="highContrast"] .netBlock:hover { border: 1px dashed var(--nn-active-edge); } .view[data-theme^="highContrast"] .netBlock[aria-expanded="true"] { border: 1px solid var(--nn-active-edge); }
.netBlock.end { border-style: dashed; justify-content: center; padding-bottom: 5px; }
.netBlock > span { display: block; padding: 0 7px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; flex: none; max-width: 100%; }
.netBlock > .name { white-space: normal; word-break: break-all; } .netBlock b { font: 600 12px/16px var(--nn-code-font); }
.netBlock .g { margin-top: auto; border-top: 1px solid var(--nn-hairline); font-size: 11px; line-height: 20px; }
.netBlock .g.bad { background-image: repeating-linear-gradient(135deg, var(--nn-error) 0 2px, transparent 2px 6px); }
.netBlock .g i { font-style: normal; }
.netBlock .g.bad i { padding: 1px 4px; background: var(--nn-page); color: var(--nn-error); font-weight: 600; }
.netBlock .g.none { background-image: repeating-linear-gradient(135deg, var(--nn-neutral-soft) 0 1px, transparent 1px 5px); }
.netBlock .whole { white-space: normal; overflow-wrap: anywhere; line-height: 14px; }
.blocks.in-rows .netBlock { flex-flow: row wrap; gap: 0 2px; align-items: center; align-content: center; padding: 0 2px; }
.blocks.in-rows .netBlock.end { justify-content: flex-start; }
.blocks.in-rows .netBlock .g { margin: 0 4px 0 auto; min-width: 88px; border: 1px solid var(--vscode-contrastBorder, var(--nn-hairline)); border-radius: 2px; text-align: center; }
.blocks.stacked .netBlock { display: grid; grid-template-columns: fit-content(60%) minmax(0, 1fr) auto; } .blocks.stacked .netBlock > .name { grid-column: 1 / 3; }
.blocks.stacked .netBlock > .muted { grid-row: 2; } .blocks.stacked .netBlock > .g { grid-area: 1 / 3 / span 2; } .blocks.stacked .netBlock.end > .name { grid-column: 1 / -1; }
.netReadout { min-height: 18px; margin: 8px 0 0; font-size: 12px; line-height: 18px; color: var(--nn-muted); overflow-wrap: anywhere; }
.netReadout.two { min-height: 54px; }
.unitFigure { margin-top: 20px; padding-top: 12px; border-top: 1px solid var(--nn-hairline); }
.unitNet { position: relative; }
.unitNet path.dim { opacity: 0.15; }
.unitName.marked .code { font-weight: 700; text-decoration: underline; text-underline-offset: 2px; } .unitDot.marked { border-color: var(--nn-text); border-width: 2px; }
.unitDot { appearance: none; position: absolute; padding: 0; border: 1px solid var(--nn-axis); border-radius: 50%; background: var(--nn-page); color: inherit; font: 11px/1 var(--nn-font); text-align: center; cursor: pointer; }
.view[data-theme^="highContrast"] :is(.netBlock, .unitDot).marked { border-color: var(--nn-active-edge); outline-color: var(--nn-active-edge); }
.unitDot:hover, .unitDot.on { border-color: var(--nn-text); box-shadow: 0 0 0 1px var(--nn-text); }
.unitName { position: absolute; top: 0; font-size: 11px; line-height: 14px; text-align: center; } .unitName > span { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.unitName .code { font-size: 11px; }
`;
