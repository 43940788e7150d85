// The rules of labelled controls inside a view: sliders and menus in the theme's own colours.

export const fieldCss = `
.field { display: inline-flex; flex-wrap: wrap; gap: 4px 6px; align-items: center; font-size: 12px; line-height: 18px; color: var(--nn-muted); }
.field select { max-width: 100%; min-height: 24px; padding: 2px 4px; border: 1px solid var(--vscode-dropdown-border, var(--nn-edge)); border-radius: 3px; background: var(--vscode-dropdown-background, var(--nn-page)); color: var(--vscode-dropdown-foreground, var(--nn-text)); font: 12px/18px var(--nn-font); }
.field input { appearance: none; width: 120px; height: 24px; margin: 0; background: none; cursor: pointer; }
.field input::-webkit-slider-runnable-track { height: 3px; border-radius: 2px; background: var(--nn-neutral-soft); }
.field input::-webkit-slider-thumb { appearance: none; width: 12px; height: 12px; margin-top: -4.5px; border: 2px solid var(--nn-page); border-radius: 6px; background: var(--nn-text); box-shadow: 0 0 0 1px var(--nn-text); }
.view[data-theme^="highContrast"] .field input::-webkit-slider-runnable-track { height: 1px; background: var(--nn-text); }
.view[data-theme^="highContrast"] .field input::-webkit-slider-thumb { margin-top: -5.5px; }
.field output { min-width: 4ch; color: var(--nn-text); }
`;
