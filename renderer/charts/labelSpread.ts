// Places labels near their lines' ends so that none overlaps. Pure: pixels in, pixels out.

/**
 * Moves each wanted place as little as needed so that neighbours keep `gap` and all stay between `top` and `bottom`.
 * When there is not enough room for all, the gap shrinks evenly. The order of the answer is the order of `wanted`.
 */
export function spreadLabels(
  wanted: readonly number[],
  { gap, top, bottom }: { readonly gap: number; readonly top: number; readonly bottom: number },
): readonly number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const step = Math.min(gap, wanted.length > 1 ? Math.max(0, bottom - top) / (wanted.length - 1) : gap);
  // Groups of touching labels, each centred on the mean of what its members want (isotonic regression by pooling).
  const groups: { sum: number; members: number[] }[] = [];
  order.forEach((index, rank) => {
    let group = { sum: (wanted[index] ?? 0) - rank * step, members: [index] };
    for (;;) {
      const above = groups.at(-1);
      if (above === undefined || mean(above) <= mean(group)) break;
      groups.pop();
      group = { sum: above.sum + group.sum, members: [...above.members, ...group.members] };
    }
    groups.push(group);
  });
  const placed: number[] = new Array(wanted.length).fill(0);
  let rank = 0;
  for (const group of groups) {
    // Clamping the group's start keeps the order, because the bounds move with the rank.
    const start = Math.min(bottom - (wanted.length - 1) * step, Math.max(top, mean(group)));
    for (const index of group.members) placed[index] = start + rank++ * step;
  }
  return placed;
}

function mean(group: { readonly sum: number; readonly members: readonly number[] }): number {
  return group.sum / group.members.length;
}
