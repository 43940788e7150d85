// Questions for the port of a kernel's debugger, and their answers.

import type { DebugFromKernel } from "../shared/debugProtocol.ts";
import type { KernelProcess } from "./kernelProcess.ts";

interface Waiting {
  readonly resolve: (port: number) => void;
  readonly reject: (error: Error) => void;
}

export class InspectorDoor {
  #waiting: Waiting[] = [];

  open(kernel: Pick<KernelProcess, "send">): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      kernel.send({ kind: "openInspector" });
    });
  }

  receive(message: DebugFromKernel): void {
    for (const { resolve, reject } of this.#waiting.splice(0)) {
      if (message.kind === "inspectorOpened") resolve(message.port);
      else reject(new Error("The kernel lets no debugger in."));
    }
  }

  /** The kernel is gone: nobody answers any more. */
  lose(): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new Error("The kernel is gone."));
  }
}
