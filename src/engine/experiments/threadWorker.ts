// A worker thread of Node as a race needs it, whoever starts it: the engine knows no Node, only the shape of its threads.

import type { JobWorker } from "../host.ts";

/** What is needed of Node's `Worker`. */
interface ThreadLike {
  on(event: string, listener: (value: unknown) => void): unknown;
  removeAllListeners(event: string): unknown;
  postMessage(message: unknown): void;
  terminate(): Promise<number>;
  ref(): void;
  unref(): void;
}

/** `gone` is told once when the thread ended by itself, with the reason. */
export function threadWorker(
  thread: ThreadLike,
  listen: (message: unknown) => void,
  gone: (reason: string) => void,
): JobWorker {
  let reason = "it ended by itself";
  thread.on("message", listen);
  thread.on("error", (error) => {
    reason = error instanceof Error ? error.message : String(error);
  });
  // Also after an error; told to end, nobody listens any more.
  thread.on("exit", () => gone(reason));
  return {
    post: (message) => thread.postMessage(message),
    keepAwake: (isWorking) => (isWorking ? thread.ref() : thread.unref()),
    end: () => {
      thread.removeAllListeners("message");
      thread.removeAllListeners("exit");
      void thread.terminate();
    },
  };
}
