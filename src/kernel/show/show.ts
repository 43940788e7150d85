// The pictures a cell can show. Each is a value: shown as a cell's last expression, or by `display(…)`.

import { withKnownMembers } from "../../engine/members.ts";
import { dataPictures } from "./dataPictures.ts";
import { modelPictures } from "./modelPictures.ts";
import { racePictures } from "./racePictures.ts";
import { runPictures } from "./runPictures.ts";
import { surfacePictures } from "./surfacePictures.ts";

// The type names the parts one by one, so that the words on each picture come along to wherever it is used.
/** Pictures of trainings, activation functions and models. */
export const show: typeof runPictures &
  typeof modelPictures &
  typeof dataPictures &
  typeof racePictures &
  typeof surfacePictures = withKnownMembers("picture", {
  ...runPictures,
  ...modelPictures,
  ...surfacePictures,
  ...dataPictures,
  ...racePictures,
});
