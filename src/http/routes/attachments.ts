import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Refused } from '../../domain/refusal.ts';
import { signedIn } from '../auth/guard.ts';
import type { Deps } from '../deps.ts';
import { problems } from '../problem/problem.ts';

/** What a browser may show in place: nothing that can hold script. Everything else is handed over as a file. */
const SHOWN_IN_PLACE: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/wav': 'wav',
  'audio/webm': 'webm',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
};

/** Files of cases in reach, opened for their reader and kept by nobody on the way. */
export const attachmentRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/attachments/:id',
      {
        schema: {
          tags: ['cases'],
          summary: 'A file of a case',
          params: z.object({ id: z.string() }),
          response: {
            200: { description: 'The file', content: { 'application/octet-stream': { schema: z.any() } } },
            ...problems(401, 403, 404, 503),
          },
        },
      },
      async (request, reply) => {
        const { officer, scope } = signedIn(request);
        const media = await deps.store.readMedia({ scope, reader: officer.id }, request.params.id);
        const file = media && (await deps.media.open(media));
        if (!file) throw new Refused('not-found');
        const ending = SHOWN_IN_PLACE[file.mime];
        // The name is the file's random id: what a resident called it is theirs.
        const name = `${media.id}.${ending ?? 'bin'}`;
        reply
          .header('content-security-policy', "sandbox; default-src 'none'")
          .header('content-disposition', `${ending ? 'inline' : 'attachment'}; filename="${name}"`)
          .header('cache-control', 'private, no-store')
          .type(ending ? file.mime : 'application/octet-stream');
        return reply.send(Buffer.from(file.bytes));
      },
    );
  };
