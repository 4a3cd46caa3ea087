import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { Refused } from '../../domain/refusal.ts';

/** One thing that is wrong with a request: where, and a key below `problem:wrong` that says what. */
export interface Wrong {
  /** A JSON pointer into the body; `?name` for the query, `:name` for the path. */
  pointer: string;
  wrong:
    | 'missing'
    | 'type'
    | 'short'
    | 'long'
    | 'small'
    | 'big'
    | 'few'
    | 'many'
    | 'format'
    | 'choice'
    | 'characters'
    | 'unit'
    | 'role'
    | 'unknown'
    | 'hours'
    | 'other';
  values?: Record<string, string | number>;
}

/** Half a character, or a NUL: no storage keeps it as it was, so it is refused before it gets near one. */
const UNKEEPABLE = /[\p{Surrogate}\0]/u;

/** Reads each part of a request by its zod schema; what doesn't fit becomes one `invalid` that names every place. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data: unknown) => {
    const broken = unkeepable(data, []);
    if (broken) return refuse([{ pointer: pointerTo(broken, httpPart), wrong: 'characters' }]);
    const read = schema.safeParse(data);
    if (read.success) return { value: read.data };
    return refuse(read.error.issues.map((issue) => ({ pointer: pointerTo(issue.path, httpPart), ...wrongOf(issue, data) })));
  };

const refuse = (wrong: readonly Wrong[]) => ({ error: new Refused('invalid', { wrong }) });

/** The path to the first text (a value or a name) that can't be kept. */
function unkeepable(data: unknown, path: readonly PropertyKey[]): readonly PropertyKey[] | undefined {
  if (typeof data === 'string') return UNKEEPABLE.test(data) ? path : undefined;
  if (typeof data !== 'object' || data === null) return undefined;
  for (const [name, value] of Object.entries(data)) {
    if (UNKEEPABLE.test(name)) return path;
    const found = unkeepable(value, [...path, name]);
    if (found) return found;
  }
  return undefined;
}

function pointerTo(path: readonly PropertyKey[], part: string | undefined): string {
  const steps = path.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1'));
  if (part === 'querystring') return `?${steps.join('.')}`;
  if (part === 'params') return `:${steps.join('.')}`;
  return steps.map((step) => `/${step}`).join('');
}

function wrongOf(issue: z.core.$ZodIssue, data: unknown): Omit<Wrong, 'pointer'> {
  switch (issue.code) {
    case 'invalid_type':
      return { wrong: valueAt(data, issue.path) === undefined ? 'missing' : 'type' };
    case 'too_small':
      return { wrong: sizeWord(issue.origin, 'short', 'few', 'small'), values: { limit: Number(issue.minimum) } };
    case 'too_big':
      return { wrong: sizeWord(issue.origin, 'long', 'many', 'big'), values: { limit: Number(issue.maximum) } };
    case 'invalid_format':
      return { wrong: 'format' };
    case 'invalid_value':
      return { wrong: valueAt(data, issue.path) === undefined ? 'missing' : 'choice' };
    default:
      return { wrong: 'other' };
  }
}

const sizeWord = <W>(origin: string, text: W, list: W, number: W): W => (origin === 'string' ? text : origin === 'array' ? list : number);

const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined),
    data,
  );
