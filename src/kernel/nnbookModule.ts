// What `import … from "nnbook"` gives in a cell: the engine, and what shows values. Its declarations are what completion and hovers speak of.

export * from "../engine/index.ts";
export type { Displayable } from "./show/display.ts";
export { display } from "./show/displayFunction.ts";
export type { ActivationPictureOptions } from "./show/modelPictures.ts";
export { show } from "./show/show.ts";
