// Text as bytes and back. The engine knows no TextEncoder: it belongs to the platform.

import { Bytes } from "../intrinsics.ts";

/** The UTF-8 bytes of a text. */
export function utf8Bytes(text: string): Uint8Array<ArrayBuffer> {
  // "%E2%86%92" for what is not plain: each escape is a byte. A lone surrogate, which no text file can hold, becomes "�".
  const escaped = encodeURIComponent(
    text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd"),
  );
  const bytes: number[] = [];
  for (let at = 0; at < escaped.length; at++) {
    const isEscape = escaped[at] === "%";
    bytes.push(isEscape ? Number.parseInt(escaped.slice(at + 1, at + 3), 16) : escaped.charCodeAt(at));
    if (isEscape) at += 2;
  }
  return new Bytes(bytes);
}

/** The text that UTF-8 bytes hold; `null` where they hold none. */
export function utf8Text(bytes: Uint8Array): string | null {
  const parts: string[] = [];
  for (const byte of bytes) parts.push(byte < 0x80 && byte !== 0x25 ? String.fromCharCode(byte) : `%${hex(byte)}`);
  try {
    return decodeURIComponent(parts.join(""));
  } catch {
    // Not a text: it is said by whoever asked.
    return null;
  }
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
