// The rules of the view of a race.

export const optimizersCss = `
.race { display: grid; gap: 16px 24px; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); align-items: start; }
.race { grid-template-rows: auto 1fr; }
.raceSide { grid-row: 1 / span 2; grid-column: 2; }
@container view (max-width: 960px) { .race { grid-template-columns: minmax(0, 1fr); grid-template-rows: none; } .raceSide { grid-area: auto; } }
@container view (max-width: 1200px) { .raceTable :is(td, th).extra { display: none; } }
.raceFigure > figcaption { min-height: 24px; align-items: center; }
.raceButtons { margin-left: auto; flex: none; min-height: 28px; } .raceButtons + .tools { margin-left: 0; }
/* Room for a winner and a target; only where the race ran before the reader's eyes, so that nothing jumps at its end. */
.raceHead { display: flex; flex-direction: column; margin-bottom: 12px; } .raceHead > .sentence { margin: 0; } .raceHead > .toCome { display: none; margin-left: 24px; }
.raceRunning .raceButtons { min-width: 76px; text-align: right; } .raceLive > .raceHead { min-height: 40px; }
@container view (max-width: 520px) {
  .raceRunning .sentence > .tools { display: none; }
  .view:not(.raceRunning) .raceButtons:has(button:not([hidden])) { margin-right: 84px; }
}
@container view (max-width: 620px) { .raceLive > .raceHead { min-height: 60px; } .raceRunning > .raceHead > .toCome { display: block; } }
@container view (max-width: 540px) { .raceLive > .raceHead { min-height: 80px; } }
@container view (max-width: 430px) { .raceLive > .raceHead { min-height: 120px; } }
@container view (max-width: 370px) { .raceLive > .raceHead { min-height: 140px; } .raceLive .closeUpTitle { min-height: 40px; } }
@container view (max-width: 340px) { .raceLive > .raceHead { min-height: 160px; } }
@container view (max-width: 310px) { .raceLive > .raceHead { min-height: 200px; } }
.raceEmpty { position: absolute; inset: 0; display: grid; place-content: center; font-size: 12px; color: var(--nn-muted); }
.raceEmpty span { padding: 0 4px; background: var(--nn-page); box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.closeUpHead { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center; font-size: 12px; line-height: 18px; }
.closeUpHead .field select { max-width: 220px; }
.closeUpTitle { margin: 4px 0; font-size: 13px; line-height: 20px; }
/* Up to four formulas, which wrap where their column is narrow: another step moves nothing, and while a race runs room is kept for the longest rule. */
.closeUpLines { --most: 134px; min-height: calc(var(--most) * var(--lines, 4) / 4); overflow-wrap: anywhere; }
.raceLive .closeUpLines { min-height: var(--most); }
@container view (max-width: 1250px) { .closeUpLines { --most: 160px; } }
@container view (max-width: 1050px) { .closeUpLines { --most: 212px; } }
@container view (max-width: 960px) { .closeUpLines { --most: 134px; } }
@container view (max-width: 680px) { .closeUpLines { --most: 160px; } }
@container view (max-width: 600px) { .closeUpLines { --most: 186px; } }
@container view (max-width: 520px) { .closeUpLines { --most: 212px; } }
@container view (max-width: 440px) { .closeUpLines { --most: 238px; } }
@container view (max-width: 360px) { .closeUpLines { --most: 316px; } }
.closeUp.empty :is(.field, .scrub) { visibility: hidden; } .closeUp.empty .closeUpTitle { font-size: 12px; color: var(--nn-muted); }
.raceRunning .closeUp.empty .closeUpLines { display: flex; } .closeUp .toCome { background: linear-gradient(transparent 6px, var(--nn-hairline) 6px 12px, transparent 12px) left top / 72% 25% repeat-y; }
.view[data-theme^="highContrast"] .toCome { opacity: 0.6; }
.raceChips { display: flex; gap: 6px; margin-left: auto; }
@container view (max-width: 480px) { .raceChips { margin-left: 0; width: 100%; } }
.raceChip { appearance: none; min-height: 24px; padding: 1px 10px; border: 1px solid var(--nn-edge); border-radius: 12px; background: none; color: var(--nn-text); font: 12px/18px var(--nn-font); white-space: nowrap; cursor: pointer; }
.raceChip:hover { background: var(--nn-hover); }
.raceChip[aria-disabled] { color: var(--nn-muted); cursor: default; background: none; }
.raceChip[aria-pressed="true"] { background: var(--vscode-list-inactiveSelectionBackground, transparent); border-color: var(--nn-text); }
.view[data-theme^="highContrast"] .raceChip[aria-pressed="true"] { border: 2px solid var(--nn-active-edge); padding: 0 9px; }
.view[data-theme^="highContrast"] .raceChip:hover { outline: 1px dashed var(--nn-active-edge); outline-offset: 2px; }
.raceTable td, .raceTable th { vertical-align: middle; } .raceTable :is(td, th):first-child { padding-left: 4px; } .raceTable :is(td, th):last-child { padding-right: 4px; }
.raceTable td.right { white-space: nowrap; }
.racerName { appearance: none; display: block; max-width: 220px; min-height: 24px; padding: 0 4px 0 0; border: 0; background: none; color: inherit; font: 12px/18px var(--nn-font); text-align: left; cursor: pointer; }
.racerName .key { max-width: 100%; white-space: normal; } .racerName .key > span { min-width: 0; overflow-wrap: break-word; }
.racerName:focus-visible { outline-offset: -2px; } .racerName[aria-pressed="false"] .key > span { color: var(--nn-muted); text-decoration: line-through; } .racerName[aria-pressed="false"] svg { visibility: hidden; }
.view[data-theme^="highContrast"] .raceTable tr.on { outline: 1px dashed var(--nn-active-edge); outline-offset: -1px; }
.raceTable td.ends { width: 28%; min-width: 64px; }
.endsTrack { position: relative; height: 18px; margin: 0 6px; }
.endsTrack::before { content: ""; position: absolute; left: -4px; right: -4px; top: 8.5px; height: 1px; background: var(--nn-hairline); }
.endsBar { position: absolute; top: 8px; height: 2px; }
.endsDot { position: absolute; top: 5px; width: 8px; height: 8px; margin-left: -4px; border-radius: 4px; }
@container view (max-width: 400px) { .raceTable :is(td, th).rate { display: none; } .racerName { max-width: 150px; } .raceTable :is(td, th) { padding-right: 6px; } .raceTable td.ends { width: 18%; min-width: 48px; } }
@container view (max-width: 340px) { .raceTable :is(td, th).last { display: none; } }
`;
