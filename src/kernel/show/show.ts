// The pictures a cell can show. Each is a value: shown as a cell's last expression, or by `display(…)`.

import { refuseOn } from "../../engine/argumentCounts.ts";
import { withKnownMembers } from "../../engine/members.ts";
import { dataPictures } from "./dataPictures.ts";
import { modelPictures } from "./modelPictures.ts";
import { racePictures } from "./racePictures.ts";
import { runPictures } from "./runPictures.ts";
import { surfacePictures } from "./surfacePictures.ts";

const pictures = {
  ...runPictures,
  ...modelPictures,
  ...surfacePictures,
  ...dataPictures,
  ...racePictures,
};
const runsAsList = (name: string) => `Give several runs in a list: show.${name}([first, second]).`;
refuseOn(
  pictures,
  {
    ...{ table: 2, boundary: 3, confusion: 3, images: 2 },
    ...{ activation: 2, activations: 2, graph: 2, surface: 2, landscape: 3 },
  },
  "show.",
  { gradients: runsAsList("gradients"), diagnosis: runsAsList("diagnosis") },
);

// The type names the parts one by one, so that the words on each picture come along to wherever it is used.
/** Pictures of trainings, activation functions and models. */
export const show: typeof runPictures &
  typeof modelPictures &
  typeof dataPictures &
  typeof racePictures &
  typeof surfacePictures = withKnownMembers("picture", pictures);
