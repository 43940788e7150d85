// What stands on the blocks of a network and on the arrows between them. No DOM.

import type { NetworkNode } from "../../src/shared/views.ts";

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

/** Of a letter of a block's name, which is bold code of 12 px. */
const letterPx = 7.3;

/** How wide a block would show its name and its units whole, with its margins and edges. */
export function wantedWidth(node: NetworkNode): number {
  return Math.ceil(Math.max(node.name.length, node.type === "input" ? 0 : unitsText(node).length) * letterPx) + 18;
}
