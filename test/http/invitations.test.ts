import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Officer } from '../../src/domain/officer.ts';
import { scopeOf } from '../../src/domain/policy.ts';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';
import { type FiledCase, file } from './cases-for-test.ts';
import { listen } from './stream-for-test.ts';

const INVITATION = '0199f7a0-0000-7000-8000-00000000cafe';
const CONTACT = '0199f7a0-0000-7000-8000-00000000beef';

let desk: DeskForTest;
let filed: FiledCase;
/** How an invitation could be told: its id, its contact, its digest in every way of writing bytes. */
let traces: readonly string[];

beforeAll(async () => {
  desk = await startForTest();
  await desk.addOfficer('lihua', 'officer', 'community', '李华');
  await desk.addOfficer('chief', 'lead', 'station', '陈所');
  await desk.addOfficer('ducha', 'inspector', 'inspection', '督察');
  filed = await file(desk, { kind: 'problem', words: '路灯坏了，晚上看不见路' });
  const chief = (await desk.store.officers()).find(({ username }) => username === 'chief') as Officer;
  await desk.store.act(
    {
      actor: { kind: 'officer', officer: chief.id, scope: scopeOf(chief, desk.store.catalogue()) },
      reference: filed.reference,
      decide: () => ({
        changes: [
          { do: 'event', case: filed.id, verb: 'closed', actor: { kind: 'clock' }, patch: { status: 'closed', closedAt: Date.now() } },
          {
            do: 'invite',
            contact: CONTACT,
            invitation: INVITATION,
            case: filed.id,
            source: 'invited',
            expiresAt: Date.now() + 7 * 86_400_000,
          },
        ],
        say: [
          {
            key: 'desk:invite.ask',
            case: filed.id,
            buttons: [[{ label: { key: 'desk:rate.go' }, tap: { on: 'invitation', id: INVITATION }, style: 'primary' }]],
          },
        ],
      }),
    },
    (saying) => ({ text: saying.key, by: { kind: 'bot' }, buttons: [[{ label: '评', tap: `i:${INVITATION}` }]] }),
  );
  const connection = new Database(join(desk.dataDir, 'tiexin.db'), { readonly: true });
  const digest = connection.prepare<[], Buffer>('select id_digest from invitations').pluck().get() as Buffer;
  connection.close();
  traces = [
    INVITATION,
    INVITATION.replaceAll('-', ''),
    CONTACT,
    ...(['hex', 'base64', 'base64url'] as const).map((as) => digest.toString(as)),
  ];
});
afterAll(() => desk.end());

/** Every GET of the document, its places filled with what is there. */
async function gets(): Promise<string[]> {
  const { paths } = (await (await fetch(`${desk.url}/api/v1/openapi.json`)).json()) as { paths: Record<string, { get?: unknown }> };
  const places: Record<string, string> = { reference: filed.reference, code: 'community', username: 'lihua', id: filed.id };
  return Object.entries(paths)
    .filter(([path, { get }]) => get && !path.endsWith('/stream'))
    .map(([path]) => path.replace(/\{(\w+)\}/g, (_, place: string) => places[place] ?? filed.id));
}

test.each(['lihua', 'chief', 'ducha'])(
  'no GET of the API gives %s what would act as the resident: no invitation, digest or link',
  async (who) => {
    const { cookie } = await desk.signIn(who);
    const stream = await listen(`${desk.url}/api/v1/stream`, { cookie });
    await stream.hears('event: ready');
    const answers: string[] = [];
    for (const path of [...(await gets()), `/api/v1/cases?q=${encodeURIComponent('路灯')}`]) {
      const answer = await fetch(`${desk.url}${path}`, { headers: { cookie } });
      answers.push(`${path} ${answer.status}\n${[...answer.headers].join('\n')}\n${await answer.text()}`);
    }
    stream.close();
    expect(answers.filter((text) => text.includes(`/cases/${filed.reference} 200`))).toHaveLength(1);
    expect(answers.length).toBeGreaterThan(15);
    for (const text of [...answers, stream.said()]) {
      expect(traces.filter((trace) => text.includes(trace)).map((trace) => `${trace} in ${text.split('\n')[0]}`)).toEqual([]);
    }
  },
);
