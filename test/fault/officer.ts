import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseList, CaseView, MessageView } from '../../src/http/views/case.ts';
import { askUntilAnswered } from './ask.ts';
import type { DeskProcess } from './desk-process.ts';

/** A reply the server said it has queued. */
export interface Replied {
  reference: string;
  token: string;
  message: string;
}

/** One officer: looks at the queue and writes to residents, each reply under a key of its own until it is acknowledged. */
export class Officer {
  readonly replies: Replied[] = [];
  working = true;
  private readonly desk: DeskProcess;
  private readonly session: { cookie: string; csrf: string };
  private readonly acknowledged: () => void;

  constructor(desk: DeskProcess, session: { cookie: string; csrf: string }, acknowledged: () => void) {
    this.desk = desk;
    this.session = session;
    this.acknowledged = acknowledged;
  }

  async work(): Promise<void> {
    while (this.working) {
      const { body } = await this.ask<CaseList>('GET', '/cases?status=open&sort=updated&limit=50');
      const line = body.items[Math.floor(Math.random() * body.items.length)];
      if (line) await this.reply(line.reference);
      await sleep(150);
    }
  }

  private async reply(reference: string): Promise<void> {
    const { status, body: found } = await this.ask<CaseView>('GET', `/cases/${reference}`);
    if (status !== 200 || !found.may.includes('reply')) return;
    const token = `R${randomUUID().replaceAll('-', '')}`;
    const replied = await this.ask<{ message: MessageView }>(
      'POST',
      `/cases/${reference}/replies`,
      { text: `${token} 我今晚十点去看，明天中午前告诉您。` },
      { 'if-match': `"${found.version}"`, 'idempotency-key': token },
    );
    // The resident may have written meanwhile: then nothing was queued, and nothing is expected.
    if (replied.status === 412 || replied.status === 409) return;
    if (replied.status !== 201) throw new Error(`reply refused: ${replied.status} ${JSON.stringify(replied.body)}`);
    this.replies.push({ reference, token, message: replied.body.message.id });
    this.acknowledged();
  }

  private ask<Body>(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
    return askUntilAnswered<Body>(this.desk, `/api/v1${path}`, () => ({
      method,
      headers: {
        cookie: this.session.cookie,
        origin: this.desk.url,
        'x-csrf-token': this.session.csrf,
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    }));
  }
}
