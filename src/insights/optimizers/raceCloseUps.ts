// What each optimizer did to one weight, step by step: its rule with the numbers of that step. Few steps, for a rule takes room.

import type { CloseUpRecord } from "../../engine/index.ts";
import { toViewNumber } from "../../shared/json.ts";
import type { RacerCloseUps } from "../../shared/views.ts";
import { symbol } from "../backprop/formulas.ts";
import { updateOf } from "../backprop/updates.ts";

/** All variants together have at most so many: a view is kept in the file. */
const mostUpdates = 200;
const fewestEach = 3;

/** @param racers How many variants share the room. */
export function closeUpsOf(record: CloseUpRecord | null, racers: number): RacerCloseUps | null {
  if (record === null) return null;
  const { weight, optimizer, config, updates } = record;
  const room = Math.max(fewestEach, Math.floor(mostUpdates / Math.max(1, racers)));
  return {
    ...weight,
    updates: spread(updates, room).map(({ step, before, gradient, clipped, after, learningRate, memory, settings }) => {
      const remembered = Object.entries(memory).map(([name, each]) => [
        name,
        { before: [each.before], after: [each.after] },
      ]);
      const preview = {
        values: [after],
        gradient: [clipped],
        learningRate,
        step,
        memory: Object.fromEntries(remembered),
        settings,
      };
      const told = updateOf({ name: optimizer, config }, preview, {
        symbol: symbol("w"),
        before,
        gradient,
        clipped,
        place: 0,
      });
      return { step, before: toViewNumber(before, 9), gradient: toViewNumber(gradient), ...told };
    }),
  };
}

/** The first and the last among them. */
function spread<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, at) => items[Math.round((at * (items.length - 1)) / (most - 1))] as Item);
}
