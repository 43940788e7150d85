// Which controls can be moved: the extension names those whose cells ran in the kernel that is there now.

export class LiveControls {
  readonly #listeners = new Set<() => void>();
  #ids: ReadonlySet<string> = new Set();

  receive(controlIds: readonly string[]): void {
    this.#ids = new Set(controlIds);
    for (const listener of this.#listeners) listener();
  }

  isLive(controlId: string): boolean {
    return this.#ids.has(controlId);
  }

  /** Calls `listener` after each change. Returns the end of it. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
