// Sentences about races: who is ahead, how sure that is, and what was fair.

import { wordTable } from "../message.ts";

export const raceSentences = wordTable(
  {
    raceRunning: "**{ended} of {all}** runs have ended.",
    raceTuning: "Learning rates are tried: **{ended} of {all}** trials have ended.",
    raceStopped: "Stopped: {ended} of {all} runs had ended.",
    raceFailed: "Failed: {ended} of {all} runs had ended.",
    raceInterrupted:
      "Interrupted after {ended} of {all} runs: it was running when the notebook was last saved or closed.",
    raceOutdated: "From an earlier run: the cell has changed since.",
    raceNothingYet: "No variant has a final loss.",
    raceAlone: "**{name}** ends at a loss of **{loss}**.",
    raceOneSeed:
      "**{name}** ends lowest, at **{loss}**, but with one seed nobody has won: another seed may turn the order round.",
    raceOneSeedAlike: "**{names}** end lowest, at the same loss of **{loss}**: with one seed nobody has won.",
    raceSameRuns:
      "Lowest, at **{loss}**: **{least}**. But nobody has won: all seeds gave the same run ({names}), so how sure that is cannot be told.",
    raceWon:
      "**{name}** ends lowest, at a loss of **{loss}**: over {seeds} seeds no other's interval reaches down to its own.",
    raceTied: "**{names}** end lowest, at about {loss}, and cannot be told apart with {seeds} seeds.",
    raceTiedBetween:
      "**{names}** end lowest, at {loss} to {most}; their intervals overlap, so {seeds} seeds do not tell them apart.",
    raceTiedWith:
      "**{name}** ends lowest, at **{loss}**, but {seeds} seeds do not tell it from **{names}**: nobody has won.",
    raceBothTied: "The final losses of **{first}** and **{second}** cannot be told apart with {seeds} seeds.",
    raceAllTied: "The final losses of all **{count}** cannot be told apart with {seeds} seeds.",
    raceTarget: "**{name}** reaches a loss of {target} first, in about {steps} {steps|step|steps}.",
    raceTargetAlone:
      "**{name}** alone reaches a loss of {target} with all its runs, in about {steps} {steps|step|steps}.",
    raceTargetWhole:
      "Of those that reach a loss of {target} with all their runs **{name}** is first, in about {steps} {steps|step|steps}.",
    raceTargetOneSeed: "{name} reached a loss of {target} first, in {steps} {steps|step|steps}.",
    raceTargetTied:
      "**{names}** reach a loss of {target} first, in about {steps} {steps|step|steps}, and cannot be told apart.",
    raceTargetTiedBetween:
      "**{names}** reach a loss of {target} first, in about {steps} to {most} steps; their intervals overlap.",
    raceTargetMissed: "None reaches a loss of {target} with all its runs.",
    raceDiverged: "**{name}** diverged in {diverged} of {ended} {ended|run|runs}.",
    raceFair: "The same {seeds} sets of initial weights and batches for all.",
    raceFairOneSeed: "The same initial weights and batches for all.",
    raceFairLayers:
      "For each seed the same batches for all, and the same initial weights wherever layers agree in place, shape and initializer.",
    raceFairOrder:
      "For each seed the same initial weights for all, and the same order of examples, in batches of different sizes.",
    raceFairLayersOrder:
      "For each seed the same order of examples for all, in batches of different sizes, and the same initial weights wherever layers agree in place, shape and initializer.",
    raceUnequalSteps: "Not all make equally many steps: {least} to {most}.",
    raceOtherMeasures: "Nobody is ahead: the losses of these variants are not the same measure.",
    raceOtherLoss: "“{name}” trains with another loss than “{first}”: their numbers cannot be compared.",
    raceOtherPenalty:
      "The loss of “{name}” holds other penalties than that of “{first}”: their numbers cannot be compared, those of a metric can.",
    raceOtherNoise:
      "The training loss of “{name}” is taken with other dropout or noise than that of “{first}”: their numbers cannot be compared, those on validation data can.",
    raceVariantFailed: "“{name}” failed, and the others go on without it: {problem}",
    raceSmoothed: "The training loss is smoothed: each point is the mean of up to {steps} steps.",
    raceIntervals:
      "Intervals are 95 % over the seeds, by Student's t (of the logarithms where all losses are above 0); “=”: it overlaps another’s, so which of the two is better cannot be told.",
    raceRankShared:
      "“{name}” shares the rank of one with a higher mean, whose interval is wider: nobody ranks behind a higher mean.",
    raceRanksShared:
      "{names} share the rank of one with a higher mean, whose interval is wider: nobody ranks behind a higher mean.",
    raceThinned: "Lines are thinned: each piece keeps its lowest and highest point.",
    raceBeyond: "The line of “{name}” leaves the picture: its loss grows beyond a hundred times that at the start.",
    raceTimes: "Times were taken while {workers} runs shared the machine.",
    raceQuickest: "Times are those of each variant’s quickest run.",
    raceOwnThread: "“{name}” holds code of a cell, so it trained in the thread of the cells.",
    raceOwnSeed:
      "The model of “{name}” has a seed of its own: seeds change at most the order of its batches and what its layers draw.",
    raceTimeBudget: "The budget is time, which other programs change: this race is neither exact nor repeatable.",
    raceTuned:
      "“{name}” trains at {rate}: the lowest mean loss of {rates}, after {steps} steps over {seeds} {seeds|seed|seeds}.",
    raceEdgeOfGrid:
      "“{name}” trains at {rate}: the lowest mean loss of {rates}, after {steps} steps over {seeds} {seeds|seed|seeds}, but at the edge of the grid: a better rate may lie beyond.",
    raceNotTuned: "“{name}” was not tuned: it keeps its own learning rate.",
  },
  {
    raceRunning: "실행 {all}개 중 **{ended}개**가 끝났습니다.",
    raceTuning: "학습률을 찾는 중입니다: 시험 {all}개 중 **{ended}개**가 끝났습니다.",
    raceStopped: "중지됨: 실행 {all}개 중 {ended}개가 끝나 있었습니다.",
    raceFailed: "실패: 실행 {all}개 중 {ended}개가 끝나 있었습니다.",
    raceInterrupted:
      "실행 {all}개 중 {ended}개가 끝난 뒤 중단됨: 노트북을 마지막으로 저장하거나 닫을 때 실행 중이었습니다.",
    raceOutdated: "이전 실행의 결과입니다. 그 뒤로 셀이 바뀌었습니다.",
    raceNothingYet: "최종 손실이 나온 변형이 없습니다.",
    raceAlone: "**{name}**의 최종 손실은 **{loss}**입니다.",
    raceOneSeed:
      "**{name}**의 최종 손실이 **{loss}**로 가장 낮지만, 시드가 하나뿐이라 승자를 말할 수 없습니다: 다른 시드에서는 순서가 바뀔 수 있습니다.",
    raceOneSeedAlike:
      "**{names}**의 최종 손실이 **{loss}**로 같고 가장 낮습니다: 시드가 하나뿐이라 승자를 말할 수 없습니다.",
    raceSameRuns:
      "최종 손실이 가장 낮은 것: **{least}**, **{loss}**. 하지만 모든 시드에서 실행이 똑같아({names}) 얼마나 확실한지 알 수 없으므로 승자를 말할 수 없습니다.",
    raceWon:
      "**{name}**의 최종 손실이 **{loss}**로 가장 낮습니다: 시드 {seeds}개에서 다른 어떤 변형의 구간도 이 변형의 구간까지 내려오지 않습니다.",
    raceTied: "**{names}**의 최종 손실이 약 {loss}로 가장 낮으며, 시드 {seeds}개로는 서로 구별할 수 없습니다.",
    raceTiedBetween:
      "**{names}**의 최종 손실이 {loss}~{most}로 가장 낮습니다. 구간이 서로 겹치므로 시드 {seeds}개로는 구별할 수 없습니다.",
    raceTiedWith:
      "**{name}**의 최종 손실이 **{loss}**로 가장 낮지만 승자를 말할 수 없습니다. 시드 {seeds}개로는 구별할 수 없는 것: **{names}**.",
    raceBothTied: "**{first}**, **{second}**의 최종 손실을 시드 {seeds}개로는 서로 구별할 수 없습니다.",
    raceAllTied: "**{count}개** 모두의 최종 손실을 시드 {seeds}개로는 서로 구별할 수 없습니다.",
    raceTarget: "손실 {target}에 가장 먼저 도달한 것: **{name}**, 약 {steps}스텝.",
    raceTargetAlone: "모든 실행이 손실 {target}에 도달한 것은 **{name}**뿐입니다. 약 {steps}스텝.",
    raceTargetWhole: "모든 실행이 손실 {target}에 도달한 것 가운데 가장 빠른 것: **{name}**, 약 {steps}스텝.",
    raceTargetOneSeed: "손실 {target}에 가장 먼저 도달한 것: {name}, {steps}스텝.",
    raceTargetTied: "손실 {target}에 가장 먼저 도달한 것: **{names}**, 약 {steps}스텝. 서로 구별할 수 없습니다.",
    raceTargetTiedBetween:
      "손실 {target}에 가장 먼저 도달한 것: **{names}**, 약 {steps}~{most}스텝. 구간이 서로 겹칩니다.",
    raceTargetMissed: "모든 실행이 손실 {target}에 도달한 변형은 없습니다.",
    raceDiverged: "**{name}**: 실행 {ended}개 중 {diverged}개가 발산했습니다.",
    raceFair: "모든 변형이 같은 초기 가중치와 같은 배치 {seeds}벌로 학습했습니다.",
    raceFairOneSeed: "모든 변형이 같은 초기 가중치와 같은 배치로 학습했습니다.",
    raceFairLayers:
      "시드마다 모든 변형이 같은 배치로 학습했고, 위치와 모양, 초기화 방법이 같은 층은 같은 초기 가중치에서 시작했습니다.",
    raceFairOrder: "시드마다 모든 변형이 같은 초기 가중치와 같은 예제 순서로 학습했습니다. 배치 크기는 서로 다릅니다.",
    raceFairLayersOrder:
      "시드마다 모든 변형이 같은 예제 순서로 학습했고(배치 크기는 서로 다름), 위치와 모양, 초기화 방법이 같은 층은 같은 초기 가중치에서 시작했습니다.",
    raceUnequalSteps: "스텝 수가 모두 같지는 않습니다: {least}~{most}스텝.",
    raceOtherMeasures: "앞선 변형을 가릴 수 없습니다: 변형들의 손실이 같은 척도가 아닙니다.",
    raceOtherLoss: "“{name}”의 손실 함수는 “{first}”의 것과 다릅니다: 두 값은 비교할 수 없습니다.",
    raceOtherPenalty:
      "“{name}”의 손실에는 “{first}”의 손실과 다른 벌점이 들어 있습니다: 두 값은 비교할 수 없고, 평가 지표는 비교할 수 있습니다.",
    raceOtherNoise:
      "“{name}”의 훈련 손실은 “{first}”의 것과 다른 드롭아웃이나 잡음이 있는 상태에서 잰 값입니다: 두 값은 비교할 수 없고, 검증 데이터에서 잰 값은 비교할 수 있습니다.",
    raceVariantFailed: "“{name}” 실패(나머지는 계속합니다): {problem}",
    raceSmoothed: "훈련 손실은 평활한 값입니다: 각 점은 최대 {steps}스텝의 평균입니다.",
    raceIntervals:
      "구간은 시드에 대한 95% 신뢰구간입니다(스튜던트 t 분포, 손실이 모두 0보다 크면 로그에 적용). “=”은 다른 변형과 구간이 겹쳐 어느 쪽이 나은지 알 수 없다는 뜻입니다.",
    raceRankShared:
      "“{name}”의 순위는 평균이 더 높지만 구간이 더 넓은 변형의 순위와 같습니다: 평균이 더 높은 변형보다 뒤에 서지 않습니다.",
    raceRanksShared:
      "{names}의 순위는 평균이 더 높지만 구간이 더 넓은 변형의 순위와 같습니다: 평균이 더 높은 변형보다 뒤에 서지 않습니다.",
    raceThinned: "선은 점을 솎아 그렸습니다: 구간마다 가장 낮은 점과 가장 높은 점은 남깁니다.",
    raceBeyond: "“{name}”의 선은 그림을 벗어납니다: 손실이 처음의 100배를 넘습니다.",
    raceTimes: "시간은 실행 {workers}개가 컴퓨터를 나누어 쓰는 동안 잰 값입니다.",
    raceQuickest: "시간은 변형마다 가장 빠른 실행의 값입니다.",
    raceOwnThread: "“{name}”에는 셀의 코드가 들어 있어 셀과 같은 스레드에서 학습했습니다.",
    raceOwnSeed: "“{name}”의 모델에는 고유한 시드가 있습니다: 시드는 기껏해야 배치 순서와 층이 뽑는 난수만 바꿉니다.",
    raceTimeBudget: "예산이 시간입니다. 다른 프로그램에 따라 달라지므로 정확하지도, 다시 재현되지도 않습니다.",
    raceTuned:
      "“{name}”의 학습률은 {rate}입니다: 시드 {seeds}개, {steps}스텝 뒤의 평균 손실이 {rates} 가운데 가장 낮았습니다.",
    raceEdgeOfGrid:
      "“{name}”의 학습률은 {rate}입니다: 시드 {seeds}개, {steps}스텝 뒤의 평균 손실이 {rates} 가운데 가장 낮았지만 격자의 끝입니다. 더 나은 값이 그 너머에 있을 수 있습니다.",
    raceNotTuned: "“{name}”: 학습률을 찾지 않고 원래 값을 그대로 씁니다.",
  },
);
