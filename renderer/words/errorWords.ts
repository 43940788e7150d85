// The words of an error of a cell.

import { wordTable } from "../../src/shared/words/message.ts";

export const errorWords = wordTable(
  {
    error: "Error",
    copy: "Copy the error",
    goTo: "Go to {place}",
    moreFrames: "Show {count} more lines",
    repeats: "again and again",
    causedBy: "caused by ",
    joins: "joins ",
    joinsMore: "joins {count} more",
  },
  {
    error: "오류",
    copy: "오류 복사",
    goTo: "{place} 위치로 이동",
    moreFrames: "{count}줄 더 보기",
    repeats: "계속 반복",
    causedBy: "원인: ",
    joins: "포함된 오류: ",
    joinsMore: "포함된 오류가 {count}개 더 있음",
  },
);
