// What `about()` says of a data set in Korean. The engine itself says it in English.

/** What the examples of a data set are, by its name, and which values are missing where some are. `{classes}` is how many classes there are. */
export const koreanDatasets: Readonly<Record<string, { readonly what: string; readonly missing?: string }>> = {
  iris: { what: "피셔의 붓꽃. 세 품종의 꽃 150송이를 네 군데씩 잰 값(cm)입니다." },
  wine: { what: "세 품종의 포도로 만든 이탈리아 포도주 178종의 화학 분석값 13가지입니다." },
  digits: { what: "손글씨 숫자 1797개를 8 × 8 점의 그림으로 나타낸 것입니다. 점마다 0부터 16까지입니다." },
  penguins: {
    what: "남극에 사는 펭귄 세 종의 부리와 날개 길이(mm), 몸무게(g)입니다.",
    missing: "344마리 가운데 측정하지 못한 2마리는 뺐습니다",
  },
  breastCancer: { what: "유방 조직 표본 569개에서 세포핵을 30가지로 잰 값입니다. 1이 악성입니다." },
  autoMpg: {
    what: "1970~1982년식 자동차가 휘발유 1갤런으로 가는 거리(마일)를 엔진, 무게, 연식, 생산지와 함께 적은 것입니다.",
    missing: "398대 가운데 마력을 모르는 6대는 뺐습니다",
  },
  moons: { what: "평면 위의 반달 두 개입니다." },
  circles: { what: "원 안에 원이 하나 더 있습니다." },
  spirals: { what: "서로 감겨 도는 나선 {classes}개입니다." },
  blobs: { what: "둥글게 모인 점 무리 {classes}개입니다." },
  xor: { what: "두 입력의 배타적 논리합(XOR)입니다." },
  sine: { what: "y = sin x에 잡음을 더한 것입니다." },
};

/** The words before each fact, and those that stand for a fact. */
export const koreanFacts = {
  examples: "예제",
  features: "특성",
  classes: "클래스",
  target: "목푯값",
  aNumber: "수 하나",
  missing: "빠진 값",
  none: "없음",
  prepared: "전처리",
  source: "출처",
  licence: "이용 조건",
  generated: "nnbook이 만든 데이터",
  noLicence: "필요 없음",
  ownFile: "직접 준비한 파일입니다.",
  notStated: "적혀 있지 않음",
  leftOut: "$2행 가운데 값이 빠진 $1행은 뺐습니다",
  train: "훈련",
  validation: "검증",
  test: "테스트",
  standardized: "표준화",
  "one-hot": "원-핫 인코딩",
  "class numbers": "클래스 번호",
} as const;
