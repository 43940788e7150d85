// One layer for all outputs that show the same run: what is pointed at or has the focus in one is marked in the others.

import { type Link, makeLink } from "./linked.ts";

/** The layer's name; `null` for none. */
export const linkLayer: Link<string | null> = makeLink();
