// Namespaces such as `layers` that name what is not in them: TypeScript marks it in the editor, this tells whoever runs the cell.

import { type ArgumentCounts, withArgumentCounts } from "./argumentCounts.ts";
import { UnknownNameError } from "./errors.ts";

/** What JavaScript itself asks of any object: `await` looks for `then`, JSON for `toJSON`. */
const askedByTheLanguage: readonly string[] = ["then", "toJSON"];

/** Functions that are to refuse what they would not read. */
interface Functions<Members> {
  /** "callbacks." */
  readonly prefix: string;
  readonly counts: ArgumentCounts<Members>;
}

/**
 * The same members; asking for one that is not there throws an UnknownNameError with the nearest right name instead of
 * giving `undefined`, which would only say "is not a function".
 */
export function withKnownMembers<Members extends object>(
  what: string,
  members: Members,
  aliases: Readonly<Record<string, string>> = {},
  functions: Functions<Members> | null = null,
): Members {
  const checked = functions === null ? members : withArgumentCounts(members, functions.counts, functions.prefix);
  return new Proxy(checked, {
    get(target, key, receiver) {
      if (typeof key === "string" && !(key in target) && !askedByTheLanguage.includes(key))
        throw new UnknownNameError({ what, unknown: key, known: Object.keys(target), aliases });
      return Reflect.get(target, key, receiver);
    },
  });
}
