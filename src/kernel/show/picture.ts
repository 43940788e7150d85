// A view as a value that is drawn where it is shown, and reads as text where it is printed.

import { inspect } from "node:util";
import { viewText } from "../../insights/index.ts";
import type { View } from "../../shared/views.ts";
import { type Displayable, displaySymbol } from "./display.ts";

export function picture(view: View): Displayable {
  return {
    [displaySymbol]: { kind: "view", view },
    [inspect.custom]: () => viewText(view, "en"),
  } as Displayable;
}
