import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Media } from '../../domain/message.ts';
import { Refused } from '../../domain/refusal.ts';
import type { DeskForChannel } from '../channel.ts';
import { FILE_BYTES, FILES_AT_ONCE, mediaAsked, TEXT_LIMIT } from './contract.ts';

const LIMITS = { files: FILES_AT_ONCE, fileSize: FILE_BYTES + 1, fields: 4, fieldSize: TEXT_LIMIT * 4, parts: FILES_AT_ONCE + 4 };
/** All files and what surrounds them. */
const WHOLE_BYTES = FILES_AT_ONCE * FILE_BYTES + 256 * 1024;

const kindOf = (mime: string): Media['kind'] => {
  const family = mime.split('/')[0];
  if (family === 'image') return 'photo';
  return family === 'audio' || family === 'video' ? family : 'document';
};

/**
 * Reads an upload, one file in memory at a time, each kept before the next is read.
 * A file that can't be kept becomes a stub with its why: it never takes the others or the caption down with it.
 */
export async function readUpload(request: FastifyRequest, desk: Pick<DeskForChannel, 'keep'>) {
  if (Number(request.headers['content-length'] ?? 0) > WHOLE_BYTES) throw new Refused('too-large');
  const fields: Record<string, string> = {};
  const items: Media[] = [];
  for await (const part of partsOf(request)) {
    if (part.type === 'field') {
      if (part.valueTruncated) throw new Refused('too-large');
      if (typeof part.value === 'string' && part.value !== '') fields[part.fieldname] = part.value;
      continue;
    }
    const bytes = await part.toBuffer().catch(malformed);
    const shownName = Buffer.from(part.filename ?? '')
      .toString()
      .slice(0, 200);
    const kind = kindOf(part.mimetype);
    items.push(bytes.length > FILE_BYTES ? tooBig(kind) : await desk.keep(bytes, { kind, ...(shownName && { shownName }) }));
  }
  const asked = mediaAsked.safeParse(fields);
  if (!asked.success) throw new Refused('invalid', { wrong: [{ pointer: `/${asked.error.issues[0]?.path.join('/')}`, wrong: 'other' }] });
  if (items.length === 0) throw new Refused('invalid', { wrong: [{ pointer: '/files', wrong: 'missing' }] });
  return { ...asked.data, items };
}

const tooBig = (kind: Media['kind']): Media => ({ id: randomUUID(), kind, state: 'stub', why: 'too-big' });

async function* partsOf(request: FastifyRequest) {
  const parts = request.parts({ limits: LIMITS })[Symbol.asyncIterator]();
  for (;;) {
    const next = await parts.next().catch(malformed);
    if (next.done === true) return;
    yield next.value;
  }
}

/** The parser's own complaints about a form (no boundary, no end) carry no status: it is the sender's form that is broken. */
function malformed(error: unknown): never {
  if (error instanceof Refused || (error instanceof Error && 'statusCode' in error)) throw error;
  throw new Refused('malformed', {}, { cause: error });
}
