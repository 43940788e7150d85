// Namespaces such as `layers` that name what is not in them: TypeScript marks it in the editor, this tells whoever runs the cell.

import { UnknownNameError } from "./errors.ts";

/** What JavaScript itself asks of any object: `await` looks for `then`, JSON for `toJSON`. */
const askedByTheLanguage: readonly string[] = ["then", "toJSON"];

/**
 * The same members; asking for one that is not there throws an UnknownNameError with the nearest right name instead of
 * giving `undefined`, which would only say "is not a function".
 */
export function withKnownMembers<Members extends object>(
  what: string,
  members: Members,
  aliases: Readonly<Record<string, string>> = {},
): Members {
  return new Proxy(members, {
    get(target, key, receiver) {
      if (typeof key === "string" && !(key in target) && !askedByTheLanguage.includes(key))
        throw new UnknownNameError({ what, unknown: key, known: Object.keys(target), aliases });
      return Reflect.get(target, key, receiver);
    },
  });
}
