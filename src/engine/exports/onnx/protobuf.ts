// Protocol buffers, as far as ONNX needs them: fields with numbers, texts, bytes and messages in them.

// Encoding: https://protobuf.dev/programming-guides/encoding/.

import { Bytes, Floats } from "../../intrinsics.ts";
import { utf8Bytes } from "../../saving/utf8.ts";

/** A message, as its encoded parts in order. */
export type Message = readonly Uint8Array[];

const [varintKind, bytesKind, fixed32Kind] = [0, 2, 5] as const;

/** A whole number, also below zero. */
export function integer(field: number, value: number): Message {
  return [tag(field, varintKind), varint(BigInt.asUintN(64, BigInt(value)))];
}

export function text(field: number, value: string): Message {
  return bytes(field, [utf8Bytes(value)]);
}

/** A field of bytes, or of a message. */
export function bytes(field: number, parts: Message): Message {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return [tag(field, bytesKind), varint(BigInt(length)), ...parts];
}

/** A number with a point, in four bytes. */
export function float(field: number, value: number): Message {
  return [tag(field, fixed32Kind), new Bytes(Floats.of(value).buffer)];
}

/** Its parts in one array. */
export function joined(parts: Message): Uint8Array<ArrayBuffer> {
  const result = new Bytes(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

function tag(field: number, kind: number): Uint8Array {
  return varint(BigInt(field * 8 + kind));
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(value: bigint): Uint8Array {
  const parts: number[] = [];
  let rest = value;
  for (; rest >= 128n; rest >>= 7n) parts.push(Number(rest & 127n) | 128);
  parts.push(Number(rest));
  return new Bytes(parts);
}
