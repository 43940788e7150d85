// The words beside a control that cannot be moved just now.

import { wordTable } from "../../src/shared/words/message.ts";

export const controlWords = wordTable(
  {
    notLive: "Run the cell to use this control.",
    untrusted: "Saved value; cells do not run in this workspace until you trust it.",
    pressed: "pressed {presses} {presses|time|times}",
  },
  {
    notLive: "이 컨트롤을 쓰려면 셀을 실행하세요.",
    untrusted: "저장된 값입니다. 이 작업 영역을 신뢰하기 전에는 셀이 실행되지 않습니다.",
    pressed: "{presses}번 누름",
  },
);
