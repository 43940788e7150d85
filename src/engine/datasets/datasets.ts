// The namespace `datasets`.

import { withKnownMembers } from "../members.ts";
import * as catalogue from "./catalogue.ts";

/** Real data that come with nnbook, files of your own, and shapes made on the spot. */
export const datasets: typeof catalogue = withKnownMembers("data set", { ...catalogue });
