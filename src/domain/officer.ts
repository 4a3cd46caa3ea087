import type { Id, Instant } from './chance.ts';

export const roles = ['officer', 'lead', 'inspector', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** An account; one account, one role. Never holds the password. */
export interface Officer {
  id: Id;
  username: string;
  role: Role;
  unit: Id;
  /** What residents see under an answer; inspectors sign with their unit only. */
  publicName: string;
  badge?: string;
  /** A one-time password is in force until then and must be changed first. */
  oneTimeUntil?: Instant;
  disabledAt?: Instant;
  version: number;
}
