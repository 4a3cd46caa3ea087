import type { z } from 'zod';
import type { CaseLineView, CaseView, meeting } from '../../http/views/case.ts';
import type { OfficerView } from '../../http/views/officer.ts';

/** In the order of a list; the record makes a code that is missing here a type error. */
const keysOf = <Code extends string>(codes: Record<Code, true>): readonly Code[] => Object.keys(codes) as Code[];

export const kinds = keysOf<CaseLineView['kind']>({
  problem: true,
  complaint: true,
  help: true,
  question: true,
  dispute: true,
  suggestion: true,
  praise: true,
  'follow-up': true,
});

export const statuses = keysOf<CaseLineView['status']>({
  opened: true,
  'in-progress': true,
  waiting: true,
  'in-mediation': true,
  answered: true,
  closed: true,
  'not-accepted': true,
  withdrawn: true,
  transferred: true,
  merged: true,
});

export const outcomes = keysOf<NonNullable<CaseView['outcome']>>({ resolved: true, explained: true, partly: true, unresolved: true });

export const findings = keysOf<NonNullable<CaseView['finding']>>({ confirmed: true, partly: true, 'not-found': true });

export const sparings = keysOf<NonNullable<CaseView['spared']>>({ arrest: true, minor: true, medical: true });

export const encounters = keysOf<z.infer<typeof meeting>['how']>({ counter: true, visit: true, phone: true });

export const abouts = keysOf<NonNullable<CaseView['about']>>({ service: true, unit: true, officer: true });

export const roles = keysOf<OfficerView['role']>({ officer: true, lead: true, inspector: true, administrator: true });
