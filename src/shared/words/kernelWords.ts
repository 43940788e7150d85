// Why a cell ended without its kernel, in words: the reason of a death is data until somebody reads it.

import type { KernelDeath } from "../kernelProtocol.ts";
import { type Argument, type Locale, plainMessage, type WordTable } from "./message.ts";

const kernelWords = {
  en: {
    gone: "The kernel is gone: {reason}. Cells and outputs are kept, variables are lost; the next run starts a new kernel.",
    restarted: "The kernel was restarted while this cell ran. Variables are lost; run the cells again.",
    notCompiled: "The cell could not be compiled: {problem}",
    outOfMemory: "it ran out of memory",
    outOfMemoryAt:
      "it ran out of memory (what cells keep may take {limit} MB; use smaller data, or keep fewer results)",
    exitCalled: "process.exit({code}) was called",
    exitCalledIn: "process.exit({code}) was called in {label}",
    killed: "it was ended by {signal}",
    killedFromOutside: "it was ended by {signal}, by someone else or by the system because memory ran out",
    crashed: "native code crashed ({signal})",
    ended: "its process ended with exit code {code}",
    endedWith: "its process ended with exit code {code} ({complaint})",
    workerEnded: "its worker ended with exit code {code}",
    workerFailed: "its worker failed: {problem}",
    notStarted: "it could not be started: {problem}",
  },
  ko: {
    gone: "커널이 종료되었습니다: {reason}. 셀과 출력은 남아 있고 변수는 사라졌습니다. 다음 실행에서 새 커널이 시작됩니다.",
    restarted: "이 셀이 실행되는 동안 커널을 다시 시작했습니다. 변수는 사라졌으니 셀을 다시 실행하세요.",
    notCompiled: "셀을 컴파일하지 못했습니다: {problem}",
    outOfMemory: "메모리가 부족했습니다",
    outOfMemoryAt:
      "메모리가 부족했습니다(셀의 값은 {limit} MB까지 쓸 수 있으니 데이터를 줄이거나 남겨 두는 결과를 줄이세요)",
    exitCalled: "process.exit({code})이 호출되었습니다",
    exitCalledIn: "{label}에서 process.exit({code})이 호출되었습니다",
    killed: "{signal} 신호로 종료되었습니다",
    killedFromOutside: "{signal} 신호로 종료되었습니다(다른 프로세스가 보냈거나, 메모리가 부족해 시스템이 보냈습니다)",
    crashed: "네이티브 코드에서 충돌이 일어났습니다({signal})",
    ended: "프로세스가 종료 코드 {code}로 끝났습니다",
    endedWith: "프로세스가 종료 코드 {code}로 끝났습니다({complaint})",
    workerEnded: "작업 스레드가 종료 코드 {code}로 끝났습니다",
    workerFailed: "작업 스레드에 문제가 생겼습니다: {problem}",
    notStarted: "시작하지 못했습니다: {problem}",
  },
} as const satisfies WordTable<string>;

type KernelWord = keyof (typeof kernelWords)["en"];

/** How a cell ended of which the kernel could say nothing itself. */
export type KernelLoss =
  | { readonly kind: "died"; readonly death: KernelDeath }
  | { readonly kind: "restarted" }
  | { readonly kind: "notCompiled"; readonly problem: string };

/** The loss in whole sentences. */
export function kernelLossText(loss: KernelLoss, locale: Locale): string {
  switch (loss.kind) {
    case "died":
      return word("gone", locale, { reason: kernelDeathText(loss.death, locale) });
    case "restarted":
      return word("restarted", locale);
    case "notCompiled":
      return word("notCompiled", locale, { problem: loss.problem });
  }
}

/** The reason of a death, to follow "The kernel is gone:", without a full stop. */
export function kernelDeathText(death: KernelDeath, locale: Locale): string {
  switch (death.kind) {
    case "outOfMemory":
      return death.limitMb === null
        ? word("outOfMemory", locale)
        : word("outOfMemoryAt", locale, { limit: String(death.limitMb) });
    case "exitCalled": {
      const code = String(death.code);
      return death.label === null
        ? word("exitCalled", locale, { code })
        : word("exitCalledIn", locale, { code, label: death.label });
    }
    case "signal":
      return word(signalWord(death.signal), locale, { signal: death.signal });
    case "ended": {
      const code = String(death.code);
      return death.complaint === ""
        ? word("ended", locale, { code })
        : word("endedWith", locale, { code, complaint: withoutStop(death.complaint) });
    }
    case "workerEnded":
      return word("workerEnded", locale, { code: String(death.code) });
    case "workerFailed":
    case "notStarted":
      return word(death.kind, locale, { problem: withoutStop(death.problem) });
  }
}

function signalWord(signal: string): KernelWord {
  if (signal === "SIGKILL") return "killedFromOutside";
  return ["SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL"].includes(signal) ? "crashed" : "killed";
}

function withoutStop(text: string): string {
  return text.trim().replace(/\.$/, "");
}

function word(id: KernelWord, locale: Locale, args: Readonly<Record<string, Argument>> = {}): string {
  return plainMessage(kernelWords, { id, args }, locale);
}
