import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';

let desk: DeskForTest;
let document: {
  openapi: string;
  paths: Record<string, Record<string, { responses: Record<string, { content?: object }>; summary?: string }>>;
};

beforeAll(async () => {
  desk = await startForTest();
  document = (await (await fetch(`${desk.url}/api/v1/openapi.json`)).json()) as typeof document;
});
afterAll(() => desk.end());

test('the document is valid OpenAPI 3.1, says a parser that is not ours', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
});

test('it describes the admin API and nothing else', () => {
  expect(document.openapi).toBe('3.1.0');
  const paths = Object.keys(document.paths);
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => !path.startsWith('/api/v1/'))).toEqual([]);
});

test('every route has a sentence, every refusal is a problem, and every route says what a stranger gets', () => {
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, { responses, summary }] of Object.entries(methods)) {
      expect([path, method, summary]).toEqual([path, method, expect.stringMatching(/\S/)]);
      expect(Object.keys(responses)).toContain('401');
      for (const [status, { content }] of Object.entries(responses)) {
        if (Number(status) >= 400) expect(Object.keys(content ?? {})).toEqual(['application/problem+json']);
      }
    }
  }
});

test('people read it at /api/docs, under a policy without inline script', async () => {
  const answer = await fetch(`${desk.url}/api/docs`);
  expect(answer.status).toBe(200);
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'self';");
  expect(await answer.text()).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
});
