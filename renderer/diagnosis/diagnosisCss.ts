// The rules of the diagnosis view: rows of findings, which become columns where the notebook is narrow.

export const diagnosisRules = `
.diagnosis { max-width: 1180px; }
.finding { display: grid; grid-template-columns: 16px minmax(0, 1fr) minmax(150px, 260px) 184px; gap: 4px 12px; align-items: start; padding: 12px 0; border-top: 1px solid var(--nn-hairline); }
.finding.marked { box-shadow: -8px 0 0 -6px var(--nn-text); } .view[data-theme^="highContrast"] .finding.marked { box-shadow: -8px 0 0 -6px var(--nn-active-edge); }
.finding > .icon { margin-top: 2px; }
.finding p { margin: 2px 0 0; max-width: 92ch; font-size: 12px; line-height: 18px; color: var(--nn-muted); text-wrap: pretty; overflow-wrap: anywhere; word-break: keep-all; }
.finding .title { margin: 0; font: 600 13px/20px var(--nn-font); color: var(--nn-text); }
.finding p b { font-weight: 600; color: var(--nn-text); }
.finding.consequence { padding-left: 28px; }
.finding .acts { display: flex; flex-direction: column; gap: 6px; align-items: stretch; font-size: 12px; line-height: 18px; }
.finding .acts .button { justify-content: center; white-space: normal; word-break: keep-all; overflow-wrap: anywhere; } .finding .acts .link { min-height: 24px; text-align: center; }
.finding .acts .button[aria-expanded="true"] { border-color: var(--nn-focus); }
.finding .acts .why { margin: 0; text-align: center; }
.view[data-theme^="highContrast"] .finding .acts .button[aria-expanded="true"] { outline: 1px solid var(--nn-active-edge); }
.evidence { min-width: 0; font-size: 11px; line-height: 16px; color: var(--nn-muted); }
.evidence .block { height: 22px; line-height: 20px; cursor: default; } .evidence .ends { display: flex; justify-content: space-between; }
.evidence .track { position: relative; height: 20px; margin: 18px 8px 0; } .evidence .track > * { position: absolute; }
.evidence .trackLine { left: 0; right: 0; top: 9px; height: 1px; background-color: var(--nn-axis); }
.evidence .usual { top: 5px; height: 10px; border: 1px solid var(--nn-axis); background-color: var(--nn-neutral-soft); }
.evidence .dot { top: 5px; width: 10px; height: 10px; margin-left: -5px; border: 1px solid var(--nn-page); border-radius: 5px; background-color: var(--nn-warning); }
.evidence .usualWord { top: -14px; transform: translateX(-50%); } .evidence .tick { top: 18px; transform: translateX(-50%); white-space: nowrap; } .evidence .tick.start { transform: none; } .evidence .tick.end { transform: translateX(-100%); }
.evidence .ticks { height: 16px; }
.evidence .units { display: flex; flex-wrap: wrap; gap: 2px; margin-top: 2px; } .evidence .unit { width: 11px; height: 11px; border: 1px solid var(--nn-neutral); background-color: var(--nn-neutral); } .evidence .unit.marked { border-color: var(--nn-warning); background-color: transparent; background-image: repeating-linear-gradient(135deg, var(--nn-warning) 0 1px, transparent 1px 4px); }
.evidence .bar { height: 10px; border: 1px solid var(--nn-neutral); } .evidence .bar > i { display: block; height: 100%; background-color: var(--nn-neutral); background-image: none; } .evidence .bar.flat > i { background-color: var(--nn-warning); }
.evidence .classRow { display: grid; grid-template-columns: max-content minmax(0, 1fr) max-content; gap: 6px; align-items: center; } .evidence .classRow .bar { border: 0; }
.evidence .plot { height: 48px; }
.diff { grid-column: 2 / -1; margin: 6px 0 0; padding: 4px 0; border: 1px solid var(--vscode-contrastBorder, var(--nn-hairline)); border-radius: 3px; background-color: var(--vscode-textCodeBlock-background, transparent); overflow-x: auto; font: 12px/18px var(--nn-code-font); }
.diff div { padding: 0 10px; white-space: pre; } .diff .out { color: var(--nn-error); } .diff .in { color: var(--nn-good); }
.diff .place { padding-top: 4px; font: 11px/18px var(--nn-font); color: var(--nn-muted); white-space: normal; }
.diff .foot { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; padding-top: 6px; }
.diff .foot :is(.link, .button) { min-height: 24px; font: 12px/18px var(--nn-font); } .diff .foot .why { padding-left: 10px; font: 12px/18px var(--nn-font); color: var(--nn-muted); white-space: normal; }
.passedChecks { border-top: 1px solid var(--nn-hairline); padding-top: 8px; font-size: 12px; line-height: 18px; }
.passedChecks summary { display: flex; gap: 12px; align-items: center; min-height: 24px; cursor: pointer; } .passedChecks summary::-webkit-details-marker { display: none; }
.passedChecks ul { columns: 2 260px; margin: 4px 0 0; padding: 0 0 0 44px; color: var(--nn-muted); }
@container view (max-width: 760px) {
  .finding { grid-template-columns: 16px minmax(0, 1fr); } .finding > .evidence, .finding > .acts { grid-column: 2; }
  .finding > .evidence { max-width: 320px; } .finding .acts { flex-direction: row; flex-wrap: wrap; align-items: center; gap: 6px 12px; }
  .finding.consequence { padding-left: 12px; } .finding .acts .why { text-align: left; }
}
`;
