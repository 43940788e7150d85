// Pictures of races, as values that a cell shows.

import { inspect } from "node:util";
import { describeValue } from "../../engine/errors.ts";
import { Race } from "../../engine/experiments/race.ts";
import { ValueError } from "../../engine/index.ts";
import { optimizersView, viewText } from "../../insights/index.ts";
import { type Displayable, displaySymbol } from "./display.ts";
import { showHost } from "./showHost.ts";

export const racePictures = {
  /**
   * A race: the training loss of each variant by step or by time, the mean over the seeds with its 95 % interval, and the
   * standings, which name no winner where intervals overlap. A race as a cell's last expression shows the same.
   * In the cell that runs the race its picture stands from the start on, and is not drawn twice.
   *
   * @throws ValueError for anything but a race.
   * @example show.optimizers(await compare({ model, data, loss: "mse", optimizers: ["sgd", "adam"] }))
   */
  optimizers(race: Race): Displayable {
    if (race instanceof Race)
      return {
        [displaySymbol]: { kind: "race", race },
        [inspect.custom]: () => viewText(optimizersView(race, showHost().raceId(race)), "en"),
      } as Displayable;
    throw new ValueError({
      op: "show.optimizers",
      expected: "a race, as compare returns",
      got: describeValue(race),
      hint:
        (race as unknown) instanceof Promise
          ? "Wait for it: const race = await compare({ … })."
          : 'Make one: const race = await compare({ model, data, loss, optimizers: ["sgd", "adam"] }).',
    });
  },
};
