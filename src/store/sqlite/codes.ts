import { type MasterKeys, macOf } from './master-keys.ts';

/** What is kept of a query code: nobody can read a code back, or use it with another reference. */
export const codeDigest = ({ code: key }: MasterKeys, reference: string, code: string): Buffer => macOf(key, reference, code);

/** What is kept of an invitation's id, which is a right to rate. */
export const invitationDigest = ({ invitation: key }: MasterKeys, id: string): Buffer => macOf(key, id);
