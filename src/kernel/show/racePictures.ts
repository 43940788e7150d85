// Pictures of races, as values that a cell shows.

import { describeValue } from "../../engine/errors.ts";
import { Race } from "../../engine/experiments/race.ts";
import { ValueError } from "../../engine/index.ts";
import { optimizersView } from "../../insights/index.ts";
import type { Displayable } from "./display.ts";
import { picture } from "./picture.ts";
import { showHost } from "./showHost.ts";

export const racePictures = {
  /**
   * A race: the training loss of each variant by step or by time, the mean over the seeds with its 95 % interval, and the
   * standings, which name no winner where intervals overlap. A race as a cell's last expression shows the same.
   *
   * @throws ValueError for anything but a race.
   * @example show.optimizers(await compare({ model, data, loss: "mse", optimizers: ["sgd", "adam"] }))
   */
  optimizers(race: Race): Displayable {
    if (race instanceof Race) return picture(optimizersView(race, showHost().raceId(race)));
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
