// Pictures of a data set with what a model takes them for, the filters a model looks for, or what its layers make of a picture.

import type { ViewNumber } from "../json.ts";
import type { Sentence, SmallPicture } from "./common.ts";

export interface ImagesView {
  readonly kind: "images";
  readonly version: 1;
  readonly sentence: Sentence;
  readonly groups: readonly ImageGroup[];
}

export interface ImageGroup {
  /** A layer's name; "" for pictures of a data set. */
  readonly name: string;
  /** Left out by views of earlier versions: examples where they have brightness, else filters. */
  readonly holds?: "examples" | "filters" | "units" | "maps" | undefined;
  /** How many there are; `tiles` holds some of them. */
  readonly total: number;
  /** "signed": levels stand for −1 to 1 of `largest`; else from the darkest to the brightest. */
  readonly scale: "brightness" | "signed";
  readonly largest: ViewNumber;
  readonly tiles: readonly ImageTile[];
}

export interface ImageTile {
  readonly picture: SmallPicture;
  /** Its row in the data, or its filter, counted from 0. */
  readonly row: number;
  readonly truth: string | null;
  readonly predicted: string | null;
  readonly confidence: ViewNumber;
}
