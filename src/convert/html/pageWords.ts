// What an exported page says by itself, in the reader's language.

import { wordTable } from "../../shared/words/message.ts";

export const pageWords = wordTable(
  {
    theme: "Theme",
    "theme.system": "As the system",
    "theme.light": "Light",
    "theme.dark": "Dark",
    "theme.highContrast": "High contrast",
    "theme.highContrastLight": "High contrast, light",
    print: "Print",
    code: "Code of cell {number}",
    output: "Output of cell {number}",
    error: "Error",
    warnings: "Warnings and errors that the cell printed",
    noScript: "Without JavaScript the pictures stand still; their text stands below them.",
    notShown: "An output of type {mime} cannot be shown here.",
    picture: "Picture",
  },
  {
    theme: "테마",
    "theme.system": "시스템 설정 따름",
    "theme.light": "밝게",
    "theme.dark": "어둡게",
    "theme.highContrast": "고대비",
    "theme.highContrastLight": "밝은 고대비",
    print: "인쇄",
    code: "셀 {number}의 코드",
    output: "셀 {number}의 출력",
    error: "오류",
    warnings: "셀이 출력한 경고와 오류",
    noScript: "JavaScript가 꺼져 있어 움직이지 않는 그림을 보여 줍니다. 그 내용은 그림 아래에 글로 있습니다.",
    notShown: "{mime} 형식의 출력은 여기서 표시할 수 없습니다.",
    picture: "그림",
  },
);
