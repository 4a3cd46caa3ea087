import { randomUUID } from 'node:crypto';
import type { CaseView } from '../../../src/http/views/case.ts';
import { askUntilAnswered } from '../ask.ts';
import type { DeskProcess } from '../desk-process.ts';
import type { Filer } from './filer.ts';

/** More than WeChat lets us say to somebody who doesn't answer. */
const REPLIES = 8;
const RESIDENTS = 8;

/** An officer writes to a few residents more than may be sent; answers how often. */
export async function writeBeyondTheWindow(
  desk: DeskProcess,
  { cookie, csrf }: { cookie: string; csrf: string },
  residents: readonly Filer[],
): Promise<number> {
  const headers = { cookie, origin: desk.url, 'x-csrf-token': csrf, 'content-type': 'application/json' };
  const write = async (reference: string, nth: number): Promise<boolean> => {
    const path = `/api/v1/cases/${reference}`;
    const { body } = await askUntilAnswered<CaseView>(desk, path, () => ({ headers }));
    const replied = await askUntilAnswered(desk, `${path}/replies`, () => ({
      method: 'POST',
      headers: { ...headers, 'if-match': `"${body.version}"`, 'idempotency-key': randomUUID() },
      body: JSON.stringify({ text: `第 ${nth} 句：还在查，有消息就告诉您。` }),
    }));
    return replied.status === 201;
  };
  let written = 0;
  for (const { filed } of residents.slice(0, RESIDENTS))
    for (let nth = 1; nth <= REPLIES; nth += 1) if (filed[0] !== undefined && (await write(filed[0], nth))) written += 1;
  return written;
}
