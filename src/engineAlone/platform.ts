// What runs the engine outside VS Code: a Node, or a browser. Both from the same files, so that nothing of Node's is imported by name where a bundler for pages would look for it.

type NodeThreads = typeof import("node:worker_threads");
type NodeSystem = typeof import("node:os");

export const isNode: boolean = typeof process === "object" && typeof process.versions?.node === "string";

/** A module of Node's own, in Node from 20.16 on; else `null`. */
export function nodeModuleNow<Module>(name: string): Module | null {
  if (!isNode) return null;
  const get = process.getBuiltinModule as typeof process.getBuiltinModule | undefined;
  return (get?.(name) as Module | undefined) ?? null;
}

const nameOfThreads = "node:worker_threads";

/** In Node, its module of threads; `null` before 20.16, where it is only to be had later. */
export function nodeThreadsNow(): NodeThreads | null {
  return nodeModuleNow(nameOfThreads);
}

/** In Node. */
export async function nodeThreads(): Promise<NodeThreads> {
  return nodeThreadsNow() ?? (await import(/* @vite-ignore */ /* webpackIgnore: true */ nameOfThreads));
}

/** How many threads may compute at once: in Node as the system says, which also bounds them. */
export function coreCount(): number {
  return nodeModuleNow<NodeSystem>("node:os")?.availableParallelism() ?? navigator.hardwareConcurrency;
}
