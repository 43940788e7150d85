// What is said of pictures and filters.

import { wordTable } from "../message.ts";

export const imagesSentences = wordTable(
  {
    picturesShown:
      "**{shown} of {total}** pictures of {height} × {width} points, each from its darkest to its brightest.",
    picturesRight: "The model is right on **{share}** of all.",
    filtersShown: "**{filters}** filters of {height} × {width} in {layer}.",
    filtersMean: "A filter that takes several channels is shown as their mean.",
  },
  {
    picturesShown: "{height} × {width} 크기의 그림 **{total}개 중 {shown}개**입니다. 밝기는 그림마다 따로 맞췄습니다.",
    picturesRight: "모델은 전체의 **{share}**를 맞혔습니다.",
    filtersShown: "{layer} 층의 {height} × {width} 필터 **{filters}**개입니다.",
    filtersMean: "입력 채널이 여럿인 필터는 채널 평균으로 나타냈습니다.",
  },
);
