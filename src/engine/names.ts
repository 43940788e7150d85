// Names people write: found whatever their spelling style, and the nearest right one offered when they are not known.

import { maths } from "./intrinsics.ts";

/** A string that completes to the known names but takes any. */
export type OpenName<Known extends string> = Known | (string & {});

/** "leaky_relu", "Leaky ReLU" and "leakyRelu" are one name. Letters of every script count. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, "");
}

/** The known name that `name` spells, also by alias; `null` when it spells none. */
export function findName<Known extends string>(
  name: string,
  known: readonly Known[],
  aliases: Readonly<Record<string, Known>> = {},
): Known | null {
  // Cells run without their types.
  if (typeof name !== "string") return null;
  const plain = plainName(name);
  const direct = known.find((candidate) => plainName(candidate) === plain);
  if (direct !== undefined) return direct;
  return Object.entries(aliases).find(([alias]) => plainName(alias) === plain)?.[1] ?? null;
}

/** The known name nearest to a wrong one, by spelling; `null` when nothing is near. */
export function closestName(
  name: string,
  known: readonly string[],
  aliases: Readonly<Record<string, string>> = {},
): string | null {
  if (typeof name !== "string") return null;
  const plain = plainName(name);
  const limit = maths.max(1, maths.round(plain.length * 0.4));
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const [spelling, meant] of [...known.map((each) => [each, each] as const), ...Object.entries(aliases)]) {
    const candidate = plainName(spelling);
    const distance = candidate === plain ? 0 : editDistance(plain, candidate);
    if (distance < bestDistance) {
      best = meant;
      bestDistance = distance;
    }
  }
  if (best !== null || plain.length < 3) return best;
  const begun = known.find(
    (candidate) => plainName(candidate).startsWith(plain) || plain.startsWith(plainName(candidate)),
  );
  if (begun !== undefined) return begun;
  // "heads" for numHeads: its last word, where no other ends so.
  const ended = known.filter((candidate) => plainName(candidate).endsWith(plain));
  return ended.length === 1 ? (ended[0] ?? null) : null;
}

/** How many letters must be inserted, removed, replaced or swapped with their neighbour to turn one word into another. */
export function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      let distance = maths.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1])
        distance = maths.min(distance, (before[column - 2] ?? 0) + 1);
      current.push(distance);
    }
    before = above;
    above = current;
  }
  return above[to.length] ?? 0;
}
