// What still pictures are called.

import { wordTable } from "../../src/shared/words/message.ts";

export const stillWords = wordTable(
  {
    training: "Training",
    gradients: "Gradients by layer",
    activation: "Activation functions",
    optimizers: "Comparison",
    surface: "Paths on a surface",
    boundary: "Decision boundary",
    confusion: "Confusion matrix",
    images: "Pictures",
    backprop: "Forward and backward pass",
    control: "Control",
    diagnosis: "Diagnosis",
    network: "Network",
    summary: "Model summary",
    table: "Columns of the table",
    tensor: "Tensor",
    weights: "Weights",
    graph: "Expression",
  },
  {
    training: "학습",
    gradients: "층별 기울기",
    activation: "활성화 함수",
    optimizers: "비교",
    surface: "곡면 위의 경로",
    boundary: "결정 경계",
    confusion: "혼동 행렬",
    images: "이미지",
    backprop: "순전파와 역전파",
    control: "조작",
    diagnosis: "진단",
    network: "신경망",
    summary: "모델 요약",
    table: "표의 열",
    tensor: "텐서",
    weights: "가중치",
    graph: "식",
  },
);
