// What `import … from "nnbook"` gives in a cell: the engine, what shows values, and what readers play with. Its declarations are what completion and hovers speak of.

export * from "../engine/index.ts";
export type {
  BoundaryOptions,
  ConfusionOptions,
  ExpectedAnswer,
  ImagesOptions,
  JudgedData,
  TableOptions,
  TableSource,
} from "../insights/index.ts";
export type { CheckboxOptions, SelectOptions, SliderOptions } from "./inputs/input.ts";
export { input } from "./inputs/input.ts";
export type { CheckOptions, CheckResult } from "./show/check.ts";
export { check } from "./show/check.ts";
export type { Diagnosis, Finding, FindingEdit, FindingRemedy } from "./show/diagnose.ts";
export { diagnose } from "./show/diagnose.ts";
export type { Displayable } from "./show/display.ts";
export { display } from "./show/displayFunction.ts";
export type { ActivationPictureOptions, ActivationsPictureOptions } from "./show/modelPictures.ts";
export type { SealedAnswer } from "./show/sealedAnswer.ts";
export { seal, sealed } from "./show/sealedAnswer.ts";
export { show } from "./show/show.ts";
export type {
  HeightFunction,
  HeightInput,
  LandscapeOptions,
  SurfaceName,
  SurfaceOptions,
} from "./show/surfacePictures.ts";
