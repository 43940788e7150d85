// One step for all outputs that show the same run: moving one moves the others.

import { type Link, makeLink } from "./linked.ts";

/** The step (from 1) that the outputs of a run stand at. */
export const linkStep: Link<number> = makeLink();
