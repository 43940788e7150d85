// The rules of the gradients view.

export const gradientsCss = `
.rows { display: grid; gap: 0 16px; position: relative; align-items: end; grid-template-columns: max-content minmax(0, 1fr); }
.head { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; min-width: 0; padding-bottom: 4px; font-size: 12px; line-height: 16px; color: var(--nn-muted); }
.head > .row { min-width: 0; max-width: 100%; }
.head .key { color: var(--nn-text); font-weight: 600; min-width: 0; max-width: 100%; }
.head .key > span { overflow: hidden; text-overflow: ellipsis; }
.head .reference .key { font-weight: 400; color: var(--nn-muted); }
.runToggle { appearance: none; max-width: 100%; min-height: 24px; padding: 2px 4px; border: 0; border-radius: 3px; background: none; color: inherit; font: inherit; cursor: pointer; }
.runToggle:hover { background: var(--nn-hover); }
.runToggle[aria-pressed="false"] .key { color: var(--nn-muted); font-weight: 400; text-decoration: line-through; }
.runToggle[aria-pressed="false"] .key svg { visibility: hidden; }
.view[data-theme^="highContrast"] .runToggle:hover { outline: 1px dashed var(--nn-active-edge); outline-offset: -1px; }
.heatHead { flex-wrap: nowrap; gap: 5px; white-space: nowrap; } .heatHead > span:last-child { flex: none; }
:is(.measure, .ridgeLayer) { max-width: 100%; min-height: 24px; padding: 2px 4px; border: 1px solid var(--vscode-dropdown-border, var(--nn-edge)); border-radius: 3px; background: var(--vscode-dropdown-background, var(--nn-page)); color: var(--vscode-dropdown-foreground, var(--nn-text)); font: 12px/18px var(--nn-font); }
.names { margin: 0; padding: 0; list-style: none; align-self: start; min-width: 0; }
.names button { appearance: none; display: flex; gap: 10px; justify-content: space-between; width: 100%; max-width: 260px; height: 24px; padding: 0 6px; border: 0; border-radius: 3px; background: none; color: inherit; font: 12px/24px var(--nn-code-font); text-align: left; white-space: nowrap; cursor: pointer; }
.names .layerSize { flex: none; font: 11px/24px var(--nn-font); color: var(--nn-muted); }
.names button:hover, .names button[aria-expanded="true"] { background: var(--nn-hover); }
.names button:focus-visible { outline-offset: -1px; }
.view[data-theme^="highContrast"] .names button:hover { outline: 1px dashed var(--nn-active-edge); outline-offset: -1px; }
.view[data-theme^="highContrast"] .names button[aria-expanded="true"] { outline: 1px solid var(--nn-active-edge); outline-offset: -1px; }
.view[data-theme^="highContrast"] .names button:focus-visible { outline-offset: -2px; }
.dots { align-self: start; overflow: hidden; min-width: 0; }
.dotMarks { position: absolute; inset: 0; pointer-events: none; }
.dotMark { position: absolute; display: flex; gap: 8px; height: 24px; align-items: center; font-size: 11px; line-height: 16px; }
.dotMark.low { left: 12px; } .dotMark.high { right: 4px; color: var(--nn-error); font-weight: 600; }
.dotsEmpty { position: absolute; inset: 0 8px 24px; display: grid; place-content: center; font-size: 12px; line-height: 18px; color: var(--nn-muted); text-align: center; }
.dotMark > * { background: var(--nn-page); padding: 0 2px; }

.heats { grid-column: 1 / -1; display: grid; gap: 12px 24px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); margin-top: 12px; min-width: 0; }
.heat { margin: 0; min-width: 0; }
.heatPlot { position: relative; min-width: 0; align-self: start; }
.heatCells { position: relative; overflow: hidden; cursor: ew-resize; touch-action: pan-y; }
.heatCells canvas { position: absolute; left: 0; top: 0; display: block; }
/* What cuts the drawing would cut its outline. */
:is(.dots, .heatCells):has(canvas:focus-visible) { outline: 1px solid var(--nn-focus); outline-offset: 2px; border-radius: 2px; } :is(.dots, .heatCells) canvas:focus-visible { outline: none !important; }
.view[data-theme^="highContrast"] :is(.dots, .heatCells):has(canvas:focus-visible) { outline-width: 2px; }
.heatCursor { position: absolute; top: 0; bottom: 0; width: 3px; margin-left: -1.5px; background: var(--nn-text); border: 1px solid var(--nn-page); border-width: 0 1px; pointer-events: none; }
.heatHandle { position: absolute; width: 9px; height: 5px; margin-left: -4.5px; fill: var(--nn-text); pointer-events: none; }
.heatChosen { position: absolute; left: 0; right: 0; margin-top: -1px; border: 1.5px solid var(--nn-text); pointer-events: none; }
.view[data-theme^="highContrast"] .heatChosen { border: 2px solid var(--nn-active-edge); }
.heatWord { position: absolute; left: 4px; height: 16px; padding: 0 4px; background: var(--nn-page); color: var(--nn-text); font-size: 11px; line-height: 16px; pointer-events: none; }
.heatWord.broken { color: var(--nn-error); font-weight: 600; }
.heatTicks { display: flex; justify-content: space-between; height: 24px; padding-top: 5px; font-size: 11px; line-height: 16px; color: var(--nn-muted); }
.rows.wide .heats, .rows.wide .heat { display: contents; }
.rows.wide .heatHead { grid-row: 1; grid-column: var(--column); }
.rows.wide .heatPlot { grid-row: 2; grid-column: var(--column); }

.ridgeArea { margin-top: 12px; font-size: 12px; line-height: 18px; }
.ridges { display: grid; gap: 8px 24px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr)); margin-top: 8px; }
.keys { margin-top: 8px; font-size: 12px; line-height: 18px; color: var(--nn-muted); }

@container view (max-width: 520px) {
  .layerHead { display: none; }
  .plotHead { grid-column: 1 / -1; }
  .rows > .card { grid-column: 1 / -1; }
}
@container view (max-width: 400px) { .rows { column-gap: 8px; } .names button { gap: 6px; padding: 0 4px; max-width: 150px; } }
`;
