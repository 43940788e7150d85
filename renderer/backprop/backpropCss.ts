// The rules of the backpropagation view.

export const backpropCss = `
.backSplit { display: grid; grid-template-columns: minmax(0, 1.4fr) minmax(260px, 1fr); gap: 12px 28px; align-items: start; }
@container view (max-width: 700px) { .backSplit { grid-template-columns: minmax(0, 1fr); } }
.backNet { position: relative; }
.backNet svg { position: absolute; left: 0; top: 0; overflow: visible; }
.backNet path { fill: var(--nn-neutral); } .backNet path.pressable { cursor: pointer; stroke: transparent; stroke-width: 9; pointer-events: all; } .backNet path.chosen { fill: var(--nn-text); stroke: var(--nn-active-edge); stroke-width: 3; stroke-opacity: 0.6; } .backNet path.used { fill: var(--nn-text); } .backNet path.set { fill: var(--nn-gradient); }
.backNode { position: absolute; display: flex; align-items: center; justify-content: center; border: 1px solid var(--nn-axis); border-radius: 50%; background: var(--nn-page); font-size: 11px; font-weight: 600; }
.backNode.used { border: 2px solid var(--nn-text); } .backNode.set { border: 3px solid var(--nn-text); } .backNode.set.back { border-color: var(--nn-gradient); }
.backNode.empty { font-weight: 400; color: var(--nn-muted); }
.backText { position: absolute; transform: translateX(-50%); padding: 0 2px; border-radius: 2px; background: var(--nn-page); font-size: 11px; line-height: 14px; text-align: center; color: var(--nn-muted); white-space: nowrap; }
.backText.over { color: var(--nn-text); font-size: 12px; cursor: pointer; } .backText.grad { color: var(--nn-gradient); font-weight: 600; font-size: 12px; }
.backText sub { font-size: 9px; line-height: 1; } .backKey { color: var(--nn-gradient); font-weight: 600; }
/* Where no font for formulas is installed, that of the page: what browsers fall back to puts exponents too high. */
.back math { font-family: "Cambria Math", "STIX Two Math", "Latin Modern Math", "DejaVu Math TeX Gyre", var(--nn-font); font-size: 15px; } .backLine { margin: 0; font-size: 14px; line-height: 30px; overflow-wrap: anywhere; }
.backLine .muted math { color: var(--nn-muted); } .backLine b, .backLine b math { font-weight: 700; white-space: nowrap; }
.backSteps [aria-disabled] { color: var(--nn-muted); cursor: default; }
.backSteps { display: grid; grid-template-columns: auto auto auto minmax(60px, 1fr); gap: 0 4px; align-items: center; } .backSteps .scrub { display: contents; } .backSteps .scrub output { grid-column: 1 / -1; text-align: left; }
.backSum { margin-top: 8px; border-left: 3px solid var(--nn-text); padding: 2px 0 2px 12px; } .backSum.back { border-color: var(--nn-gradient); }
.backLines.besides { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 232px), 1fr)); gap: 0 16px; }
.back .backTitle { margin: 0 0 4px; font: 600 13px/18px var(--nn-font); }
.backCheck { display: inline-flex; gap: 4px; align-items: center; margin-left: 8px; font-size: 11px; line-height: 16px; color: var(--nn-muted); vertical-align: middle; } .backCheck .icon { width: 13px; height: 13px; }
.backWeights { display: grid; grid-template-columns: repeat(auto-fill, minmax(136px, 1fr)); gap: 0 12px; margin: 16px 0 0; padding: 0; list-style: none; }
.weightButton { appearance: none; display: flex; gap: 6px; justify-content: space-between; align-items: center; width: 100%; min-height: 28px; padding: 2px 4px; border: 1px solid transparent; border-bottom: 1px solid var(--nn-hairline); background: none; color: inherit; font: 12px/18px var(--nn-font); text-align: left; cursor: pointer; }
.weightButton:hover { background: var(--nn-hover); } .weightButton:hover b { color: inherit; } .weightButton[aria-pressed="true"] { border: 1px solid var(--nn-active-edge); border-radius: 3px; }
.weightButton b { color: var(--nn-gradient); font-weight: 600; white-space: nowrap; } .weightButton math { font-size: 14px; }
.backWeight { margin-top: 12px; padding: 8px 0 0; border-top: 1px solid var(--nn-hairline); display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 8px 28px; }
.backWeight p { margin: 0; }
.factors { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: start; margin: 4px 0; } .factor { display: inline-flex; flex-direction: column; align-items: center; } .factor .number { font-size: 12px; line-height: 18px; color: var(--nn-muted); } .factor.sign { padding-top: 2px; }
`;
