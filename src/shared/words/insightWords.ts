// The sentences that insights say, in both languages; each view's own stand in a file of its own.
// Korean avoids particles that depend on the last sound of a name ("dense_4의", never "dense_4은/는").

import { type IdOf, joinTables } from "./message.ts";
import { activationSentences } from "./views/activationSentences.ts";
import { backpropSentences } from "./views/backpropSentences.ts";
import { boundarySentences } from "./views/boundarySentences.ts";
import { checkSentences } from "./views/checkSentences.ts";
import { confusionSentences } from "./views/confusionSentences.ts";
import { diagnosisSentences } from "./views/diagnosisSentences.ts";
import { gradientsSentences } from "./views/gradientsSentences.ts";
import { graphSentences } from "./views/graphSentences.ts";
import { imagesSentences } from "./views/imagesSentences.ts";
import { networkSentences } from "./views/networkSentences.ts";
import { notesSentences } from "./views/notesSentences.ts";
import { raceSentences } from "./views/raceSentences.ts";
import { surfaceSentences } from "./views/surfaceSentences.ts";
import { tableSentences } from "./views/tableSentences.ts";
import { trainingSentences } from "./views/trainingSentences.ts";
import { weightsSentences } from "./views/weightsSentences.ts";

export const insightWords = joinTables(
  gradientsSentences,
  trainingSentences,
  notesSentences,
  activationSentences,
  diagnosisSentences,
  networkSentences,
  tableSentences,
  raceSentences,
  backpropSentences,
  imagesSentences,
  boundarySentences,
  checkSentences,
  confusionSentences,
  surfaceSentences,
  weightsSentences,
  graphSentences,
);

/** The ids of the sentences that insights say. */
export type InsightWordId = IdOf<typeof insightWords>;
