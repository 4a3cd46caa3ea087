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
    const form = await formIn(type, body);
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

async function formIn(type: string, body: Buffer): Promise<Asked> {
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch {
    throw badRequest("can't parse multipart/form-data");
  }
  const payload: Record<string, unknown> = {};
  const uploads: Upload[] = [];
  for (const [field, value] of form) {
    if (typeof value === 'string') payload[field] = value;
    else uploads.push({ field, name: value.name, mime: value.type, bytes: Buffer.from(await value.arrayBuffer()) });
  }
  return { payload, uploads };
}
