// The words of moving through a training.

import { wordTable } from "../../src/shared/words/message.ts";

export const timeWords = wordTable(
  {
    stepAndEpoch: "step {step} · epoch {epoch}",
    scrub: "Step",
    play: "Play",
    pause: "Pause",
    zoomHint: "Zoom: Ctrl and the wheel, or + and −. Move: Shift with an arrow key. All: 0.",
    allSteps: "All steps",
  },
  {
    stepAndEpoch: "스텝 {step} · 에포크 {epoch}",
    scrub: "스텝",
    play: "재생",
    pause: "일시 정지",
    zoomHint: "확대·축소: Ctrl+휠 또는 +, −. 이동: Shift+화살표 키. 전체: 0.",
    allSteps: "전체 스텝",
  },
);
