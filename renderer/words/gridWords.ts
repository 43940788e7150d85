// The words of the page that shows a variable as a grid.

import { wordTable } from "../../src/shared/words/message.ts";

export const gridWords = wordTable(
  {
    overview: "Overview",
    numbers: "Numbers",
    rows: "rows {from}–{to} of {all}",
    columns: "columns {from}–{to} of {all}",
    places: "place {at} of {all}",
    toolbar: "What is shown of the numbers",
    earlierRows: "Rows before",
    laterRows: "Rows after",
    earlierColumns: "Columns before",
    laterColumns: "Columns after",
    earlierPlace: "Place before on the axes before",
    laterPlace: "Place after on the axes before",
    keys: "Page Up and Page Down move by rows, with Shift by columns.",
    waiting: "Asking the kernel for the numbers …",
    failed: "The numbers could not be drawn ({problem}). Close this tab and open it again from the variables.",
  },
  {
    overview: "전체 모습",
    numbers: "수",
    rows: "행 {from}–{to} / {all}",
    columns: "열 {from}–{to} / {all}",
    places: "위치 {at} / {all}",
    toolbar: "수 가운데 보여 줄 부분",
    earlierRows: "앞쪽 행",
    laterRows: "뒤쪽 행",
    earlierColumns: "앞쪽 열",
    laterColumns: "뒤쪽 열",
    earlierPlace: "앞쪽 축의 이전 위치",
    laterPlace: "앞쪽 축의 다음 위치",
    keys: "Page Up과 Page Down은 행을 옮기고, Shift를 함께 누르면 열을 옮깁니다.",
    waiting: "커널에서 수를 가져오는 중 …",
    failed: "수를 그리지 못했습니다({problem}). 이 탭을 닫고 변수 보기에서 다시 여세요.",
  },
);
