// The order of answers: what somebody waits for first, what was taken back not at all.

import { expect, test } from "vitest";
import type { LanguageRequest } from "../shared/languageProtocol.ts";
import { RequestQueue } from "./requestQueue.ts";

const notebook = { notebookId: "n", folder: null, version: 1, cells: [] };
const place = { notebookId: "n", cellId: "a", offset: 0 };
const complete = { kind: "complete", ...place, trigger: null } as const;
const diagnose = { kind: "diagnose", notebookId: "n" } as const;
const update = { kind: "updateNotebook", notebook } as const;

function queued(...requests: readonly LanguageRequest[]): RequestQueue {
  const queue = new RequestQueue();
  requests.forEach((request, index) => {
    queue.add({ id: index + 1, request });
  });
  return queue;
}

function order(queue: RequestQueue): number[] {
  const ids: number[] = [];
  for (let next = queue.take(); next !== null; next = queue.take()) ids.push(next.id);
  return ids;
}

test("what is looked at in passing waits until nobody else does", () => {
  expect(order(queued(diagnose, update, complete, { kind: "describeModels", notebookId: "n" }))).toEqual([2, 3, 1, 4]);
});

test("offsets hold: texts and questions about them stay in order", () => {
  expect(order(queued(update, complete, update, { kind: "hover", ...place }, update))).toEqual([1, 2, 3, 4, 5]);
});

test("what nobody waits for any more is left out, wherever it stands", () => {
  const queue = queued(update, complete, update, complete, diagnose);
  queue.add({ cancelled: 2 });
  queue.add({ cancelled: 5 });
  queue.add({ cancelled: 99 });
  expect(order(queue)).toEqual([1, 3, 4]);
  expect(queue.take()).toBeNull();
});

test("work in passing is left for what somebody waits for, but not for ever", () => {
  const queue = queued(diagnose);
  const question = queue.take();
  if (question === null) throw new Error("Nothing waits.");
  expect(queue.interrupts(question)).toBe(false);
  queue.add({ id: 2, request: diagnose });
  expect(queue.interrupts(question)).toBe(false);
  for (let round = 0; round < 3; round++) {
    queue.add({ id: 10 + round, request: complete });
    expect(queue.interrupts(question)).toBe(true);
    queue.putBack(question);
    expect([queue.take()?.id, queue.take()?.id]).toEqual([10 + round, 1]);
  }
  queue.add({ id: 20, request: complete });
  expect(queue.interrupts(question)).toBe(false);
});

test("what somebody waits for is never left", () => {
  const queue = queued(complete, update);
  const question = queue.take();
  expect(question !== null && queue.interrupts(question)).toBe(false);
});
