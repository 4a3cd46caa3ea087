import type { CaseDesk } from '../domain/decision.ts';

/** A follow-up of low ratings that nobody is behind any more: what is found is written down, and there is nobody to tell. */
export const isNobodys = ({ file, desk }: { file: NonNullable<CaseDesk['file']>; desk: Pick<CaseDesk, 'resident'> }): boolean =>
  file.kind === 'follow-up' && !desk.resident;
