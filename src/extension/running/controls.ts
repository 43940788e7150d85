// The controls of a notebook: which can be moved, and what happens once a moved one rests: the cells that use it run again.

import type { ControlValue } from "../../shared/controlValues.ts";
import type { ControlQuestion, ControlUsers, LanguageCell } from "../../shared/languageProtocol.ts";
import type { CallPlace } from "../../shared/layerReport.ts";

/** How long a control must rest before the cells run: a hand that drags moves it many times a second. */
const restMs = 150;

/** Which cells use a control: the language worker knows. */
export type FindControlUsers = (question: ControlQuestion) => Promise<ControlUsers>;

export interface ControlsContext {
  readonly findUsers: FindControlUsers;
  /** The code cells in order, each with the text it ran with; those that have not run are left out. */
  readonly ranCells: () => readonly LanguageCell[];
  /** Ends what runs, if it is one of these cells; the others of them are taken out of the queue. */
  readonly makeWay: (cellIds: readonly string[]) => Promise<void>;
  readonly setControl: (controlId: string, value: ControlValue, name: string | null) => void;
  /** Runs cells that have run before. */
  readonly runAgain: (cellIds: readonly string[]) => void;
  /** Which controls can be moved has changed. */
  readonly changed: () => void;
  readonly log: (problem: unknown) => void;
}

interface KnownControl {
  readonly cellId: string;
  readonly execution: number;
  readonly place: CallPlace | null;
  /** It changes by itself: no cell uses how it stands. */
  readonly isPicture: boolean;
}

const nobody: Promise<ControlUsers> = Promise.resolve({ cellIds: [], name: null });

export class NotebookControls {
  readonly #context: ControlsContext;
  readonly #known = new Map<string, KnownControl>();
  #moved = new Map<string, ControlValue>();
  #timer: NodeJS.Timeout | null = null;
  #work: Promise<void> = Promise.resolve();

  constructor(context: ControlsContext) {
    this.#context = context;
  }

  /** Those that can be moved. */
  get ids(): readonly string[] {
    return [...this.#known.keys()];
  }

  show(controlId: string, control: KnownControl): void {
    this.#known.set(controlId, control);
    this.#context.changed();
  }

  /** A cell ran: what it did not show this time is gone. */
  endCell(cellId: string, execution: number | null): void {
    const gone = [...this.#known].filter(([, known]) => known.cellId === cellId && known.execution !== execution);
    for (const [controlId] of gone) this.#known.delete(controlId);
    if (gone.length > 0) this.#context.changed();
  }

  /** The kernel that knew them is gone. */
  clear(): void {
    this.#forgetMoves();
    if (this.#known.size === 0) return;
    this.#known.clear();
    this.#context.changed();
  }

  move(controlId: string, value: ControlValue): void {
    if (!this.#known.has(controlId)) return;
    this.#moved.set(controlId, value);
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      // One after the other: the next waits until the cells that must end have ended.
      this.#work = this.#work.then(() => this.#takeMoves()).then(undefined, this.#context.log);
    }, restMs);
  }

  dispose(): void {
    this.#forgetMoves();
  }

  #forgetMoves(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#moved.clear();
  }

  async #takeMoves(): Promise<void> {
    const moved = this.#moved;
    this.#moved = new Map();
    const { findUsers, ranCells, makeWay, setControl, runAgain } = this.#context;
    const cells = ranCells();
    const answers = await Promise.all(
      [...moved].flatMap(([controlId, value]) => {
        const known = this.#known.get(controlId);
        if (!known) return [];
        const { cellId, place, isPicture } = known;
        const users = isPicture ? nobody : findUsers({ cells, cellId, place });
        return [users.then((found) => ({ controlId, value, cellId, ...found }))];
      }),
    );
    const users = new Set(answers.flatMap(({ cellIds }) => cellIds));
    const own = answers.flatMap(({ cellId }) => (users.has(cellId) ? [cellId] : []));
    const inOrder = cells.map(({ id }) => id).filter((id) => users.has(id));
    // Cells that show a control come first: the others need its value.
    const first = inOrder.filter((id) => own.includes(id));
    const rest = inOrder.filter((id) => !own.includes(id));
    await makeWay(inOrder);
    for (const { controlId, value, name } of answers) {
      // A kernel that ended meanwhile took its controls along.
      if (this.#known.has(controlId)) setControl(controlId, value, name);
    }
    if (inOrder.length > 0 && answers.some(({ controlId }) => this.#known.has(controlId)))
      runAgain([...first, ...rest]);
  }
}
