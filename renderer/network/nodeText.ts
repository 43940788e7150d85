// What stands on the blocks of a network and on the arrows between them. No DOM.

import type { NetworkNode } from "../../src/shared/views.ts";
import { insetPx, type Taker } from "./arrangement.ts";

/** The places whose output nothing else takes: what the loss judges. */
export function openEnds(nodes: readonly NetworkNode[]): readonly number[] {
  const taken = new Set(nodes.flatMap(({ takes }) => takes));
  return nodes.flatMap((_, place) => (taken.has(place) ? [] : [place]));
}

/** "16 sigmoid"; the kind where it is no dense layer. */
export function unitsText({ type, activation, outputShape }: NetworkNode): string {
  if (type !== "dense") return activation === null || activation === type ? type : `${type}, ${activation}`;
  const units = outputShape.at(-1);
  return [units ?? "", activation ?? "linear"].join(" ").trim();
}

/** "28×28×8": of one example. */
export function exampleShape(node: NetworkNode | undefined): string {
  const shape = node?.outputShape.slice(1) ?? [];
  return shape.map((size) => size ?? "?").join("×");
}

/** Of a letter of a block's name, which is bold code of 12 px; Korean, Chinese and Japanese ones are wider. */
const letterPx = { usual: 7.3, wide: 13 } as const;

/** How wide a block would show its name and its units whole, with its margins and edges. */
function wantedWidth(node: NetworkNode): number {
  return Math.max(nameWidth(node), node.type === "input" ? 0 : lettersPx(unitsText(node))) + insetPx + 2;
}

function nameWidth({ name }: NetworkNode): number {
  return lettersPx(name);
}

function lettersPx(text: string): number {
  const widths = [...text].map((letter) => (letter.charCodeAt(0) > 0x1100 ? letterPx.wide : letterPx.usual));
  return Math.ceil(widths.reduce((sum, each) => sum + each, 0));
}

/** What the arrangement of blocks asks of a layer. */
export function takerOf(node: NetworkNode): Taker {
  return { takes: node.takes, wantedPx: wantedWidth(node), namePx: nameWidth(node) };
}
