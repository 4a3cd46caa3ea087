import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { lettersTyped } from '../../domain/chance.ts';
import type { Input } from '../../domain/message.ts';
import { Refused } from '../../domain/refusal.ts';
import type { DeskForChannel } from '../channel.ts';
import {
  lookupAsked,
  lookupView,
  mediaTaken,
  messageAsked,
  messagesQuery,
  messagesView,
  receivedAsked,
  receivedView,
  sessionAsked,
  sessionView,
  streamQuery,
  taken,
} from './contract.ts';
import { inputOf } from './inbound.ts';
import { lineView, mediaView } from './line.ts';
import { openStream } from './open-stream.ts';
import { ownPageOnly } from './own-page.ts';
import { type createOpenings, prefixOf } from './peer.ts';
import type { Sessions } from './session.ts';
import type { Streams } from './streams.ts';
import { ownLines, upTo } from './thread.ts';
import { readUpload } from './upload.ts';

/** What the routes work with, once the channel was started. */
export interface Started {
  desk: DeskForChannel;
  sessions: Sessions;
  streams: Streams;
  openings: ReturnType<typeof createOpenings>;
}

/** A look-up takes a whole number of these, whatever it found: nobody learns from its time. */
const LOOKUP_STEP_MS = 400;
const JSON_BYTES = 64 * 1024;
/** What a browser may show in the page itself; anything else is handed out as a file. */
const SHOWN_INLINE = new Set(['image/jpeg', 'image/png', 'image/webp']);

const tags = ['chat'];

/** The resident's page speaks to these; refusals are answered as problems by the app around. */
export function chatRoutes(
  channel: string,
  bot: string,
  { publicUrl, defaultLocale, started }: { publicUrl?: string | undefined; defaultLocale: string; started: () => Started },
): FastifyPluginAsyncZod {
  const addressOf = (request: FastifyRequest): string => {
    const address = started().sessions.addressIn(request.headers.cookie);
    if (address === undefined) throw new Refused('signed-out');
    return address;
  };
  const peerOf = (request: FastifyRequest) => started().sessions.tagOf(prefixOf(request.ip), 'peer');
  const localeOf = (request: FastifyRequest) => /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*/.exec(request.headers['accept-language'] ?? '')?.[0];

  /** Resolves after COMMIT; every page of the conversation is then told to look. */
  const receive = async (request: FastifyRequest, address: string, id: string, input: Input, locale?: string) => {
    const { desk, sessions, streams } = started();
    const received = await desk.receive({
      channel,
      bot,
      // Ids are made by the page: with its address marked, nobody can spend the id of somebody else's message.
      updateId: `${sessions.tagOf(address, 'update')}/${id}`,
      address,
      locale: locale ?? localeOf(request) ?? defaultLocale,
      input,
      sentAt: desk.now(),
      peer: peerOf(request),
    });
    void streams.look(address);
    return received;
  };

  return async (app) => {
    // A file cut off at its limit is told from a whole one by its length, and becomes a stub: it throws nothing away.
    await app.register(multipart, { throwFileSizeLimit: false });
    app.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store');
      if (request.method !== 'GET' && request.method !== 'HEAD') ownPageOnly(request, publicUrl);
    });
    app.addHook('preClose', async () => started().streams.endAll());

    app.get(
      '/chat/session',
      { schema: { tags, summary: 'Whether this browser holds a conversation', response: { 200: sessionView } } },
      async (request) => {
        const { sessions, desk } = started();
        return { open: sessions.addressIn(request.headers.cookie) !== undefined, station: desk.stationName() };
      },
    );

    app.post(
      '/chat/session',
      {
        bodyLimit: JSON_BYTES,
        schema: { tags, summary: 'Open a conversation, or say whose phone this is', body: sessionAsked, response: { 200: sessionView } },
      },
      async (request, reply) => {
        const { sessions, desk, openings } = started();
        const { ownPhone, locale, start } = request.body;
        const known = sessions.addressIn(request.headers.cookie);
        const address = known ?? sessions.newAddress();
        if (known === undefined) {
          const retryAfter = openings.count(peerOf(request));
          if (retryAfter > 0) throw new Refused('rate-limited', { retryAfter });
        }
        if (known === undefined || start !== undefined) {
          const input: Input = start === undefined ? { type: 'command', name: 'home' } : { type: 'start', payload: start };
          await receive(request, address, randomUUID(), input, locale);
        }
        reply.header('set-cookie', sessions.cookieFor(address, ownPhone));
        return { open: true, station: desk.stationName() };
      },
    );

    app.delete(
      '/chat/session',
      { schema: { tags, summary: 'Leave: cookie, cache and every open page', response: { 204: z.null() } } },
      async (request, reply) => {
        const { sessions, streams } = started();
        const address = sessions.addressIn(request.headers.cookie);
        if (address !== undefined) streams.leave(address);
        return reply
          .header('set-cookie', sessions.noCookie())
          .header('clear-site-data', '"cache", "cookies", "storage"')
          .code(204)
          .send(null);
      },
    );

    app.post(
      '/chat/messages',
      {
        bodyLimit: JSON_BYTES,
        schema: { tags, summary: 'Say or tap something; a repeated id changes nothing', body: messageAsked, response: { 200: taken } },
      },
      async (request) => {
        const { seq, repeat } = await receive(request, addressOf(request), request.body.id, inputOf(request.body));
        return { seq, repeat };
      },
    );

    app.post(
      '/chat/media',
      {
        schema: {
          tags,
          summary: 'Send files: multipart with id, caption, files',
          consumes: ['multipart/form-data'],
          response: { 200: mediaTaken },
        },
      },
      async (request) => {
        const address = addressOf(request);
        const { id, caption, items } = await readUpload(request, started().desk);
        const input: Input = { type: 'media', items, ...(caption !== undefined && { caption }) };
        const { seq, repeat } = await receive(request, address, id, input);
        return { seq, repeat, media: items.map(mediaView) };
      },
    );

    app.get(
      '/chat/media/:id',
      { schema: { tags, summary: 'A file of this conversation', params: z.object({ id: z.string().max(64) }) } },
      async (request, reply) => {
        const file = await started().desk.openMedia(addressOf(request), request.params.id);
        if (!file) throw new Refused('not-found');
        const inline = SHOWN_INLINE.has(file.mime);
        return reply
          .type(inline ? file.mime : 'application/octet-stream')
          .header('content-disposition', inline ? 'inline' : 'attachment')
          .header('content-security-policy', "sandbox; default-src 'none'")
          .header('x-content-type-options', 'nosniff')
          .header('cross-origin-resource-policy', 'same-origin')
          .send(Buffer.from(file.bytes));
      },
    );

    app.get(
      '/chat/messages',
      { schema: { tags, summary: 'What was said after a place', querystring: messagesQuery, response: { 200: messagesView } } },
      async (request) => {
        const { after, limit } = request.query;
        const lines = await upTo(limit, started().desk, addressOf(request), after);
        return { items: lines.map(lineView), more: lines.length === limit };
      },
    );

    app.get(
      '/chat/stream',
      {
        exposeHeadRoute: false,
        schema: { tags, summary: 'What is said, as it is said: server-sent events, id = seq', querystring: streamQuery },
      },
      (request, reply) => {
        const address = addressOf(request);
        const { streams } = started();
        if (!streams.hasRoomFor(address)) throw new Refused('rate-limited');
        const resumed = Number(request.headers['last-event-id']);
        openStream(reply, (raw) => streams.add(address, raw, Number.isSafeInteger(resumed) && resumed > 0 ? resumed : request.query.after));
      },
    );

    app.post(
      '/chat/received',
      {
        bodyLimit: JSON_BYTES,
        schema: { tags, summary: 'The page has these lines', body: receivedAsked, response: { 200: receivedView } },
      },
      async (request) => {
        const { desk } = started();
        const own = await ownLines(desk, addressOf(request), request.body.ids, request.body.after);
        if (own.length > 0) await desk.settle(own.map((outbound) => ({ outbound, outcome: { is: 'sent', confirmed: true } })));
        return { received: own.length };
      },
    );

    app.post(
      '/chat/lookup',
      {
        bodyLimit: JSON_BYTES,
        schema: { tags, summary: 'Find a case by reference and query code', body: lookupAsked, response: { 200: lookupView } },
      },
      async (request) => {
        const begun = performance.now();
        const { id, reference, code } = request.body;
        try {
          const { result } = await receive(request, addressOf(request), id ?? randomUUID(), {
            type: 'lookup',
            reference: lettersTyped(reference),
            code: lettersTyped(code),
          });
          return { found: result.found === true, limited: result.limited === true };
        } finally {
          await sleep(LOOKUP_STEP_MS - ((performance.now() - begun) % LOOKUP_STEP_MS));
        }
      },
    );
  };
}
