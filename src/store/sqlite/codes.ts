import { type MasterKeys, macOf } from './master-keys.ts';

/** What is kept of a query code: nobody can read a code back, or use it with another reference. */
export const codeDigest = ({ code: key }: MasterKeys, reference: string, code: string): Buffer => macOf(key, reference, code);

/** A right to rate that needs no remembering: whoever has not the key can make none. */
export const placedId = ({ invitation: key }: MasterKeys, conversation: string, place: string, unit: string, day: string): string =>
  macOf(key, conversation, place, unit, day).toString('hex').slice(0, 32);

/** What is kept of an invitation's id, which is a right to rate. */
export const invitationDigest = ({ invitation: key }: MasterKeys, id: string): Buffer => macOf(key, id);
