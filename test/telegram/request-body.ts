import type { IncomingMessage } from 'node:http';
import { type Asked, isObject, type Upload } from './asked.ts';
import { badRequest } from './refusal.ts';

/** All of a request's body; rejects if the caller breaks off. */
export function bytesOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('aborted', () => reject(new Error('The caller broke off')));
  });
}

/** Reads a call's parameters from its query and its body, whichever of the three ways it is written in. */
export async function askedIn(query: string, type: string, body: Buffer): Promise<Asked> {
  const inQuery = query === '' ? {} : Object.fromEntries(new URLSearchParams(query));
  if (body.length === 0) return { payload: inQuery, uploads: [] };
  if (type.startsWith('application/json')) return { payload: { ...inQuery, ...jsonIn(body) }, uploads: [] };
  if (type.startsWith('multipart/form-data')) {
    const form = formIn(type, body);
    return { payload: { ...inQuery, ...form.payload }, uploads: form.uploads };
  }
  return { payload: { ...inQuery, ...Object.fromEntries(new URLSearchParams(body.toString())) }, uploads: [] };
}

/** The parameters in a JSON body. */
export function jsonIn(body: Buffer | string): Asked['payload'] {
  let read: unknown;
  try {
    read = JSON.parse(body.toString());
  } catch {
    throw badRequest("can't parse JSON object");
  }
  if (!isObject(read)) throw badRequest('object expected');
  return read;
}

/** Reads a form as servers do that take what clients really send (RFC 7578): header names in any case, spaces or none. */
function formIn(type: string, body: Buffer): Asked {
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  const pieces = boundary === undefined ? [] : cutAt(body, Buffer.from(`--${boundary}`));
  if (pieces.length < 2 || !pieces.at(-1)?.subarray(0, 2).equals(Buffer.from('--'))) throw badRequest("can't parse multipart/form-data");
  const payload: Record<string, unknown> = {};
  const uploads: Upload[] = [];
  for (const piece of pieces.slice(1, -1)) {
    const end = piece.indexOf('\r\n\r\n');
    const head = piece.subarray(0, end).toString();
    const field = /[;\s]name="([^"]*)"/i.exec(head)?.[1];
    if (end < 0 || field === undefined) throw badRequest("can't parse multipart/form-data");
    const bytes = piece.subarray(end + 4, piece.length - 2);
    const name = /filename\*?="?([^";\r\n]*)"?/i.exec(head)?.[1];
    const mime = /^content-type:\s*(\S+)/im.exec(head)?.[1] ?? 'application/octet-stream';
    if (name === undefined) payload[field] = bytes.toString();
    else uploads.push({ field, name: decodeURIComponent(name.replace(/^UTF-8''/i, '')), mime, bytes: Buffer.from(bytes) });
  }
  return { payload, uploads };
}

/** The bytes between the marks. */
function cutAt(body: Buffer, mark: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  let from = 0;
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, from)) {
    pieces.push(body.subarray(from, at));
    from = at + mark.length;
  }
  return [...pieces, body.subarray(from)];
}
