// The pictures a cell can show. Each is a value: shown as a cell's last expression, or by `display(…)`.

import { withKnownMembers } from "../../engine/members.ts";
import { modelPictures } from "./modelPictures.ts";
import { runPictures } from "./runPictures.ts";

const pictures = { ...runPictures, ...modelPictures } as const;

/** Pictures of trainings, activation functions and models. */
export const show: typeof pictures = withKnownMembers("picture", pictures);
