// What every optimizer is: a rule that turns gradients into changes of the parameters, with its memory for each parameter.

import { backend } from "../backend/current.ts";
import { checkedNumber, describeValue, ValueError } from "../errors.ts";
import { type Floats, maths } from "../intrinsics.ts";
import { type Asked, inspected, printed } from "../printed.ts";
import { PlateauSchedule } from "../schedules/plateau.ts";
import { type Schedule, scheduledMomentum, scheduledRate } from "../schedules/schedule.ts";
import type { Parameter } from "../tensor.ts";
import { checkGradients, checkParameters } from "./checkedParameters.ts";
import { type Clipping, clippedGradient, globalFactor, scaledGradient } from "./clipping.ts";
import { OptimizerMemory, Rehearsal, scratchSlots, type UpdatePart } from "./memory.ts";
import { type Convention, knownConvention, limit, notNegative, type OptimizerOptions } from "./optimizerOptions.ts";
import type { OptimizerState, ParameterUpdate, UpdateOutlook, UpdatePreview } from "./updates.ts";

/** A rule for changing parameters by their gradients. */
export abstract class Optimizer {
  /** "sgd", "rmsprop", "adam" … */
  abstract readonly name: string;
  /** What says the learning rate of each step; `null` when it is one number. */
  readonly schedule: Schedule | PlateauSchedule | null;
  /** How strongly weights are pulled towards zero, λ; 0 for not at all. */
  readonly weightDecay: number;
  /** Whether that pull acts on the weights themselves, not through the gradient. */
  readonly decoupledWeightDecay: boolean;
  /** Whose formula it follows where Keras and PyTorch differ. */
  readonly convention: Convention;
  readonly #clipping: Clipping;
  readonly #memory = new OptimizerMemory();
  #learningRate: number;
  #steps = 0;
  #revision = 0;
  /** What a plateau schedule has seen, epoch by epoch. */
  #watched: number[] = [];
  #scheduledMomentum: number | null = null;

  constructor(given: OptimizerOptions, defaultLearningRate: number) {
    // null is refused by the optimizer's own check, which can name the call.
    const options = given ?? {};
    const rate = options.learningRate ?? defaultLearningRate;
    const isScheduled = typeof rate === "function" || rate instanceof PlateauSchedule;
    this.schedule = isScheduled ? rate : null;
    this.#learningRate = isScheduled ? firstRate(rate) : notNegative("learningRate", rate);
    this.#scheduledMomentum = this.#momentumOf(0);
    if (this.#scheduledMomentum !== null && this.momentumName === null)
      throw new ValueError({
        op: "optimizer",
        expected: "a schedule of the learning rate alone for a rule without momentum",
        got: "one that moves momentum",
        hint: "Leave momentum out of the schedule, or take optimizers.sgd, rmsprop, adam or a relative of adam.",
      });
    this.weightDecay = notNegative("weightDecay", options.weightDecay ?? 0);
    this.convention = knownConvention(options.convention ?? "keras");
    this.decoupledWeightDecay = options.decoupledWeightDecay ?? this.decouplesByDefault;
    this.#clipping = {
      value: limit("clipValue", options.clipValue),
      norm: limit("clipNorm", options.clipNorm),
      globalNorm: limit("globalClipNorm", options.globalClipNorm),
    };
  }

  /** Its settings, for summaries and files. */
  get config(): Readonly<Record<string, number | boolean | string>> {
    const { value, norm, globalNorm } = this.#clipping;
    return {
      learningRate: this.schedule === null ? this.learningRate : "schedule",
      ...this.ownConfig(),
      ...(this.#scheduledMomentum === null || this.momentumName === null ? {} : { [this.momentumName]: "schedule" }),
      ...(this.weightDecay === 0 ? {} : { weightDecay: this.weightDecay }),
      ...(this.decoupledWeightDecay === this.decouplesByDefault
        ? {}
        : { decoupledWeightDecay: this.decoupledWeightDecay }),
      ...(value === null ? {} : { clipValue: value }),
      ...(norm === null ? {} : { clipNorm: norm }),
      ...(globalNorm === null ? {} : { globalClipNorm: globalNorm }),
      ...(this.convention === "keras" ? {} : { convention: this.convention }),
    };
  }

  /** What `console.log` shows: settings that it keeps and those that it works out. */
  [inspected](...asked: Asked): string {
    return printed(this, { ...this.config, steps: this.#steps }, asked);
  }

  /**
   * Size of the steps, η: of the next one at first, then of the newest. May be changed between steps, unless a schedule says it.
   *
   * @throws ValueError for what is no finite number of 0 or more, and where a schedule says it.
   */
  get learningRate(): number {
    return this.#learningRate;
  }

  set learningRate(rate: number) {
    const op = `optimizers.${this.name}`;
    if (this.schedule !== null)
      throw new ValueError({
        op,
        expected: "learningRate to be left to its schedule",
        got: describeValue(rate),
        hint: `Make it with a number to set it yourself: ${op}({ learningRate: 0.01 }).`,
      });
    if (checkedNumber(op, "learningRate", rate) < 0)
      throw new ValueError({ op, expected: "learningRate of 0 or more", got: String(rate) });
    this.#learningRate = rate;
  }

  /** How many updates it has made. */
  get steps(): number {
    return this.#steps;
  }

  /**
   * The momentum that the schedule says, of the next step at first, then of the newest; `null` where the schedule says none and
   * the optimizer's own stays.
   */
  get scheduledMomentum(): number | null {
    return this.#scheduledMomentum;
  }

  /**
   * Changes the parameters by their `grad` (those without one stay as they are), and keeps them to their constraints.
   * Gradients themselves are not changed.
   * `rate` overrides the optimizer's own learning rate for this step.
   *
   * @throws ValueError for what is no list of parameters, and a rate that is no number.
   */
  update(parameters: readonly Parameter[], rate?: number): void {
    checkParameters(this.name, parameters);
    if (rate !== undefined) checkedNumber(this.name, "the rate", rate);
    this.#begin();
    const learningRate = rate ?? this.learningRate;
    // What looks at each weight by itself cannot be done for several at once.
    const parts = this.#memory.parts(parameters, this.isElementwise && this.#clipping.norm === null);
    const { globalNorm } = this.#clipping;
    // Only a limit for all of them together needs them all at once.
    const all =
      globalNorm === null ? null : parts.map((part) => clippedGradient(part, this.#clipping, this.convention));
    const factor = globalNorm === null || all === null ? 1 : globalFactor(all, globalNorm, this.convention);
    for (let index = 0; index < parts.length; index++) {
      const part = parts[index] as UpdatePart;
      const own = all?.[index] ?? clippedGradient(part, this.#clipping, this.convention);
      const gradient = this.#decay(part, scaledGradient(part, own, factor), learningRate);
      this.updateParameter({ values: part.values, gradient, learningRate, step: this.#steps, slot: part.slot });
    }
    for (const { constraint, numbers, shape } of parameters) constraint?.apply(numbers, shape);
  }

  /** @internal Whether an update is no more than `p += s · g`, for every number. */
  get isPlain(): boolean {
    const { value, norm, globalNorm } = this.#clipping;
    return this.isDescent && this.weightDecay === 0 && value === null && norm === null && globalNorm === null;
  }

  /** @internal Begins an update that somebody else makes, where it is plain. Gives its factor `s`. */
  beginPlain(): number {
    this.#begin();
    return -this.learningRate;
  }

  /**
   * What the next update would do to parameters with these gradients (one list of numbers each), without doing it. Constraints
   * are left out.
   *
   * @throws ValueError or ShapeError where there is not one list of numbers for each parameter, as long as it.
   * @example optimizer.preview([kernel], [[0.1, -0.2]])[0]?.memory.means // what Adam would remember
   */
  preview(parameters: readonly Parameter[], gradients: readonly (readonly number[])[]): readonly UpdatePreview[] {
    checkGradients(this.name, parameters, gradients);
    return this.#tryOut(
      parameters.map((parameter, index) => new Rehearsal(this.#memory, parameter, gradients[index] ?? [])),
    );
  }

  /** @internal What the next update would go by for a single number of a parameter, above all what is remembered of it. */
  outlookOn(parameter: Parameter, at: number): UpdateOutlook {
    const slots = [...this.#memory.slotsOf(parameter)].map(([name, values]) => [name, values[at] ?? 0] as const);
    if (slots.length > 0 || this.#steps > 0)
      return this.#asIfNext((next) => ({ ...next, memory: Object.fromEntries(slots) }));
    // Nothing is remembered yet: a rule tells what that begins with when it is tried.
    const [from, count] = this.isElementwise ? [at, 1] : [0, parameter.size];
    const gradient = new Array<number>(count).fill(0);
    const [preview] = this.#tryOut([new Rehearsal(this.#memory, parameter, gradient, from)]);
    const memory = Object.entries(preview?.memory ?? {}).map(([name, { before }]) => [name, before[at - from] ?? 0]);
    return { ...this.#asIfNext((next) => next), memory: Object.fromEntries(memory) };
  }

  #tryOut(rehearsals: readonly Rehearsal[]): readonly UpdatePreview[] {
    const clipped = rehearsals.map(({ part }) => clippedGradient(part, this.#clipping, this.convention));
    const { globalNorm } = this.#clipping;
    const factor = globalNorm === null ? 1 : globalFactor(clipped, globalNorm, this.convention);
    return this.#asIfNext((next) =>
      rehearsals.map((rehearsal, index) => {
        const { part } = rehearsal;
        const scaled = scaledGradient(part, clipped[index] ?? part.gradient, factor);
        const gradient = this.#decay(part, scaled, next.learningRate);
        const seen = Array.from(gradient);
        const { values, slot } = rehearsal.asRemembered();
        this.updateParameter({ values, gradient, learningRate: next.learningRate, step: next.step, slot });
        return { ...next, values: Array.from(values), gradient: seen, memory: rehearsal.memory };
      }),
    );
  }

  /** Runs `work` as if the next update had begun; afterwards all is as before. */
  #asIfNext<Result>(work: (next: Omit<UpdateOutlook, "memory">) => Result): Result {
    const step = this.#steps + 1;
    const learningRate =
      typeof this.schedule === "function" ? scheduledRate(this.schedule, this.#steps) : this.learningRate;
    const newest = this.#scheduledMomentum;
    this.#scheduledMomentum = this.#momentumOf(this.#steps);
    try {
      return this.rehearse(step, () => {
        const settings = { ...this.#momentumSetting(), ...this.ownState() };
        return work({ learningRate, step, settings });
      });
    } finally {
      this.#scheduledMomentum = newest;
    }
  }

  /** Tells a plateau schedule how an epoch ended; `fit` does. Other learning rates do not depend on it. */
  endEpoch(value: number, better: "lower" | "higher" = "lower"): void {
    if (typeof value !== "number")
      throw new ValueError({
        op: this.name,
        expected: "what the epoch is judged by as a number",
        got: describeValue(value),
      });
    if (!(this.schedule instanceof PlateauSchedule)) return;
    this.#watched.push(value);
    this.#learningRate = this.schedule.rateAfter(this.#watched, better);
  }

  /** Forgets momentum and the like, as if new; a schedule starts again. */
  reset(): void {
    this.#revision++;
    this.#memory.clear();
    this.#steps = 0;
    this.#watched = [];
    if (this.schedule !== null) this.#learningRate = firstRate(this.schedule);
    this.#scheduledMomentum = this.#momentumOf(0);
  }

  /** @internal What it knows of a training of these parameters: copies. */
  takeState(parameters: readonly Parameter[]): OptimizerState {
    const slots = parameters.map(
      (parameter) =>
        new Map([...this.#memory.slotsOf(parameter)].map(([name, values]) => [name, values.slice()] as const)),
    );
    return {
      steps: this.#steps,
      learningRate: this.learningRate,
      watched: [...this.#watched],
      own: this.ownState(),
      slots,
    };
  }

  /** @internal Goes on from there: with parameters like those the state was taken with, in the same order. */
  restoreState(state: OptimizerState, parameters: readonly Parameter[]): void {
    this.reset();
    this.#steps = state.steps;
    this.#learningRate = state.learningRate;
    this.#watched = [...state.watched];
    this.#scheduledMomentum = this.#momentumOf(maths.max(0, state.steps - 1));
    this.restoreOwnState(state.own);
    parameters.forEach((parameter, index) => {
      for (const [name, values] of state.slots[index] ?? []) this.#memory.takeBackSlot(parameter, name, values.slice());
    });
  }

  /** @internal Another number after every update and reset. */
  get revision(): number {
    return this.#revision;
  }

  /** @internal Takes its memory for weights out of their models' memory: it is not used with them any more. */
  moveOut(): void {
    this.#memory.leaveRanges();
  }

  /** Whether weight decay goes past the gradient where nothing else is said. */
  protected get decouplesByDefault(): boolean {
    return this.convention === "keras";
  }

  /**
   * Whether the rule treats every number by itself, whichever parameter it belongs to: several parameters that stand side
   * by side may then be given to it as one. Not so for rules that look at a parameter as a whole, its length for example.
   */
  protected get isElementwise(): boolean {
    return false;
  }

  /** Whether the rule is `p −= η · g`. */
  protected get isDescent(): boolean {
    return false;
  }

  /** The setting that a schedule of momentum moves: "momentum", "beta1"; `null` for rules that have none. */
  protected get momentumName(): "momentum" | "beta1" | null {
    return null;
  }

  /** Before the parameters of a step (from 1, again after a reset) are changed: what is the same for all of them. */
  protected beginStep(_step: number): void {}

  /** Runs `work` as if step `step` had begun; afterwards all is as before. */
  protected rehearse<Result>(step: number, work: () => Result): Result {
    this.beginStep(step);
    return work();
  }

  /** The rule itself: changes `values` in place. */
  protected abstract updateParameter(update: ParameterUpdate): void;

  /** What the rule keeps from step to step beside its memory for each parameter. */
  protected ownState(): Readonly<Record<string, number>> {
    return {};
  }

  /** Takes that back. */
  protected restoreOwnState(_state: Readonly<Record<string, number>>): void {}

  /** The settings that only this kind has. */
  protected ownConfig(): Readonly<Record<string, number | boolean | string>> {
    return {};
  }

  #begin(): void {
    // A schedule that is wrong leaves all as it is.
    const momentum = this.#momentumOf(this.#steps);
    if (typeof this.schedule === "function") this.#learningRate = scheduledRate(this.schedule, this.#steps);
    this.#scheduledMomentum = momentum;
    this.#steps++;
    this.#revision++;
    this.beginStep(this.#steps);
  }

  /** The momentum that a schedule says, under the name of the setting it moves. */
  #momentumSetting(): Readonly<Record<string, number>> {
    const [name, momentum] = [this.momentumName, this.#scheduledMomentum];
    return name === null || momentum === null ? {} : { [name]: momentum };
  }

  #momentumOf(step: number): number | null {
    return typeof this.schedule === "function" ? scheduledMomentum(this.schedule, step) : null;
  }

  #decay(part: UpdatePart, gradient: Floats, learningRate: number): Floats {
    if (this.weightDecay === 0) return gradient;
    if (this.decoupledWeightDecay) {
      backend().copy(part.values, part.values, 1 - learningRate * this.weightDecay);
      return gradient;
    }
    const decayed = part.slot(scratchSlots.decayed);
    backend().copy(gradient, decayed, 1);
    backend().addScaled(part.values, decayed, this.weightDecay);
    return decayed;
  }
}

function firstRate(schedule: Schedule | PlateauSchedule): number {
  return typeof schedule === "function" ? scheduledRate(schedule, 0) : schedule.initialLearningRate;
}
