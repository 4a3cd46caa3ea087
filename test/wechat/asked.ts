import { Refusal } from './refusal.ts';

/** A call's parameters as read from its JSON body. */
export type Payload = Readonly<Record<string, unknown>>;

/** A file that came in a form. */
export interface Upload {
  readonly field: string;
  readonly name: string;
  readonly bytes: Buffer;
}

/** One call as asked. */
export interface Asked {
  readonly query: URLSearchParams;
  readonly payload: Payload;
  /** The body as it came; of an upload, its head only. */
  readonly rawBody: string;
  readonly uploads: readonly Upload[];
  /** Why its body could not be read. */
  readonly unreadable?: Refusal;
}

/** True for what JSON calls an object. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The string at a name, or ''. */
export function stringAt(payload: unknown, name: string): string {
  const value = isObject(payload) ? payload[name] : undefined;
  return typeof value === 'string' ? value : '';
}

/** Reads what came in a body: a form with files, else JSON, whatever its header says. */
export function askedIn(query: URLSearchParams, type: string, body: Buffer): Asked {
  const asked: Asked = { query, payload: {}, rawBody: body.toString(), uploads: [] };
  try {
    if (type.startsWith('multipart/form-data'))
      return { ...asked, rawBody: `${type}, ${body.length} bytes`, uploads: uploadsIn(type, body) };
    return body.length === 0 ? asked : { ...asked, payload: jsonIn(body) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...asked, unreadable: error };
  }
}

function jsonIn(body: Buffer): Payload {
  let read: unknown;
  try {
    read = JSON.parse(asTyped(new TextDecoder('utf-8', { fatal: true }).decode(body)));
  } catch {
    throw new Refusal(47001);
  }
  if (!isObject(read)) throw new Refusal(47001);
  return read;
}

// WeChat shows `\u8d34` as these six characters where a program escaped what needed none.
function asTyped(json: string): string {
  return json.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (piece, what: string) =>
    what.startsWith('u') && Number.parseInt(what.slice(1), 16) > 0x7f ? `\\${piece}` : piece,
  );
}

function uploadsIn(type: string, body: Buffer): Upload[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary === undefined) throw new Refusal(41005);
  const uploads: Upload[] = [];
  const mark = Buffer.from(`--${boundary}`);
  for (let from = body.indexOf(mark); from >= 0; ) {
    const to = body.indexOf(mark, from + mark.length);
    if (to < 0) break;
    const piece = body.subarray(from + mark.length, to);
    const end = piece.indexOf('\r\n\r\n');
    const head = piece.subarray(0, end).toString();
    const field = /[;\s]name="([^"]*)"/i.exec(head)?.[1];
    const name = /filename="([^"]*)"/i.exec(head)?.[1];
    if (end >= 0 && field !== undefined && name !== undefined)
      uploads.push({ field, name, bytes: Buffer.from(piece.subarray(end + 4, piece.length - 2)) });
    from = to;
  }
  return uploads;
}
