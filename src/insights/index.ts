// What insights offer to the kernel: views, reports and their text.

export { type ActivationOptions, activationView } from "./activation/activationView.ts";
export { type BackpropExample, backpropView } from "./backprop/backpropView.ts";
export { type BoundaryOptions, boundaryView } from "./boundary/boundaryView.ts";
export { type ExpectedAnswer, type Judgement, judgeAnswer } from "./check/judgeAnswer.ts";
export { type ConfusionOptions, confusionView } from "./confusion/confusionView.ts";
export { diagnosisView } from "./diagnosis/diagnosisView.ts";
export { gradientsView, type NamedRun, verdictSentence } from "./gradients/gradientsView.ts";
export { gradientVerdict } from "./gradients/gradientVerdict.ts";
export { runReport } from "./gradients/runReport.ts";
export type { TensorNames } from "./graph/expressionLetters.ts";
export { type GraphOptions, graphView } from "./graph/graphView.ts";
export { filtersView, type ImagesOptions, imagesView } from "./images/imagesView.ts";
export { type NetworkRun, networkView } from "./network/networkView.ts";
export { optimizersView } from "./optimizers/optimizersView.ts";
export type { JudgedData } from "./pictures/judged.ts";
export { summaryView } from "./summary/summaryView.ts";
export type { HeightFunction, HeightInput } from "./surface/descend.ts";
export { type LandscapeOptions, landscapeView, raceSeedNote } from "./surface/landscapeView.ts";
export type { SurfaceName } from "./surface/surfaces.ts";
export { type SurfaceOptions, surfaceScene, surfaceView } from "./surface/surfaceView.ts";
export type { TableSource } from "./table/tableSource.ts";
export { type TableOptions, tableView } from "./table/tableView.ts";
export { tensorView } from "./tensor/tensorView.ts";
export { viewText } from "./text/viewText.ts";
export { sentenceText } from "./text/writing.ts";
export { trainingFrame, trainingView } from "./training/trainingView.ts";
export { weightsView } from "./weights/weightsView.ts";
