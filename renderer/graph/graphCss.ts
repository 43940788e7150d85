// The rules of the graph view, beside those of backpropagation.

export const graphCss = `
.graphSplit { display: grid; grid-template-columns: minmax(0, 1.4fr) minmax(260px, 1fr); gap: 12px 28px; align-items: start; }
.graphSplit.wide { grid-template-columns: minmax(0, 1fr); }
@container view (max-width: 700px) { .graphSplit { grid-template-columns: minmax(0, 1fr); } }
.graphScroll { overflow: auto; padding: 4px; }
.graphArea { position: relative; margin: 0 auto; }
.graphArea svg { position: absolute; left: 0; top: 0; overflow: visible; pointer-events: none; }
.graphArea path { fill: none; stroke: var(--nn-neutral); stroke-width: 1.25; } .graphArea path.used { stroke: var(--nn-text); stroke-width: 2; } .graphArea path.set { stroke: var(--nn-gradient); stroke-width: 2.5; }
.graphNode { appearance: none; position: absolute; display: flex; flex-direction: column; align-items: center; justify-content: center; padding: 0 2px; border: 1px solid var(--nn-axis); border-radius: 5px; background: var(--nn-page); color: var(--nn-text); font: 12px/17px var(--nn-font); cursor: pointer; overflow: hidden; white-space: nowrap; }
.graphNode.given { border-width: 2px; } .graphNode.constant { border-style: dashed; color: var(--nn-muted); }
.graphNode .head { display: flex; gap: 5px; align-items: baseline; max-width: 100%; } .graphNode .head math { font-size: 13px; } .graphNode .head > :first-child { overflow: hidden; text-overflow: ellipsis; }
.graphNode .operation { color: var(--nn-muted); font-size: 11px; } .graphNode b { font-weight: 600; } .graphNode i { font-style: normal; font-weight: 600; color: var(--nn-gradient); }
.graphNode.used { border: 2px solid var(--nn-text); } .graphNode.set { border: 3px solid var(--nn-text); } .graphNode.set.back { border-color: var(--nn-gradient); }
.graphNode:hover { background: var(--nn-hover); } .graphNode[aria-pressed="true"], .graphEdge[aria-pressed="true"] { outline: 2px solid var(--nn-active-edge); outline-offset: 1px; }
.view[data-theme^="highContrast"] .graphNode:hover, .view[data-theme^="highContrast"] .graphEdge:hover { outline: 1px dashed var(--nn-active-edge); outline-offset: 1px; }
.graphEdge { appearance: none; position: absolute; transform: translate(-50%, -50%); min-width: 24px; min-height: 24px; padding: 3px; border: 0; border-radius: 3px; background: none; color: var(--nn-muted); font: 11px/16px var(--nn-font); white-space: nowrap; cursor: pointer; } .graphEdge > span { padding: 0 3px; border-radius: 2px; background: var(--nn-page); }
.graphEdge:hover { color: var(--nn-text); }
.graphWay { margin: 4px 0; }
`;
