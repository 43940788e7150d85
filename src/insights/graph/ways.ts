// The ways from the result back to a value: its gradient is the sum over them, each the product of the derivatives along it.

import { fromViewNumber, toViewNumber } from "../../shared/json.ts";
import type { GraphEdge, GraphWay } from "../../shared/views.ts";

/** More products than this are not read. */
const mostWays = 6;

export interface Ways {
  readonly ways: readonly GraphWay[];
  readonly wayCount: number;
}

/** None where a derivative on a way is no single number. */
export function readWays(edges: readonly GraphEdge[], place: number, result: number): Ways {
  const leaving = (from: number) => edges.filter((edge) => edge.from === from);
  const wayCount = countWays(edges, place, result);
  const found: GraphEdge[][] = [];
  let isWhole = true;
  const follow = (at: number, way: readonly GraphEdge[]): void => {
    if (at === result) found.push([...way]);
    else
      for (const edge of leaving(at)) {
        if (edge.local === null) isWhole = false;
        if (found.length < mostWays && isWhole) follow(edge.to, [...way, edge]);
      }
  };
  follow(place, []);
  if (!isWhole) return { ways: [], wayCount: 0 };
  return { ways: found.map(product), wayCount };
}

/** A value may lie on very many ways: they are counted without walking each. */
function countWays(edges: readonly GraphEdge[], place: number, result: number): number {
  // What is made comes after what it is made of.
  const counts = new Map<number, number>([[result, 1]]);
  for (let at = result - 1; at >= place; at--) {
    const own = edges.filter(({ from }) => from === at).reduce((sum, { to }) => sum + (counts.get(to) ?? 0), 0);
    counts.set(at, own);
  }
  return Math.min(Number.MAX_SAFE_INTEGER, counts.get(place) ?? 0);
}

/** From the result inwards, as the chain rule is written. */
function product(way: readonly GraphEdge[]): GraphWay {
  const factors = [...way].reverse().flatMap(({ local }) => {
    if (local === null) return [];
    // "∂a/∂b = …": what stands before the equals sign.
    const end = local.symbols.findIndex((part) => part.kind === "text" && part.text === " = ");
    return [{ symbols: end === -1 ? local.symbols : local.symbols.slice(0, end), value: local.result }];
  });
  const value = factors.reduce((sofar, factor) => sofar * (fromViewNumber(factor.value) ?? Number.NaN), 1);
  return { factors, value: toViewNumber(value) };
}
