// The words of moving through a training.

import { wordTable } from "../../src/shared/words/message.ts";

export const timeWords = wordTable(
  {
    stepAndEpoch: "step {step} · epoch {epoch}",
    scrub: "Step",
    play: "Play",
    pause: "Pause",
  },
  {
    stepAndEpoch: "스텝 {step} · 에포크 {epoch}",
    scrub: "스텝",
    play: "재생",
    pause: "일시 정지",
  },
);
