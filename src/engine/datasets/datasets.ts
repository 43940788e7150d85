// The namespace `datasets`.

import { withKnownMembers } from "../members.ts";
import * as catalogue from "./catalogue.ts";

/** Real data that come with nnbook, files of your own, and shapes made on the spot. */
export const datasets: typeof catalogue = withKnownMembers(
  "data set",
  { ...catalogue },
  {},
  { prefix: "datasets.", counts: { csv: 2, iris: 0, wine: 0, digits: 0, penguins: 0, breastCancer: 0, autoMpg: 0 } },
);
