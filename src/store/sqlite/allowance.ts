import type { Instant } from '../../domain/chance.ts';
import type { Desk } from '../../domain/decision.ts';

/** How much one conversation may send: over it, what comes is kept short and answered once. */
export const conversationAllowance = {
  messages: { most: 60, withinMs: 10 * 60_000 },
  media: { most: 30, withinMs: 60 * 60_000 },
} as const;
type Kind = keyof typeof conversationAllowance;

/** Wrong look-ups, for an address and for a reference. */
export const lookupAllowance = { most: 5, withinMs: 15 * 60_000 };
/** Tries at signing in: for an account, and for an address, which a whole station may share. */
export const signInAllowance = { account: 5, peer: 30, withinMs: 15 * 60_000 };

/** Kept in the conversation's row. */
export type Allowance = Readonly<Record<Kind, readonly [count: number, from: Instant, told: 0 | 1]>>;

export const unused: Allowance = { messages: [0, 0, 0], media: [0, 0, 0] };

export function allowanceNow(allowance: Allowance, now: Instant): Desk['allowance'] {
  const of = (kind: Kind): { over: boolean; told: boolean } => {
    const [count, , told] = within(allowance, kind, now);
    return { over: count >= conversationAllowance[kind].most, told: told === 1 };
  };
  return { messages: of('messages'), media: of('media') };
}

export function counted(allowance: Allowance, kind: Kind, told: boolean, now: Instant): Allowance {
  const [count, from, toldBefore] = within(allowance, kind, now);
  return { ...allowance, [kind]: [count + 1, from, told ? 1 : toldBefore] };
}

function within(allowance: Allowance, kind: Kind, now: Instant): Allowance[Kind] {
  const entry = allowance[kind];
  return now - entry[1] < conversationAllowance[kind].withinMs ? entry : [0, now, 0];
}
