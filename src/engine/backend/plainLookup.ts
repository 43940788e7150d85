// The lookup routine of the plain backend.

import type { LookupRoutines } from "./lookup.ts";

export const plainLookup: LookupRoutines = {
  checkIds(ids, count, refuse) {
    for (let place = 0; place < ids.length; place++) {
      const id = ids[place] as number;
      if (!(Number.isInteger(id) && id >= 0 && id < count)) refuse(id, place);
    }
  },
};
