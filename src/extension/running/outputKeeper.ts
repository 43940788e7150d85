// Writes what runs into its outputs now and then, so that what the editor backs up (for a reload, a crash or hot exit) holds the pictures.

/** Soon, so that there is something to come back to; as soon again where there was nothing to write yet. */
const soonMs = 2_000;
/** An editor backs up after a second without changes, with a remote host after ten: they must find room between two writings. */
const everyMs = 12_000;

export interface OutputKeeperOptions {
  /** Whether anything was written. */
  readonly keep: () => Promise<boolean>;
  readonly isRunning: () => boolean;
}

export class OutputKeeper {
  readonly #options: OutputKeeperOptions;
  #timer: NodeJS.Timeout | null = null;
  #isDisposed = false;

  constructor(options: OutputKeeperOptions) {
    this.#options = options;
  }

  /** Something runs now. */
  start(): void {
    if (this.#timer === null && !this.#isDisposed) this.#later(soonMs);
  }

  /** All outputs were written just now (the notebook is saved): it is to stay as it was saved for a while. */
  postpone(): void {
    if (this.#timer === null || this.#isDisposed) return;
    clearTimeout(this.#timer);
    this.#later(everyMs);
  }

  dispose(): void {
    this.#isDisposed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #later(delayMs: number): void {
    this.#timer = setTimeout(async () => {
      const hasWritten = await this.#options.keep();
      this.#timer = null;
      if (this.#options.isRunning() && !this.#isDisposed) this.#later(hasWritten ? everyMs : soonMs);
    }, delayMs);
  }
}
