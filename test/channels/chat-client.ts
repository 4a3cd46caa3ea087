import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import type { Channel } from '../../src/channels/channel.ts';
import type { Line, MessageAsked, SessionAsked } from '../../src/channels/web/contract.ts';
import { answerIn, answerProblems } from '../../src/http/problem/answer.ts';
import { validatorCompiler } from '../../src/http/problem/validation.ts';
import { loadWords } from '../../src/i18n.ts';

/** The channel's routes alone, over real HTTP, with the app's own way of answering refusals. */
export async function listen(channel: Channel, { trustProxy = false, port = 0 }: { trustProxy?: boolean; port?: number } = {}) {
  const app = Fastify({ trustProxy, forceCloseConnections: true });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerProblems(app, answerIn(loadWords(new URL('../../locales', import.meta.url).pathname), 'zh-CN'));
  if (channel.plugin) await app.register(channel.plugin);
  const url = await app.listen({ port, host: '127.0.0.1' });
  return { url, close: () => app.close() };
}

/** One browser of a resident, without its page: cookie and ids as the page makes them. */
export function chatClient(url: string) {
  let cookie: string | undefined;
  const headers = (): Record<string, string> => ({ ...(cookie !== undefined && { cookie }), origin: url });
  const ask = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
    const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...headers(), ...json, ...more },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const set = response.headers.get('set-cookie');
    if (set !== null) cookie = set.split(';')[0];
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, headers: response.headers, text, body: type.includes('json') ? JSON.parse(text) : undefined };
  };

  return {
    ask,
    cookie: () => cookie,
    setCookie(value: string | undefined) {
      cookie = value;
    },
    address: () => cookie?.split('=')[1]?.split('.')[0] ?? '',
    open: (asked: Partial<SessionAsked> = {}) => ask('POST', '/chat/session', { locale: 'zh-CN', ...asked }),
    send: (message: MessageAsked) => ask('POST', '/chat/messages', message),
    say: (text: string, id: string = randomUUID()) => ask('POST', '/chat/messages', { id, type: 'text', text }),
    async upload(files: readonly { bytes: Uint8Array; name?: string; mime?: string }[], fields: Record<string, string> = {}) {
      const form = new FormData();
      for (const [name, value] of Object.entries({ id: randomUUID(), ...fields })) form.append(name, value);
      for (const { bytes, name = 'photo.jpg', mime = 'image/jpeg' } of files)
        form.append('files', new Blob([Buffer.from(bytes)], { type: mime }), name);
      const response = await fetch(`${url}/chat/media`, { method: 'POST', headers: headers(), body: form });
      return { status: response.status, body: await response.json() };
    },
    async lines(after = 0): Promise<Line[]> {
      const { body } = await ask('GET', `/chat/messages?after=${after}`);
      return body.items;
    },
    listen: (query = '', more: Record<string, string> = {}) => listenTo(`${url}/chat/stream${query}`, { ...headers(), ...more }),
  };
}
export type ChatClient = ReturnType<typeof chatClient>;

/** A server-sent event as it came. */
export interface Event {
  event: string;
  id?: string;
  data: unknown;
}

/** Reads a stream of server-sent events until closed. */
export async function listenTo(url: string, headers: Record<string, string>) {
  const aborter = new AbortController();
  const response = await fetch(url, { headers, signal: aborter.signal });
  const events: Event[] = [];
  const waiting: { match: (event: Event) => boolean; found: (event: Event) => void }[] = [];
  let ended = false;
  const reading = (async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const fields = Object.fromEntries(
          text
            .slice(0, end)
            .split('\n')
            .map((row) => [row.slice(0, row.indexOf(':')), row.slice(row.indexOf(':') + 1).trim()]),
        );
        text = text.slice(end + 2);
        if (fields.data === undefined) continue;
        const event: Event = {
          event: fields.event ?? 'message',
          ...(fields.id && { id: fields.id }),
          data: JSON.parse(fields.data),
        };
        events.push(event);
        for (const one of [...waiting]) if (one.match(event)) one.found(event);
      }
    }
  })()
    .catch(() => undefined)
    .finally(() => {
      ended = true;
    });

  return {
    status: response.status,
    headers: response.headers,
    events,
    lines: () => events.filter(({ event }) => event === 'line').map(({ data }) => data as Line),
    ended: () => ended,
    whenEnded: () => reading,
    /** The first event that matches, already come or still to come. */
    async next(match: (event: Event) => boolean, withinMs = 2_000): Promise<Event> {
      const come = events.find(match);
      if (come) return come;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('no such event came')), withinMs);
        waiting.push({
          match,
          found(event) {
            clearTimeout(timer);
            resolve(event);
          },
        });
      });
    },
    close() {
      aborter.abort();
      return reading;
    },
  };
}
