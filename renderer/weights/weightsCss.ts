// The rules of the weights view.

export const weightsCss = `
.weightsGrid { display: grid; grid-template-columns: minmax(240px, 1fr) minmax(0, 1.5fr); gap: 16px 24px; align-items: start; }
@container view (max-width: 700px) { .weightsGrid { grid-template-columns: minmax(0, 1fr); } }
.weightsHead { margin: 0 0 4px; font-size: 12px; line-height: 16px; color: var(--nn-muted); }
.weightList { margin: 0; padding: 1px; list-style: none; max-height: 372px; overflow: auto; }
.weightRow { appearance: none; display: grid; grid-template-columns: minmax(0, 1fr) 84px 16px; gap: 0 8px; align-items: center; width: 100%; min-height: 30px; padding: 1px 4px; border: 1px solid transparent; border-radius: 3px; background: none; color: inherit; font: 12px/18px var(--nn-font); text-align: left; cursor: pointer; }
.weightRow .name { display: flex; min-width: 0; gap: 6px; font-family: var(--nn-code-font); white-space: nowrap; } .weightRow .layerName { flex: 0 1 auto; }
.weightRow .name small { flex: none; font: 11px/18px var(--nn-font); color: var(--nn-muted); }
.weightRow canvas { display: block; width: 84px; height: 24px; border: 1px solid var(--nn-edge); }
.weightRow:hover { background: var(--nn-hover); }
.weightRow[aria-pressed="true"] { border-color: var(--nn-active-edge); background: var(--nn-hover); }
.view[data-theme^="highContrast"] .weightRow:hover { border: 1px dashed var(--nn-active-edge); } .view[data-theme^="highContrast"] .weightRow[aria-pressed="true"] { border-style: solid; }
.weightRow:focus-visible { outline-offset: -1px; }
.weightPlot { height: 260px; } .weightPlot canvas { width: 100%; height: 100%; cursor: crosshair; touch-action: pan-y; }
.weightSaid { display: flex; flex-wrap: wrap; align-content: start; gap: 0 12px; min-height: 36px; margin: 4px 0 0; font-size: 12px; line-height: 18px; } .weightSaid p { margin: 0; }
.weightSaid p:first-child { flex: 1 0 100%; } .weightSaid .weightStretch { margin-left: auto; }
.weightJudged { display: flex; gap: 6px; min-height: 36px; margin: 0 0 4px; font-size: 12px; line-height: 18px; } .weightJudged .icon { margin-top: 1px; } .weightJudged p { margin: 0; }
.weightStyles { display: inline-flex; gap: 4px; margin-left: auto; }
.weightStyle { appearance: none; min-height: 24px; padding: 1px 8px; border: 1px solid var(--nn-edge); border-radius: 12px; background: none; color: var(--nn-text); font: 12px/18px var(--nn-font); cursor: pointer; }
.weightStyle:hover { background: var(--nn-hover); } .weightStyle[aria-pressed="true"] { border-color: var(--nn-text); background: var(--vscode-list-inactiveSelectionBackground, transparent); }
.view[data-theme^="highContrast"] .weightStyle[aria-pressed="true"] { border: 2px solid var(--nn-active-edge); padding: 0 7px; }
.weightsGrid > .figure > figcaption { align-items: center; }
`;
