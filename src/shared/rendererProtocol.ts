// Messages between the extension and the notebook renderer. Live numbers travel here, as deltas; never by growing outputs.

import type { ControlValue } from "./controlValues.ts";
import type { ViewNumber } from "./json.ts";
import type { RaceFrame } from "./raceFrames.ts";
import type { ErrorPlace } from "./shownError.ts";
import type { OptimizersView, RemedyEdit, Sentence, StripLayer, TrainingView } from "./views.ts";
import type { Locale } from "./words/message.ts";

/** The learning rate and the momentum (`null` where no schedule moves it) of a step, counted from 1. */
export interface StepRate {
  readonly step: number;
  readonly learningRate: ViewNumber;
  readonly momentum: ViewNumber;
}

/** What changed in a training since the frame before. At most ten a second. */
export interface TrainingFrame {
  readonly runId: string;
  /** Counts from 1 for each run. A renderer that misses one asks for a snapshot. */
  readonly sequence: number;
  readonly epochsDone: number;
  readonly stepsDone: number;
  readonly stepsPerSecond: number;
  /** Seconds left; `null` while unknown. */
  readonly secondsLeft: number | null;
  /** Values of the epochs that ended since the last frame, per metric, in the order of `TrainingView.metrics`. */
  readonly appended: readonly {
    readonly train: readonly ViewNumber[];
    readonly validation: readonly ViewNumber[] | null;
  }[];
  readonly layers: readonly StripLayer[];
  /** What the newest step was made with; left out before the first, and where that never changes. */
  readonly rate?: StepRate | undefined;
  readonly sentence: Sentence | null;
}

/** The reader moved to a step of these runs, or to a layer (`null`: away from it). Told to the other editors of the notebook. */
export interface LinkMoved {
  readonly kind: "linkMoved";
  readonly runIds: readonly string[];
  readonly to:
    | { readonly kind: "step"; readonly step: number }
    | { readonly kind: "layer"; readonly layer: string | null };
}

export type ToRenderer =
  | { readonly kind: "environment"; readonly locale: Locale; readonly trusted: boolean }
  | {
      readonly kind: "trainingSnapshot";
      readonly view: TrainingView;
      readonly sequence: number;
      readonly stepsPerSecond: number;
      readonly secondsLeft: number | null;
    }
  | { readonly kind: "trainingProgressed"; readonly frame: TrainingFrame }
  | { readonly kind: "raceSnapshot"; readonly view: OptimizersView; readonly sequence: number }
  | { readonly kind: "raceProgressed"; readonly frame: RaceFrame }
  /** The training or the race is not (or no longer) live: what the output holds is all there is. */
  | { readonly kind: "runUnknown"; readonly runId: string }
  /** The cell that made this run was edited since. */
  | { readonly kind: "runsOutdated"; readonly runIds: readonly string[] }
  /** What the editor can do with the changes of a remedy that was asked about, as the cells are now. */
  | { readonly kind: "remedyAnswered"; readonly question: string; readonly can: RemedyAnswer }
  | LinkMoved
  /** The controls that can be moved: their cells ran in the kernel that is there now. */
  | { readonly kind: "controlsLive"; readonly controlIds: readonly string[] };

/** "apply": put them in; "reveal": show the place alone, for it is not certain; "nothing": what made the model is not known. */
export type RemedyAnswer = "apply" | "reveal" | "nothing";

export type FromRenderer =
  | LinkMoved
  /** The renderer is up (or was made anew): send `environment`. */
  | { readonly kind: "ready" }
  /** An output shows a training or a race whose state is "running": send it as it stands, then what follows. */
  | { readonly kind: "followRun"; readonly runId: string }
  | { readonly kind: "stopTraining"; readonly runId: string }
  /** A control was moved: the cells that use its value run again, once it rests. */
  | { readonly kind: "moveControl"; readonly controlId: string; readonly value: ControlValue }
  /** Run the cell of this training again, with the cells of its model that changed since. */
  | { readonly kind: "runAgain"; readonly runId: string }
  | { readonly kind: "revealLayer"; readonly runId: string; readonly layer: string }
  /** The changes of a remedy are looked at: can they be put in? `question` names it in the answer. */
  | {
      readonly kind: "askRemedy";
      readonly question: string;
      readonly runId: string;
      readonly edits: readonly RemedyEdit[];
    }
  /** Change the cells as a remedy says, where its places are certain. */
  | { readonly kind: "applyRemedy"; readonly runId: string; readonly edits: readonly RemedyEdit[] }
  /** Show where a remedy's changes belong, as far as that is known. */
  | { readonly kind: "revealRemedy"; readonly runId: string; readonly edits: readonly RemedyEdit[] }
  /** Show a place that an error names, wherever it stands by now. */
  | { readonly kind: "revealPlace"; readonly place: ErrorPlace }
  | { readonly kind: "copyText"; readonly text: string }
  /** Content is text (`svg`, `csv`) or base64 (`png`). */
  | {
      readonly kind: "saveFile";
      readonly suggestedName: string;
      readonly format: "svg" | "csv" | "png";
      readonly content: string;
    };
