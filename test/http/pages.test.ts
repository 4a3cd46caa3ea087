import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { servePages } from '../../src/http/pages.ts';

const dir = mkdtempSync(join(tmpdir(), 'tiexin-pages-'));
const app = fastify();
let url: string;

beforeAll(async () => {
  for (const page of ['webchat', 'console']) {
    mkdirSync(join(dir, page, 'assets'), { recursive: true });
    writeFileSync(
      join(dir, page, 'index.html'),
      `<meta name="csp-nonce" content="__NONCE__"><script nonce="__NONCE__" src="/assets/a1.js"></script><title>${page}</title>`,
    );
    writeFileSync(join(dir, page, 'assets', 'a1.js'), 'console.log(1)');
    writeFileSync(join(dir, page, 'assets', 'a1.js.br'), brotliCompressSync('console.log(1)'));
    writeFileSync(join(dir, page, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  }
  await servePages(app, { webchat: join(dir, 'webchat'), console: join(dir, 'console') });
  url = await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await app.close();
  rmSync(dir, { recursive: true });
});

const get = async (path: string) => {
  const answer = await fetch(`${url}${path}`, { redirect: 'manual' });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

test('each answer of a page carries a nonce of its own, in the page and in its policy', async () => {
  const [one, other] = [await get('/'), await get('/')];
  const nonce = /content="([^"]+)"/.exec(one.text)?.[1] ?? '';
  expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
  expect(one.text).not.toContain('__NONCE__');
  expect(one.text).toContain(`<script nonce="${nonce}"`);
  expect(one.headers.get('content-security-policy')).toBe(
    [
      "default-src 'none'",
      `script-src 'self' 'nonce-${nonce}'`,
      "script-src-attr 'none'",
      `style-src 'self' 'nonce-${nonce}'`,
      "style-src-attr 'none'",
      "img-src 'self' blob: data:",
      "media-src 'self' blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "manifest-src 'self'",
      "object-src 'none'",
      "frame-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
    ].join('; '),
  );
  expect(one.headers.get('cache-control')).toBe('no-store');
  expect(other.text).not.toContain(nonce);
});

test.each([
  ['/', 'webchat'],
  ['/?start=abc', 'webchat'],
  ['/console', 'console'],
  ['/console/', 'console'],
  ['/console/cases/ABCD-EFGH?q=x', 'console'],
])('%s is the %s page', async (path, title) => {
  const answer = await get(path);
  expect(answer.status).toBe(200);
  expect(answer.text).toContain(`<title>${title}</title>`);
});

test('a built file is kept for good, others are asked for again, and the bare page is not to be had without its policy', async () => {
  expect((await get('/assets/a1.js')).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await get('/console/assets/a1.js')).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await get('/console/icon.svg')).headers.get('cache-control')).toBe('no-cache');
  expect((await get('/index.html')).status).toBe(404);
  expect((await get('/console/index.html')).status).toBe(404);
  expect((await get('/assets/none.js')).status).toBe(404);
  expect((await get('/console/assets/none.js')).status).toBe(404);
  expect((await get('/../package.json')).status).toBe(404);
  expect((await get('/%2e%2e/package.json')).status).toBe(404);
});

test('a script goes over the line compressed where the browser takes it, and is itself where it does not', async () => {
  const compressed = await fetch(`${url}/assets/a1.js`, { headers: { 'accept-encoding': 'br' } });
  expect(compressed.headers.get('content-encoding')).toBe('br');
  expect(compressed.headers.get('content-type')).toMatch(/javascript/);
  expect(await compressed.text()).toBe('console.log(1)');
  const plain = await fetch(`${url}/assets/a1.js`, { headers: { 'accept-encoding': 'identity' } });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(await plain.text()).toBe('console.log(1)');
  expect((await get('/assets/a1.js.br')).status).toBe(404);
});
