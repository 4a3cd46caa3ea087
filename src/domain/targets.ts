import type { CaseFile, CaseKind } from './case.ts';
import type { Topic } from './catalogue.ts';
import { isTarget } from './due.ts';
import { aboutPolice } from './policy.ts';

/** What is promised about a case, as ISO 8601 working time; see `dueAt`. */
export interface Targets {
  firstAnswer: string;
  /** Absent where inspection sets its own and tells the resident. */
  finish?: string;
}

/** PRODUCT, "Service targets"; a dispute's finish is its first session. */
const byKind: Readonly<Record<CaseKind, Targets>> = {
  question: { firstAnswer: 'P1D', finish: 'P1D' },
  help: { firstAnswer: 'PT2H', finish: 'P5D' },
  problem: { firstAnswer: 'PT4H', finish: 'P5D' },
  complaint: { firstAnswer: 'P1D', finish: 'P5D' },
  dispute: { firstAnswer: 'P1D', finish: 'P3D' },
  suggestion: { firstAnswer: 'P5D', finish: 'P15D' },
  praise: { firstAnswer: 'P5D', finish: 'P15D' },
  'follow-up': { firstAnswer: 'P1D', finish: 'P5D' },
};
const ofInspection: Targets = { firstAnswer: 'P1D' };

/** The targets of a case: its kind's, or its topic's where set; about police always inspection's. A topic's wrong text is passed over. */
export function targetsOf(file: Pick<CaseFile, 'kind' | 'about' | 'sealed'>, topic?: Topic): Targets {
  if (aboutPolice(file)) return ofInspection;
  const own = byKind[file.kind];
  const firstAnswer = valid(topic?.targets?.firstAnswer) ?? own.firstAnswer;
  const finish = valid(topic?.targets?.finish) ?? own.finish;
  return finish === undefined ? { firstAnswer } : { firstAnswer, finish };
}

const valid = (target: string | undefined): string | undefined => (target !== undefined && isTarget(target) ? target : undefined);
