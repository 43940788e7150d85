// The rules of the training view alone. Every part keeps its height from before the first number to after the last.

export const trainingStyles = `
.head { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 4px 12px; align-items: start; margin-bottom: 12px; } .head > .icon { margin-top: 6px; }
.head .words { padding-top: 4px; min-height: 24px; overflow-wrap: anywhere; word-break: keep-all; }
.head .words b { margin-right: 12px; font-weight: 600; font-size: 14px; line-height: 20px; }
.head .action { min-height: 28px; min-width: 76px; display: flex; align-items: center; justify-content: flex-end; }
.bar { grid-column: 1 / -1; height: 4px; border-radius: 2px; background: var(--nn-neutral-soft); overflow: hidden; }
.bar i { display: block; height: 100%; background: var(--vscode-progressBar-background, var(--nn-train)); }
.bar.failed i { background: var(--nn-error); }
.bar.still i { background: var(--nn-neutral); }
.bar.over { visibility: hidden; }
.view[data-theme^="highContrast"] .bar { background: none; border: 1px solid var(--vscode-contrastBorder, var(--nn-text)); }
.view[data-theme^="highContrast"] .bar { height: 8px; }
.view[data-theme^="highContrast"] .bar:not(.failed) i { background: var(--nn-text); }
@container view (max-width: 480px) {
  .head { row-gap: 0; } .head .words { display: contents; } .head .words b { padding-top: 4px; } .head .bar { margin-top: 4px; }
  .head .words span { grid-area: 2 / 1 / auto / -1; min-height: 20px; }
}
.plotNote { position: absolute; inset: 0 0 24px 0; padding: 0 4px; display: grid; place-content: center; text-align: center; text-wrap: balance; font-size: 12px; line-height: 18px; color: var(--nn-muted); pointer-events: none; }
.plotNote span { padding: 0 4px; background: var(--nn-page); box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.choices { position: relative; min-height: 28px; margin-bottom: 8px; }
.choices .whole { position: absolute; top: 2px; right: 0; }
.lineKey, .logAxis { appearance: none; min-height: 24px; padding: 1px 8px; border: 1px solid var(--nn-edge); border-radius: 12px; background: none; color: var(--nn-text); font: 12px/18px var(--nn-font); cursor: pointer; }
:is(.lineKey, .logAxis):hover { background: var(--nn-hover); }
.lineKey[aria-pressed="false"] { color: var(--nn-muted); text-decoration: line-through; } .lineKey[aria-pressed="false"] svg { opacity: 0.35; }
.logAxis { flex: none; align-self: flex-start; min-height: 24px; margin: -4px 0 0 auto; color: var(--nn-muted); }
.logAxis[aria-pressed="true"] { border-color: var(--nn-text); color: var(--nn-text); }
.view[data-theme^="highContrast"] .logAxis[aria-pressed="true"] { border: 2px solid var(--nn-active-edge); padding: 0 7px; }
.view[data-theme^="highContrast"] :is(.lineKey, .logAxis):hover { outline: 1px dashed var(--nn-active-edge); outline-offset: 2px; }
/* Plots side by side stand at one height, however many lines are above them. */
.columns > .metric { display: flex; flex-direction: column; } .metric > figcaption { flex: 1 0 auto; flex-wrap: nowrap; } .metric > figcaption b { flex: none; max-width: 45%; overflow-wrap: break-word; } .metric > .plot { flex: none; }
.stripArea { margin-top: 16px; min-height: 66px; }
.stripArea .row { margin-bottom: 4px; font-size: 12px; line-height: 16px; }
.stripArea .row b { font-weight: 600; }
.outcome { margin-top: 12px; }
/* As many lines as an outcome may have; only where the training ran before the reader's eyes, so that nothing jumps at its end. */
.live .outcome { min-height: 44px; }
@container view (max-width: 1020px) { .live .outcome { min-height: 64px; } }
@container view (max-width: 700px) { .live .outcome { min-height: 84px; } }
@container view (max-width: 570px) { .live .outcome { min-height: 104px; } }
@container view (max-width: 450px) { .live .outcome { min-height: 124px; } }
@container view (max-width: 370px) { .live .outcome { min-height: 144px; } }
@container view (max-width: 330px) { .live .outcome { min-height: 164px; } }
@container view (max-width: 315px) { .live .outcome { min-height: 184px; } }
.outcome .sentence { margin: 0; } .outcome .sentence p { max-width: 120ch; }
.blockCard { width: 280px; }
.blockCard dl { display: flex; gap: 12px; margin: 4px 0 0; } .blockCard dt { color: var(--nn-muted); } .blockCard dd { margin: 0; }
.blockCard .note { margin-top: 2px; }
.blockCard footer { display: flex; gap: 6px; margin-top: 6px; align-items: center; }
`;
