// What is said of pictures and filters.

import { wordTable } from "../message.ts";

export const imagesSentences = wordTable(
  {
    picturesShown:
      "**{shown} of {total}** pictures of {height} × {width} points, each from its darkest to its brightest.",
    picturesRight: "The model is right on **{share}** of all.",
    filtersShown: "**{filters}** filters of {height} × {width} in {layer}.",
    unitsShown:
      "What each of the **{units}** units of {layer} looks for: its weights as a picture of {height} × {width} points.",
    mapsShown:
      "What {layers} {layers|layer makes|layers make} of example {row} (**{truth}**). The model takes it for **{predicted}** ({share}).",
    mapsScale: "Maps of a layer share one scale: where only the page's colour shows, it is 0.",
    filtersMean: "A filter that takes several channels is shown as their mean.",
  },
  {
    picturesShown: "{height} × {width} 크기의 그림 **{total}개 중 {shown}개**입니다. 밝기는 그림마다 따로 맞췄습니다.",
    picturesRight: "모델의 정답률은 **{share}**입니다.",
    filtersShown: "{layer} 층의 {height} × {width} 필터 **{filters}**개입니다.",
    unitsShown:
      "{layer} 층의 유닛 **{units}**개가 저마다 찾는 것입니다. 가중치를 {height} × {width} 크기의 그림으로 나타냈습니다.",
    mapsShown:
      "예제 {row}(정답 **{truth}**)에서 층 {layers}개가 만들어 낸 것입니다. 모델의 예측은 **{predicted}**({share})입니다.",
    mapsScale: "한 층의 특성 맵은 눈금이 같으며, 배경색과 같은 곳은 0입니다.",
    filtersMean: "입력 채널이 여럿인 필터는 채널 평균으로 나타냈습니다.",
  },
);
