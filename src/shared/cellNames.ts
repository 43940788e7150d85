// What the language worker tells of the names in a cell's text: enough to see which cells depend on which.

export interface CellNames {
  /** Names that the cell makes for those after it. */
  readonly declares: readonly string[];
  /** Those of `declares` that it imports: nothing changes them, whatever is called on them (`show.gradients(run)`). */
  readonly imports: readonly string[];
  /** Those of `declares` that stand for the same whenever the cell runs and what it takes is the same: what packages export, functions, written values, data with a seed. */
  readonly fixed: readonly string[];
  /** Names that it takes from other cells, or from outside of the notebook. */
  readonly uses: readonly string[];
  /** Those of `uses` whose value it replaces or, as far as can be seen, changes inside: `model.compile(…)`. */
  readonly changes: readonly string[];
  /** How each name of `declares` and `changes` becomes what it is. */
  readonly makings: ReadonlyMap<string, Making>;
  /** The code without comments and spaces: equal for texts that run alike. */
  readonly code: string;
}

/** The statements of a cell that have a part in what a name stands for. */
export interface Making {
  /** Without comments and spaces. */
  readonly code: string;
  /** Names that they take from other cells. */
  readonly uses: readonly string[];
}
