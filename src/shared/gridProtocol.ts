// Messages between the extension and the page that shows a variable as a grid.

import type { FromRenderer } from "./rendererProtocol.ts";
import type { TableView, TensorView, TensorWindow } from "./views.ts";

export type ToGrid =
  /** The numbers as they stand. `window`: the part that was asked for; `null` for all of them. */
  | {
      readonly kind: "gridShown";
      readonly mime: string;
      readonly view: TensorView | TableView;
      readonly window: TensorWindow | null;
    }
  /** There is nothing (any more): why, in the reader's language. What was shown stays, marked as old. */
  | { readonly kind: "gridGone"; readonly text: string };

export type FromGrid =
  /** The page is there, maybe once more: it asks for what it is to show. */
  | { readonly kind: "gridReady" }
  | { readonly kind: "showWindow"; readonly window: TensorWindow | null }
  /** What the picture itself asks for: to copy, to save. */
  | { readonly kind: "fromPicture"; readonly message: FromRenderer };
