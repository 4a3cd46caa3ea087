import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import type { Account } from './account.ts';
import { type Fields, written } from './fields.ts';
import { readXml } from './xml.ts';

/** What a callback said, as words by name. */
export type Heard = Readonly<Record<string, string>>;

/** What the desk answers: words are a passive reply, an object goes back as it is, nothing is `success`. */
export type Answering = (heard: Heard) => string | { status?: number; body?: string; waitMs?: number } | 'reset' | undefined;

/** A caller with nothing but fetch between it and the API. */
export function callerOf(account: Account) {
  let token: string | undefined;
  const root = () => `${account.url}/cgi-bin/`;
  const caller = {
    /** A stable token's answer. */
    async stable(more: object = {}) {
      const body = { grant_type: 'client_credential', appid: account.appId, secret: account.appSecret, ...more };
      return (await fetch(`${root()}stable_token`, { method: 'POST', body: JSON.stringify(body) })).json();
    },
    async token(): Promise<string> {
      token ??= (await caller.stable()).access_token;
      return token ?? '';
    },
    async address(path: string, query: Record<string, string> = {}) {
      return `${root()}${path}?${new URLSearchParams({ access_token: await caller.token(), ...query })}`;
    },
    async get(path: string, query: Record<string, string> = {}) {
      return fetch(await caller.address(path, query));
    },
    async got(path: string, query: Record<string, string> = {}) {
      return (await caller.get(path, query)).json();
    },
    async post(path: string, body: object | string, query: Record<string, string> = {}) {
      const raw = body instanceof FormData || typeof body === 'string' ? body : JSON.stringify(body);
      return (await fetch(await caller.address(path, query), { method: 'POST', body: raw })).json();
    },
    /** Sends words as a customer-service message; the errcode. */
    async tell(openid: string, content = '您好', more: object = {}): Promise<number> {
      return (await caller.post('message/custom/send', { touser: openid, msgtype: 'text', text: { content }, ...more })).errcode;
    },
  };
  return caller;
}

/** A desk that checks what it is sent, keeps it in order of arrival and answers as it is told. */
export async function deskFor(account: Account, answer: Answering = () => undefined) {
  const got: Heard[] = [];
  const queries: URLSearchParams[] = [];
  const refused: string[] = [];
  const desk = { answer, echo: (echostr: string) => echostr };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const query = new URL(request.url ?? '/', 'http://desk').searchParams;
    const at = (name: string) => query.get(name) ?? '';
    if (getSignature(account.token, at('timestamp'), at('nonce'), '') !== at('signature')) {
      refused.push(request.url ?? '');
      response.writeHead(403).end();
      return;
    }
    if (request.method === 'GET') {
      response.end(desk.echo(at('echostr')));
      return;
    }
    queries.push(query);
    const heard = opened(account, Buffer.concat(chunks).toString(), query);
    got.push(heard);
    const said = desk.answer(heard);
    if (said === 'reset') request.socket.resetAndDestroy();
    else {
      const {
        status = 200,
        body = 'success',
        waitMs = 0,
      } = typeof said === 'string' ? { body: replyTo(account, heard, said) } : (said ?? {});
      if (waitMs > 0) await sleep(waitMs);
      response.writeHead(status).end(body);
    }
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/wechat?station=1`,
    got,
    queries,
    refused,
    desk,
    words: () => got.map(({ Content }) => Content),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function opened(account: Account, body: string, query: URLSearchParams): Heard {
  const { mode, format, token, encodingAesKey } = account.agreement;
  const read = (text: string): Heard => (format === 'xml' ? readXml(text) : JSON.parse(longNumbersAsWords(text))) as Heard;
  const outer = read(body);
  if (mode === 'plain') return outer;
  const sealed = outer.Encrypt ?? '';
  const signature = getSignature(token, query.get('timestamp') ?? '', query.get('nonce') ?? '', sealed);
  if (signature !== query.get('msg_signature') || query.get('encrypt_type') !== 'aes') throw new Error('Not signed');
  const inner = read(decrypt(encodingAesKey, sealed).message);
  if (mode === 'compatible' && (outer.MsgId !== inner.MsgId || outer.FromUserName !== inner.FromUserName)) throw new Error('Two messages');
  return inner;
}

const longNumbersAsWords = (json: string): string => json.replace(/:(\d{16,})/g, ':"$1"');

/** Words as a passive reply to what was heard, as the account's mode and format have it. */
export function replyTo(account: Account, heard: Heard, text: string, more: Fields = {}): string {
  const { mode, format } = account.agreement;
  const fields = {
    ToUserName: heard.FromUserName ?? '',
    FromUserName: heard.ToUserName ?? '',
    CreateTime: 1700000000,
    MsgType: 'text',
    Content: text,
    ...more,
  };
  const plain = written(fields, format);
  return mode === 'plain' ? plain : sealedReply(account, plain);
}

/** A plain answer encrypted and signed as one. */
export function sealedReply({ agreement }: Account, plain: string, forged: Partial<Account['agreement']> = {}): string {
  const { token, encodingAesKey, appId, format } = { ...agreement, ...forged };
  const sealed = encrypt(encodingAesKey, plain, appId);
  const [TimeStamp, Nonce] = [1700000000, '12345'];
  const fields = { Encrypt: sealed, MsgSignature: getSignature(token, TimeStamp, Nonce, sealed), TimeStamp, Nonce };
  return written(fields, format);
}
