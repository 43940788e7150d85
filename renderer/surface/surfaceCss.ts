// The rules of the surface view.

export const surfaceCss = `
.surfaceSplit { display: grid; gap: 16px 24px; grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr); }
.surface { position: relative; width: 100%; height: 300px; border: 1px solid var(--nn-edge); border-radius: 2px; overflow: hidden; }
.surface canvas { position: absolute; left: 0; top: 0; display: block; width: 100%; height: 100%; }
.surface.canStart canvas { cursor: crosshair; }
.surface canvas:focus-visible { outline-offset: -2px; }
.surfaceZooms { display: inline-flex; gap: 4px; margin-left: auto; }
.surfaceZoom { appearance: none; min-width: 28px; min-height: 24px; padding: 0 6px; border: 1px solid var(--nn-edge); border-radius: 3px; background: none; color: var(--nn-text); font: 12px/18px var(--nn-font); cursor: pointer; }
.surfaceZoom:hover { background: var(--nn-hover); } .surfaceZoom[aria-disabled] { color: var(--nn-muted); background: none; cursor: default; }
.surfaceReading { min-height: 18px; margin-top: 4px; font-size: 12px; line-height: 18px; color: var(--nn-muted); }
.surfaceHeads p { margin: 0 0 4px; font-size: 12px; line-height: 18px; color: var(--nn-muted); }
.pathName { appearance: none; display: inline-flex; min-height: 24px; max-width: 100%; align-items: center; padding: 0 4px; margin-left: -4px; border: 1px solid transparent; border-radius: 3px; background: none; color: inherit; font: 12px/18px var(--nn-font); text-align: left; cursor: pointer; }
.pathName .key { min-width: 0; max-width: 100%; } .pathName .key > span { overflow: hidden; text-overflow: ellipsis; }
.pathName[aria-pressed="false"] { text-decoration: line-through; }
.surfaceHeads .table { table-layout: auto; } .surfaceHeads .table th[scope="row"] { max-width: 170px; }
.surfaceFormula { font-size: 12px; line-height: 18px; margin: 0 0 4px; overflow-wrap: anywhere; }
@container view (max-width: 700px) { .surfaceSplit { grid-template-columns: minmax(0, 1fr); } }
@container view (max-width: 400px) { .surfaceHeads .wideOnly { display: none; } .surfaceHeads .table th[scope="row"] { max-width: 120px; } }
`;
