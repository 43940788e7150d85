// What the language worker tells of the names in a cell's text: enough to see which cells depend on which.

export interface CellNames {
  /** Names that the cell makes for those after it. */
  readonly declares: readonly string[];
  /** Those of `declares` that it imports: nothing changes them, whatever is called on them (`show.gradients(run)`). */
  readonly imports: readonly string[];
  /** Those of `declares` that stand for the same whenever the cell runs: what packages export, functions, written values. */
  readonly fixed: readonly string[];
  /** Names that it takes from other cells, or from outside of the notebook. */
  readonly uses: readonly string[];
  /** Those of `uses` whose value it replaces or, as far as can be seen, changes inside: `model.compile(…)`. */
  readonly changes: readonly string[];
  /** The code without comments and spaces: equal for texts that run alike. */
  readonly code: string;
}
