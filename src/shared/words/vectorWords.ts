// What became of the wish for 256-bit vectors, in words: for the log, and once for the user where they stay off.

import { toViewNumber } from "../json.ts";
import type { KernelDeath } from "../kernelProtocol.ts";
import { kernelDeathText } from "./kernelWords.ts";
import { type Argument, type Locale, plainMessage, type WordTable } from "./message.ts";

/** Why kernels run without 256-bit vectors although they were wanted. */
export type VectorRefusal =
  /** This V8 has no such flag. */
  | { readonly kind: "unknownFlag" }
  /** There are no SIMD routines that it could change. */
  | { readonly kind: "noRoutines" }
  | { readonly kind: "mismatch"; readonly what: string; readonly wanted: number; readonly got: number }
  | { readonly kind: "died"; readonly death: KernelDeath }
  | { readonly kind: "failed"; readonly problem: string }
  | { readonly kind: "late"; readonly seconds: number };

/** `gigaflops`: billions of operations a second in a matrix product, with them and without (`null`: that was not measured). */
export type VectorVerdict =
  | {
      readonly kind: "used";
      readonly compared: number;
      readonly gigaflops: number;
      readonly gigaflopsWithout: number | null;
    }
  | { readonly kind: "refused"; readonly refusal: VectorRefusal };

const vectorWords = {
  en: {
    used: "Experimental 256-bit vectors are on: their self-test agrees with the plain routines in {compared} numbers. A matrix product runs at {with} GFLOP/s.",
    usedAgainst:
      "Experimental 256-bit vectors are on: their self-test agrees with the plain routines in {compared} numbers. A matrix product runs at {with} GFLOP/s, without them at {without} GFLOP/s.",
    refused: "Experimental 256-bit vectors stay off, and kernels run as usual: {reason}.",
    unknownFlag: "this version of the editor does not have them",
    noRoutines: "the engine's SIMD routines do not run here",
    mismatch: "the self-test expected {wanted} and got {got} ({what})",
    died: "the self-test did not come to its end; {death}",
    failed: "the self-test failed with an error ({problem})",
    late: "the self-test took longer than {seconds} seconds",
  },
  ko: {
    used: "실험적인 256비트 벡터를 켰습니다. 자체 검사에서 숫자 {compared}개가 기본 루틴의 결과와 일치했습니다. 행렬 곱 속도는 {with} GFLOP/s입니다.",
    usedAgainst:
      "실험적인 256비트 벡터를 켰습니다. 자체 검사에서 숫자 {compared}개가 기본 루틴의 결과와 일치했습니다. 행렬 곱 속도는 {with} GFLOP/s이고, 끄면 {without} GFLOP/s입니다.",
    refused: "실험적인 256비트 벡터를 켜지 않았습니다. 커널은 평소대로 실행됩니다: {reason}.",
    unknownFlag: "이 버전의 편집기에는 이 기능이 없습니다",
    noRoutines: "여기서는 엔진의 SIMD 루틴이 실행되지 않습니다",
    mismatch: "자체 검사의 값이 {wanted}이어야 하는데 {got}이었습니다({what})",
    died: "자체 검사가 끝까지 실행되지 못했습니다. {death}",
    failed: "자체 검사에서 오류가 났습니다({problem})",
    late: "자체 검사가 {seconds}초를 넘겼습니다",
  },
} as const satisfies WordTable<string>;

/** The verdict in a sentence or two. */
export function vectorVerdictText(verdict: VectorVerdict, locale: Locale): string {
  if (verdict.kind === "refused") return word("refused", locale, { reason: refusalText(verdict.refusal, locale) });
  const { compared, gigaflops, gigaflopsWithout } = verdict;
  const args = { compared: { kind: "count", value: compared }, with: speed(gigaflops) } as const;
  return gigaflopsWithout === null
    ? word("used", locale, args)
    : word("usedAgainst", locale, { ...args, without: speed(gigaflopsWithout) });
}

function refusalText(refusal: VectorRefusal, locale: Locale): string {
  switch (refusal.kind) {
    case "unknownFlag":
    case "noRoutines":
      return word(refusal.kind, locale);
    case "mismatch":
      return word("mismatch", locale, {
        what: refusal.what,
        wanted: exactly(refusal.wanted),
        got: exactly(refusal.got),
      });
    case "died":
      return word("died", locale, { death: kernelDeathText(refusal.death, locale) });
    case "failed":
      return word("failed", locale, { problem: refusal.problem });
    case "late":
      return word("late", locale, { seconds: { kind: "count", value: refusal.seconds } });
  }
}

function speed(value: number): Argument {
  return { kind: "number", value: toViewNumber(value) };
}

/** With as many digits as a float32 has: the two may be near each other. */
function exactly(value: number): string {
  return String(Number(value.toPrecision(7)));
}

function word(
  id: keyof (typeof vectorWords)["en"],
  locale: Locale,
  args: Readonly<Record<string, Argument>> = {},
): string {
  return plainMessage(vectorWords, { id, args }, locale);
}
