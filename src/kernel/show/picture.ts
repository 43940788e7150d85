// A view as a value that is drawn where it is shown, and reads as text where it is printed.

import { inspect } from "node:util";
import { viewText } from "../../insights/index.ts";
import type { View } from "../../shared/views.ts";
import { type Displayable, displaySymbol, type StartingPicture } from "./display.ts";

export function picture(view: View): Displayable {
  return {
    [displaySymbol]: { kind: "view", view },
    [inspect.custom]: () => viewText(view, "en"),
  } as Displayable;
}

/** The same of one whose paths a reader may start from elsewhere. */
export function startingPicture(picture: StartingPicture): Displayable {
  return {
    [displaySymbol]: { kind: "startingPicture", picture },
    [inspect.custom]: () => viewText(picture.viewFrom(null), "en"),
  } as Displayable;
}
