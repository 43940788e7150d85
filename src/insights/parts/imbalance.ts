// When classes are called imbalanced: one rule for a table of data before a training and for the diagnosis after it.

/**
 * Classes are called imbalanced from this ratio on: Buda, Maki & Mazurowski 2018, "A systematic study of the class imbalance
 * problem", find small effects at 10 and grave ones beyond.
 */
const imbalancedRatio = 10;
/** Fewer examples say little about how often a class occurs. */
const examplesToJudge = 20;

/** Whether so many examples tell how often a class occurs. */
export function canJudgeBalance(examples: number): boolean {
  return examples >= examplesToJudge;
}

export function isImbalanced(largest: number, smallest: number): boolean {
  return largest >= imbalancedRatio * smallest;
}
