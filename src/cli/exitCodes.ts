// What the command answers with when it ends; `helpText` tells users of them.

export const exitCodes = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;
