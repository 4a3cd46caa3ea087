import { badRequest } from './refusal.ts';

/** A file that came in a multipart body. */
export interface Upload {
  readonly field: string;
  readonly name: string;
  readonly mime: string;
  readonly bytes: Buffer;
}

/** What a call said, however it was written: parameters by name, files by field. */
export interface Asked {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly uploads: readonly Upload[];
}

/** A parameter as text; absent is the empty string, as Telegram reads it. */
export function textOf(payload: Asked['payload'], name: string): string {
  const value = payload[name];
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A whole number; `otherwise` where it is absent or none, as Telegram does. */
export function numberOf(payload: Asked['payload'], name: string, otherwise: number): number {
  const text = textOf(payload, name);
  return /^-?\d+$/.test(text) ? Number(text) : otherwise;
}

/** True for `true`, `1` and `yes`, as Telegram reads them. */
export const isSet = (payload: Asked['payload'], name: string): boolean => /^(true|1|yes)$/i.test(textOf(payload, name));

/** A parameter that is JSON: in a JSON body as such, in a form (or as a string) to be read first. */
export function jsonOf(payload: Asked['payload'], name: string, called: string): unknown {
  const value = payload[name];
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw badRequest(`can't parse ${called} JSON object`);
  }
}

/** A JSON object or undefined; anything else is refused. */
export function objectOf(payload: Asked['payload'], name: string, called: string): Record<string, unknown> | undefined {
  const value = jsonOf(payload, name, called);
  if (value === undefined) return undefined;
  if (!isObject(value)) throw badRequest(`object expected as ${called}`);
  return value;
}

/** True for what JSON calls an object. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
