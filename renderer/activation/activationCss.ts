// The rules of the activation view.

export const activationCss = `
.controls { display: grid; gap: 8px; margin-bottom: 12px; }
.chips { display: flex; flex-wrap: wrap; gap: 6px; }
.chip { appearance: none; display: inline-flex; gap: 6px; align-items: center; min-height: 24px; padding: 1px 10px; border: 1px solid var(--nn-edge); border-radius: 12px; background: none; color: var(--nn-text); font: 12px/18px var(--nn-font); white-space: nowrap; cursor: pointer; }
.chip:hover { background: var(--nn-hover); }
.chip[aria-pressed="true"] { background: var(--vscode-list-inactiveSelectionBackground, transparent); border-color: var(--nn-text); }
.view[data-theme^="highContrast"] .chip:hover { outline: 1px dashed var(--nn-active-edge); outline-offset: 2px; }
.view[data-theme^="highContrast"] .chip[aria-pressed="true"] { border: 2px solid var(--nn-active-edge); padding: 0 9px; }
.chip.moreChips { border-style: dashed; color: var(--nn-muted); }
.split { display: grid; grid-template-columns: minmax(0, 1fr) 220px; gap: 16px 24px; }
@container view (max-width: 680px) { .split { grid-template-columns: minmax(0, 1fr); } }
@container view (min-width: 1200px) { .split { grid-template-columns: minmax(0, 1fr) 280px; } }
.curves { display: grid; gap: 2px; min-width: 0; }
.panels { display: grid; gap: 12px 16px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 260px), 1fr)); min-width: 0; }
:is(.curves, .panels) .plot { cursor: crosshair; touch-action: pan-y; }
.swatch { margin-right: 5px; vertical-align: -1px; fill: var(--nn-neutral); }
.swatch.saturated { fill: var(--nn-warning); }
.view[data-theme^="highContrast"] .swatch.passes { fill: var(--nn-text); } .view[data-theme^="highContrast"] .swatch.passes .fill { fill: none; }
.reads { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr)); gap: 4px 16px; align-items: center; min-height: 48px; margin-top: 8px; font-size: 12px; line-height: 18px; }
.readHead { grid-column: 1 / -1; display: flex; gap: 8px; align-items: center; }
.readAt { min-height: 24px; padding: 2px 8px; border: 1px solid var(--nn-edge); border-radius: 3px; cursor: ew-resize; font-weight: 600; line-height: 18px; }
.reads .read { display: flex; flex-wrap: wrap; gap: 0 8px; }
.facts { align-self: start; min-width: 0; font-size: 12px; line-height: 18px; }
.facts .factsTitle { margin: 0; font: 600 12px/16px var(--nn-font); }
.facts .muted { margin: 0 0 4px; }
.facts .table thead td { border-bottom: 1px solid var(--nn-axis); }
.facts .table .key span { white-space: normal; }
.facts .table thead th { white-space: normal; vertical-align: bottom; }
`;
