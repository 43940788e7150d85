// A loss over time in the height of three lines of text, on a log axis; the loss of guessing dashed across it.

import type { FindingEvidence } from "../../src/shared/views.ts";
import { element } from "../dom.ts";
import type { Theme } from "../theme.ts";
import type { ViewHost } from "../viewHost.ts";
import { paintLoss } from "./paintLoss.ts";

type LossEvidence = Extract<FindingEvidence, { kind: "loss" }>;

const heightPx = 48;

export function createLossLine(host: ViewHost, evidence: LossEvidence, label: string): HTMLElement {
  const canvas = element("canvas", { role: "img", "aria-label": label });
  const node = element("div", { class: "plot" }, canvas);
  const draw = () => {
    const widthPx = node.clientWidth;
    if (widthPx > 0) paint(canvas, widthPx, host.theme, evidence);
  };
  host.onTheme(draw);
  host.onWidth(draw);
  return node;
}

function paint(canvas: HTMLCanvasElement, widthPx: number, theme: Theme, evidence: LossEvidence): void {
  const ratio = globalThis.devicePixelRatio || 1;
  canvas.width = Math.round(widthPx * ratio);
  canvas.height = Math.round(heightPx * ratio);
  canvas.style.width = `${widthPx}px`;
  canvas.style.height = `${heightPx}px`;
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, widthPx, heightPx);
  paintLoss(context, { widthPx, heightPx }, theme, evidence);
}
