import { type DeskForTest, startForTest } from '../desk-for-test.ts';
import { type Line, type ReaderName, readers } from './authorization-table.ts';
import { addOtherBureau } from './cases-for-test.ts';

/** Where the readers of the table sit. */
export const UNITS = { officer: 'community', lead: 'community', inspector: 'inspection', administrator: 'bureau' } as const;
export const NEVER_MADE = { reference: '00000000', id: '0192a000-0000-7000-8000-000000000000' };

export const named = (line: Line) => `${line.route}${line.as ? ` (${line.as})` : ''}${line.kind ? `: ${line.whose} ${line.kind}` : ''}`;

export interface Answer {
  status: number;
  /** All but what differs between any two answers. */
  headers: Record<string, string>;
  text: string;
}

/** A body that fits, where a route takes one: what is refused is refused for who asks. */
export const bodies: Readonly<Record<string, (reader: ReaderName) => unknown>> = {
  'POST /api/v1/cases/{reference}/replies': () => ({ text: '我们明天上午来看。' }),
  'POST /api/v1/cases/{reference}/notes': () => ({ text: '先看现场。' }),
  'PUT /api/v1/cases/{reference}/acceptance': () => ({ accepted: true }),
  'PUT /api/v1/cases/{reference}/sparing': () => ({ why: 'minor' }),
  'PUT /api/v1/cases/{reference}/finding': () => ({ finding: 'confirmed', text: '查过了' }),
  'POST /api/v1/cases/{reference}/contacts': () => ({ how: 'visit' }),
  'PUT /api/v1/cases/{reference}/plan': () => ({ until: '2026-12-31', text: '月底前改好' }),
  'PUT /api/v1/cases/{reference}/assignee': (reader) => ({ username: reader }),
  'PUT /api/v1/cases/{reference}/answer': () => ({ outcome: 'resolved', text: '灯已经换好了。' }),
  'PUT /api/v1/cases/{reference}/closure': () => ({ confirmation: 'confirmed', reason: '电话里说好了' }),
  'DELETE /api/v1/cases/{reference}/closure': () => ({ reason: '又坏了' }),
  'PUT /api/v1/cases/{reference}/withdrawal': () => ({ words: '不用办了' }),
  'PUT /api/v1/cases/{reference}/seal': () => ({ reason: '说的是民警' }),
  'POST /api/v1/cases': () => ({ kind: 'problem', details: '路灯坏了两天', source: 'counter' }),
  'PUT /api/v1/ratings/own/{from}/reply': () => ({ text: '那个月只有我一个人在窗口。' }),
  'PUT /api/v1/ratings/replies/{id}/decision': () => ({ upheld: false, text: '没有发现这样的评价。' }),
  'PUT /api/v1/ratings/{id}/exclusion': () => ({ category: 'twice' }),
  'PUT /api/v1/session/duty': () => ({ onDuty: false }),
  'POST /chat/session': () => ({ locale: 'zh-CN' }),
  'POST /chat/messages': () => ({ id: NEVER_MADE.id, type: 'text', text: '你好' }),
  'POST /chat/received': () => ({ ids: [NEVER_MADE.id] }),
  'POST /chat/lookup': () => ({ reference: NEVER_MADE.reference, code: NEVER_MADE.reference }),
  'PATCH /api/v1/setup': () => ({ bodyAbove: '市局督察支队' }),
};

/** A desk with every reader of the table signed in. */
export async function deskWithReaders() {
  const desk = await startForTest();
  await addOtherBureau(desk);
  const headersOf = new Map<ReaderName, Record<string, string>>([['nobody', { origin: desk.url }]]);
  for (const reader of readers) if (reader !== 'nobody') headersOf.set(reader, await signedIn(desk, reader, reader));
  return {
    desk,
    headersOf: (reader: ReaderName): Record<string, string> => headersOf.get(reader) ?? {},
    async ask(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Answer> {
      const answer = await fetch(`${desk.url}${path}`, {
        method,
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const { date: _date, 'x-request-id': _id, ...same } = Object.fromEntries(answer.headers);
      return { status: answer.status, headers: same, text: await answer.text() };
    },
  };
}
export type DeskWithReaders = Awaited<ReturnType<typeof deskWithReaders>>;

/** A new account in a reader's role, signed in: headers for its requests. */
export async function signedIn(desk: DeskForTest, username: string, role: Exclude<ReaderName, 'nobody'>): Promise<Record<string, string>> {
  await desk.addOfficer(username, role, UNITS[role]);
  const { cookie, csrf } = await desk.signIn(username);
  return { cookie, origin: desk.url, 'x-csrf-token': csrf };
}
