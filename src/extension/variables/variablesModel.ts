// What the view holds of a kernel's variables: the lists that are open, asked for again and again, and what changed in them.

import type { Peeked, PeekQuestion, VariableInfo, VariableOrder, VariablePath } from "../../shared/peekProtocol.ts";

/** Asks a kernel. */
export type AskKernel = <Question extends PeekQuestion>(question: Question) => Promise<Peeked<Question["kind"]>>;

/** A line of the view. It stays the same object while it is listed, so that the editor keeps it open and chosen. */
export interface VariableNode {
  readonly path: VariablePath;
  info: VariableInfo;
}

export interface VariablesModelOptions {
  readonly ask: AskKernel;
  /** These lines have changed, with what is in them; `null`: all have. */
  readonly changed: (nodes: readonly VariableNode[] | null) => void;
}

/** How asking went, for whoever asks again. */
export interface RefreshOutcome {
  readonly kind: "answered" | "noKernel" | "noAnswer";
  readonly tookMs: number;
}

export class VariablesModel {
  readonly #options: VariablesModelOptions;
  readonly #lists = new Map<string, readonly VariableNode[]>();
  /** What is open, by key; the list of all variables always is. */
  readonly #open = new Map<string, VariablePath>();
  #order: VariableOrder = "defined";
  /** Counts up when all is forgotten: an answer that was asked for before comes too late. */
  #age = 0;

  constructor(options: VariablesModelOptions) {
    this.#options = options;
  }

  get order(): VariableOrder {
    return this.#order;
  }

  /** All variables, as far as they are known. */
  get variables(): readonly VariableNode[] {
    return this.#lists.get(keyOf([])) ?? [];
  }

  /** The lines below one, or all variables. */
  async children(path: VariablePath): Promise<readonly VariableNode[]> {
    const known = this.#lists.get(keyOf(path));
    this.#open.set(keyOf(path), path);
    if (known !== undefined) return known;
    const age = this.#age;
    const peeked = await this.#options.ask({ kind: "listParts", paths: [path], order: this.#order });
    if (age !== this.#age || peeked.kind !== "answered") return [];
    return this.#take(path, peeked.answer[0]?.parts ?? []).nodes;
  }

  /** A line was closed: what is below it is no longer asked for. */
  close(path: VariablePath): void {
    const isBelow = (other: VariablePath) => path.every((step, index) => other[index] === step);
    for (const [key, open] of this.#open) {
      if (!isBelow(open)) continue;
      this.#open.delete(key);
      this.#lists.delete(key);
    }
  }

  /** Asks again for all that is open, and tells what changed. */
  async refresh(): Promise<RefreshOutcome> {
    const age = this.#age;
    const paths = [[], ...[...this.#open.values()].filter((path) => path.length > 0)];
    const peeked = await this.#options.ask({ kind: "listParts", paths, order: this.#order });
    if (age !== this.#age || peeked.kind !== "answered") {
      return { kind: peeked.kind, tookMs: 0 };
    }
    const changed: VariableNode[] = [];
    let isAllNew = false;
    peeked.answer.forEach((list, index) => {
      const path = paths[index] ?? [];
      // Left for the next time, or gone; then the list above it says so.
      if (list === null || (path.length > 0 && !this.#open.has(keyOf(path)))) return;
      const taken = this.#take(path, list.parts);
      if (!taken.isSameList && path.length === 0) isAllNew = true;
      else if (!taken.isSameList) changed.push(...this.#nodesAt(path));
      else changed.push(...taken.changed);
    });
    if (isAllNew) this.#options.changed(null);
    else if (changed.length > 0) this.#options.changed(changed);
    return { kind: "answered", tookMs: peeked.tookMs };
  }

  /** From here on another notebook, another kernel or another order is meant. */
  clear(order = this.#order): void {
    this.#age++;
    this.#order = order;
    this.#lists.clear();
    this.#open.clear();
    this.#options.changed(null);
  }

  #take(
    path: VariablePath,
    infos: readonly VariableInfo[],
  ): {
    readonly nodes: readonly VariableNode[];
    readonly changed: readonly VariableNode[];
    readonly isSameList: boolean;
  } {
    const before = this.#lists.get(keyOf(path)) ?? [];
    const known = new Map(before.map((node) => [node.info.step, node]));
    const changed: VariableNode[] = [];
    const nodes = infos.map((info) => {
      const node = known.get(info.step) ?? { path: [...path, info.step], info };
      if (JSON.stringify(node.info) !== JSON.stringify(info)) changed.push(node);
      node.info = info;
      return node;
    });
    this.#lists.set(keyOf(path), nodes);
    const isSameList = nodes.length === before.length && nodes.every((node, index) => node === before[index]);
    return { nodes, changed, isSameList };
  }

  /** The line of a path, where it is listed. */
  #nodesAt(path: VariablePath): readonly VariableNode[] {
    const list = this.#lists.get(keyOf(path.slice(0, -1))) ?? [];
    return list.filter((node) => keyOf(node.path) === keyOf(path));
  }
}

export function keyOf(path: VariablePath): string {
  return JSON.stringify(path);
}
