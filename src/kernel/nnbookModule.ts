// What `import … from "nnbook"` gives in a cell: the engine, and what shows values. Its declarations are what completion and hovers speak of.

export * from "../engine/index.ts";
export type { Displayable } from "./display.ts";
export { display } from "./displayFunction.ts";
export { type ActivationPictureOptions, show } from "./show.ts";
