import type { CaseView } from '../../http/views/case.ts';
import type { OfficerView } from '../../http/views/officer.ts';
import { noteContact, put, reopen } from '../api/cases.ts';
import { encounters, findings, sparings } from '../words/codes.ts';
import type { Say } from '../words/words.ts';
import type { Asking } from './act-dialog.tsx';

export type ActName =
  | 'spare'
  | 'verify'
  | 'plan'
  | 'meet'
  | 'refuse'
  | 'assign'
  | 'hand-back'
  | 'close'
  | 'reopen'
  | 'withdraw'
  | 'pass-to-inspection';

interface Around {
  file: CaseView;
  say: Say;
  /** Who can be given it. */
  officers: readonly { username: string; publicName: string }[];
  /** Of who asks: an inspector goes on seeing what is passed to inspection; not having reached anybody is for a lead to say. */
  role: OfficerView['role'];
}

/** Silence is for the clock to close. */
const closings = (role: OfficerView['role']) => (role === 'officer' ? (['confirmed'] as const) : (['confirmed', 'not-reached'] as const));

const reason = { name: 'reason', needed: true } as const;

/** What each act asks for, and what it writes. */
export function askingOf(act: ActName, { file, say, role, officers }: Around): Asking {
  const { reference } = file;
  switch (act) {
    case 'refuse':
      return {
        name: 'refuse',
        questions: [reason, { name: 'instead', needed: true, max: 300 }],
        write: ({ reason = '', instead = '' }, under) => put(reference, 'acceptance', { accepted: false, reason, instead }, under),
      };
    case 'assign':
      return {
        name: 'assign',
        questions: [
          { name: 'username', needed: true, options: officers.map(({ username, publicName }) => ({ value: username, label: publicName })) },
          { name: 'reason', needed: false },
        ],
        write: ({ username = '', reason }, under) => put(reference, 'assignee', { username, ...(reason?.trim() && { reason }) }, under),
      };
    case 'hand-back':
      return {
        name: 'handBack',
        questions: [reason],
        write: ({ reason = '' }, under) => put(reference, 'assignee', { username: null, reason }, under),
      };
    case 'spare':
      return {
        name: 'spare',
        questions: [{ name: 'why', needed: true, options: sparings.map((value) => ({ value, label: say(`sparing.${value}`) })) }],
        write: ({ why }, under) => {
          const chosen = sparings.find((each) => each === why);
          return chosen ? put(reference, 'sparing', { why: chosen }, under) : Promise.reject(new Error('no-sparing'));
        },
      };
    case 'verify':
      return {
        name: 'verify',
        questions: [
          { name: 'finding', needed: true, options: findings.map((value) => ({ value, label: say(`finding.${value}`) })) },
          { name: 'text', needed: true, max: 4000 },
        ],
        write: ({ finding, text = '' }, under) => {
          const found = findings.find((each) => each === finding);
          return found ? put(reference, 'finding', { finding: found, text }, under) : Promise.reject(new Error('no-finding'));
        },
      };
    case 'meet':
      return {
        name: 'meet',
        questions: [{ name: 'how', needed: true, options: encounters.map((value) => ({ value, label: say(`encounter.${value}`) })) }],
        write: ({ how = '' }, { key }) => noteContact(reference, how, key),
      };
    case 'plan':
      return {
        name: 'plan',
        questions: [
          { name: 'until', needed: true, date: true },
          { name: 'text', needed: true, max: 4000 },
        ],
        write: ({ until = '', text = '' }, under) => put(reference, 'plan', { until, text }, under),
      };
    case 'close':
      return {
        name: 'close',
        questions: [
          { name: 'confirmation', needed: true, options: closings(role).map((value) => ({ value, label: say(`confirmation.${value}`) })) },
          reason,
        ],
        write: ({ confirmation, reason = '' }, under) => {
          const chosen = closings(role).find((each) => each === confirmation) ?? 'confirmed';
          return put(reference, 'closure', { confirmation: chosen, reason }, under);
        },
      };
    case 'reopen':
      return { name: 'reopen', questions: [reason], write: ({ reason = '' }, under) => reopen(reference, { reason }, under) };
    case 'withdraw':
      return {
        name: 'withdraw',
        danger: true,
        questions: [{ name: 'words', needed: true }],
        write: ({ words = '' }, under) => put(reference, 'withdrawal', { words }, under),
      };
    case 'pass-to-inspection':
      return {
        name: 'pass',
        danger: true,
        warning: true,
        leaves: role !== 'inspector',
        questions: [reason],
        write: ({ reason = '' }, under) => put(reference, 'seal', { reason }, under),
      };
  }
}
