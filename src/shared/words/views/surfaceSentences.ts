// Sentences about surfaces and the paths on them, and what is simplified in their pictures.

import { wordTable } from "../message.ts";

export const surfaceSentences = wordTable(
  {
    surfaceNoPath: "**{surface}**, without paths.",
    surfaceNoStart: "The function has no finite value at the start, so no path begins there: choose another **start**.",
    surfaceOnePath: "After {steps} {steps|step|steps} **{best}** is at {value}.",
    surfaceLowest:
      "After {steps} {steps|step|steps} **{best}** is lowest, at {value}; **{worst}** is highest, at {worstValue}.",
    surfaceLowestInside:
      "After {steps} {steps|step|steps} **{best}** is the lowest of those that are still in the picture, at {value}; **{worst}** is highest, at {worstValue}.",
    surfaceLevel: "After {steps} {steps|step|steps} all paths are at {value}.",
    surfaceAlike: "After {steps} {steps|step|steps} **{names}** are level, at about {value}: less than {within} apart.",
    surfaceLowestAlike:
      "After {steps} {steps|step|steps} **{names}** are lowest, and level: less than {within} apart, at about {value}; **{worst}** is highest, at {worstValue}.",
    surfaceLowestAlikeInside:
      "After {steps} {steps|step|steps} **{names}** are the lowest of those that are still in the picture, and level: less than {within} apart, at about {value}; **{worst}** is highest, at {worstValue}.",
    surfaceReached: "After {steps} {steps|step|steps} **{names}** {count|is|are} at a minimum, to within {within}.",
    surfaceStillAt: "**{worst}** is highest, at {worstValue}.",
    surfaceDiverged:
      "The steps of **{names}** grew until the numbers were no longer finite: try a smaller learning rate.",
    surfaceLeft: "**{names}** left the picture.",
    surfaceNoRanking: "One start and one learning rate each show how optimizers move, not which is best.",
    surfaceEqualLines: "Lines of equal height: {count} to a power of ten.",
    surfaceEqualLinesAbove: "Lines of equal height above the lowest, {lowest}: {count} to a power of ten.",
    surfaceSampled: "Heights are computed at {columns} × {rows} places; between them lines are straight.",
    surfaceFlat: "The height is the same everywhere, so there are no lines of equal height.",
    surfaceHoles: "Hatched: there the function gives no number.",
    surfaceDifferences: "The function is written with plain numbers, so its slopes are central differences.",
    surfaceThinnedPaths: "Of {steps} steps one in {every} is drawn.",
    landscapePlaneOfRest:
      "The plane is chosen by the runs that did not diverge, and the distance from it is theirs: a diverged run may leave the picture.",
    landscapeDistanceOfRest: "The distance from the plane is that of the runs that did not diverge.",
    landscapeStill: "The weights did not move, so their way shows no directions.",
    landscapeSeed: "Of each variant the run of seed {seed}: all set out from the same weights.",
    landscapeOneRun:
      "One run each shows how the trainings went, not which is best: another seed may turn the order round.",
    landscapeSlice:
      "A slice through the space of {weights} {weights|weight|weights}: paths are shadows on it, off it by {off} of their distance from its middle (root mean square); the losses in the list are those of their own weights.",
    landscapeAllExamples: "Loss on all {total} training examples.",
    landscapeSample: "Loss on {examples} of {total} training examples, evenly spread.",
    landscapeSnapshots: "Paths join {snapshots} snapshots of the weights by straight lines.",
    landscapeRandom:
      "Directions filter by filter as long as the net’s own weights, biases unmoved (Li et al. 2018), seed {seed}.",
  },
  {
    surfaceNoPath: "**{surface}**, 경로 없음.",
    surfaceNoStart:
      "출발점에서 함숫값이 유한한 수가 아니어서 경로가 시작되지 않습니다. 다른 **출발점**(start)을 고르세요.",
    surfaceOnePath: "{steps}스텝 뒤 **{best}**의 높이는 {value}입니다.",
    surfaceLowest:
      "{steps}스텝 뒤 가장 낮은 곳에 있는 것은 **{best}**({value})이고, 가장 높은 **{worst}**의 높이는 {worstValue}입니다.",
    surfaceLowestInside:
      "{steps}스텝 뒤 그림 안에 남은 것 가운데 가장 낮은 것은 **{best}**({value})이고, 가장 높은 **{worst}**의 높이는 {worstValue}입니다.",
    surfaceLevel: "{steps}스텝 뒤 모든 경로의 높이가 {value}입니다.",
    surfaceAlike: "{steps}스텝 뒤 **{names}**의 높이는 약 {value}로, 차이가 {within} 미만이라 우열이 없습니다.",
    surfaceLowestAlike:
      "{steps}스텝 뒤 가장 낮은 곳에 있는 것은 **{names}**입니다. 높이는 약 {value}이고 서로의 차이는 {within} 미만이라 우열이 없습니다. 가장 높은 **{worst}**의 높이는 {worstValue}입니다.",
    surfaceLowestAlikeInside:
      "{steps}스텝 뒤 그림 안에 남은 것 가운데 가장 낮은 것은 **{names}**입니다. 높이는 약 {value}이고 서로의 차이는 {within} 미만이라 우열이 없습니다. 가장 높은 **{worst}**의 높이는 {worstValue}입니다.",
    surfaceReached: "{steps}스텝 뒤 **{names}** 경로는 오차 {within} 이내로 최솟값에 도달했습니다.",
    surfaceStillAt: "가장 높은 **{worst}** 경로의 높이는 {worstValue}입니다.",
    surfaceDiverged: "**{names}**의 스텝이 점점 커져 값이 유한한 수가 아니게 되었습니다. 학습률을 줄여 보세요.",
    surfaceLeft: "**{names}**의 경로가 그림 밖으로 나갔습니다.",
    surfaceNoRanking:
      "출발점 하나와 학습률 하나씩으로는 옵티마이저가 어떻게 움직이는지만 알 수 있고, 어느 것이 더 나은지는 알 수 없습니다.",
    surfaceEqualLines: "등고선은 10배마다 {count}개입니다.",
    surfaceEqualLinesAbove: "등고선은 가장 낮은 곳({lowest})에서 잰 높이로, 10배마다 {count}개입니다.",
    surfaceSampled: "높이는 {columns} × {rows}개 점에서 계산했고, 그 사이는 직선으로 이었습니다.",
    surfaceFlat: "높이가 어디서나 같아 등고선이 없습니다.",
    surfaceHoles: "빗금: 함숫값이 수가 아닌 곳입니다.",
    surfaceDifferences: "함수가 일반 숫자로 쓰여 있어 기울기는 중심 차분으로 구했습니다.",
    surfaceThinnedPaths: "{steps}스텝 중 {every}스텝마다 하나씩 그렸습니다.",
    landscapePlaneOfRest:
      "평면은 발산하지 않은 실행으로 골랐고, 평면에서 벗어난 거리도 그 실행들의 값입니다. 발산한 실행은 그림 밖으로 나갈 수 있습니다.",
    landscapeDistanceOfRest: "평면에서 벗어난 거리는 발산하지 않은 실행들의 값입니다.",
    landscapeStill: "가중치가 움직이지 않아 경로로 방향을 정할 수 없습니다.",
    landscapeSeed: "변형마다 시드 {seed}의 실행입니다. 모두 같은 가중치에서 출발합니다.",
    landscapeOneRun:
      "실행 하나씩으로는 훈련이 어떻게 진행되었는지만 알 수 있고, 어느 것이 더 나은지는 알 수 없습니다. 시드가 바뀌면 순서가 뒤집힐 수 있습니다.",
    landscapeSlice:
      "가중치 {weights}개의 공간을 자른 단면입니다. 경로는 단면에 비친 그림자이며, 단면에서 벗어난 거리는 단면 중심까지 거리의 {off}입니다(제곱평균제곱근). 목록의 손실은 실제 가중치의 손실입니다.",
    landscapeAllExamples: "손실은 훈련 예제 {total}개 전체로 계산했습니다.",
    landscapeSample: "손실은 훈련 예제 {total}개 중 고르게 뽑은 {examples}개로 계산했습니다.",
    landscapeSnapshots: "경로는 가중치 스냅샷 {snapshots}개를 직선으로 이은 것입니다.",
    landscapeRandom:
      "두 방향은 필터마다 신경망의 가중치와 길이를 맞추고 편향은 그대로 두었습니다(Li 외 2018). 시드 {seed}.",
  },
);
