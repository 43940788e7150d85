// What insights offer to the kernel: views, reports and their text.

export { type ActivationOptions, activationView } from "./activationView.ts";
export { gradientsView, type NamedRun, verdictSentence } from "./gradientsView.ts";
export { gradientVerdict } from "./gradientVerdict.ts";
export { runReport } from "./runReport.ts";
export { summaryView } from "./summaryView.ts";
export { trainingFrame, trainingView } from "./trainingView.ts";
export { sentenceText, viewText } from "./viewText.ts";
