import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Update } from 'grammy/types';
import type { BotApi } from './bot-api.ts';

/** A caller with nothing but fetch between it and the API. */
export function callerOf(bot: BotApi) {
  const read = async (response: Response) => {
    const text = await response.text();
    const isJson = response.headers.get('content-type') === 'application/json';
    return { status: response.status, body: isJson ? JSON.parse(text) : text };
  };
  const address = (method: string, token = bot.token) => `${bot.url}/bot${token}/${method}`;
  return {
    address,
    async get(method: string, query: Record<string, string> = {}, token = bot.token) {
      return read(await fetch(`${address(method, token)}?${new URLSearchParams(query)}`));
    },
    async send(method: string, body: FormData | URLSearchParams) {
      return read(await fetch(address(method), { method: 'POST', body }));
    },
    async call(method: string, payload: object = {}, signal?: AbortSignal) {
      const headers = { 'content-type': 'application/json' };
      return read(await fetch(address(method), { method: 'POST', headers, body: JSON.stringify(payload), ...(signal && { signal }) }));
    },
    /** The description of a refusal with its status in front; what is taken is `taken`. */
    async outcome(method: string, payload: object = {}): Promise<string> {
      const { status, body } = await this.call(method, payload);
      if (body.ok === false && body.error_code !== status) throw new Error(`${status} says ${body.error_code}`);
      return body.ok ? 'taken' : `${status} ${body.description}`;
    },
  };
}

/** What a webhook answers to an update: nothing is an empty 200. */
export type Answering = (update: Update) => { status?: number; body?: string; type?: string; waitMs?: number } | 'reset' | undefined;

/** A webhook that keeps what it is sent, in order of arrival. */
export async function webhookFor(
  answer: Answering = () => undefined,
  port = 0,
  answerUnreadable: () => { status: number } = () => ({ status: 400 }),
) {
  const got: Update[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const unreadable: string[] = [];
  let inside = 0;
  let mostInside = 0;
  const answerTo = (body: string): ReturnType<Answering> => {
    let update: Update;
    try {
      update = JSON.parse(body);
    } catch {
      unreadable.push(body);
      return answerUnreadable();
    }
    got.push(update);
    return answer(update);
  };
  const server = createServer(async (request, response) => {
    const body = await wholeOf(request);
    // What broke off in its middle was never asked.
    if (body === undefined) return;
    inside += 1;
    mostInside = Math.max(mostInside, inside);
    headers.push(request.headers);
    const answered = answerTo(body);
    if (answered === 'reset') request.socket.resetAndDestroy();
    else {
      const { status = 200, body: said = '', type = 'application/json', waitMs } = answered ?? {};
      if (waitMs !== undefined) await sleep(waitMs);
      response.writeHead(status, { 'content-type': type }).end(said);
    }
    inside -= 1;
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}/hook`,
    port: taken,
    got,
    headers,
    texts: () => got.map(({ message }) => message?.text),
    unreadable,
    mostInside: () => mostInside,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function wholeOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString();
}
