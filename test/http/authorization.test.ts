import fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webChannel } from '../../src/channels/web/web.ts';
import { PASSWORD } from '../desk-for-test.ts';
import { bodies, type DeskWithReaders, deskWithReaders, named, signedIn, UNITS } from './authorization-desk.ts';
import { type Line, type ReaderName, readers, readTable } from './authorization-table.ts';

const table = readTable();
let readersDesk: DeskWithReaders;
beforeAll(async () => {
  readersDesk = await deskWithReaders();
});
afterAll(() => readersDesk.desk.end());

describe('the table', () => {
  test('has a line for every route of the API and of the channels', async () => {
    const document = (await (await fetch(`${readersDesk.desk.url}/api/v1/openapi.json`)).json()) as { paths: Record<string, object> };
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const ofChannels = await routesOf(webChannel());
    expect(described.length).toBeGreaterThan(25);
    expect(ofChannels.length).toBeGreaterThan(5);
    const lines = new Set(table.map(({ route }) => route));
    expect([...described, ...ofChannels].filter((route) => !lines.has(route))).toEqual([]);
  });
});

async function routesOf({ plugin }: ReturnType<typeof webChannel>): Promise<string[]> {
  const app = fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  const routes: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') routes.push(`${one} ${url.replace(/:(\w+)/g, '{$1}')}`);
  });
  if (plugin) await app.register(plugin);
  await app.ready();
  return routes;
}

describe.each(table.filter(({ kind }) => kind === undefined).map((line) => [named(line), line] as const))('%s', (_name, line) => {
  test.concurrent.each(readers)('%s', async (reader) => {
    const [method = '', path = ''] = line.route.split(' ');
    const { headers, body, at } = await prepared(line, reader);
    const answer = await readersDesk.ask(method, at ?? path, headers, body);
    expect(`${answer.status}`, answer.text.slice(0, 300)).toBe(line.expected[reader]);
  });
});

let accounts = 0;

/** What a line without a case needs before it can be asked: an account that may be changed, a session that may end. */
async function prepared(line: Line, reader: ReaderName): Promise<{ headers: Record<string, string>; body?: unknown; at?: string }> {
  accounts += 1;
  const username = `account-${accounts}`;
  const headers = readersDesk.headersOf(reader);
  const spent = async () => (reader === 'nobody' ? headers : signedIn(readersDesk.desk, username, reader));
  const target = line.as === 'inspector' ? 'inspector' : 'officer';
  switch (line.route) {
    case 'POST /api/v1/session':
      await readersDesk.desk.addOfficer(username, 'officer', 'community');
      return { headers, body: { username, password: PASSWORD } };
    case 'DELETE /api/v1/session':
      return { headers: await spent() };
    case 'PUT /api/v1/session/password':
      return { headers: await spent(), body: { current: PASSWORD, next: '青柳桥边的第七盏灯亮着' } };
    case 'POST /api/v1/officers':
      return { headers, body: { username, role: target, unit: UNITS[target], publicName: '小周' } };
    case 'PATCH /api/v1/officers/{username}':
      await readersDesk.desk.addOfficer(username, target, UNITS[target]);
      return { headers, body: { publicName: '老周' }, at: `/api/v1/officers/${username}` };
    case 'POST /api/v1/units':
      return { headers, body: { code: `team-${accounts}`, kind: 'team', parent: 'station', labels: { 'zh-CN': '新队' } } };
    case 'PATCH /api/v1/units/{code}':
      return { headers, body: { labels: { 'zh-CN': '巡逻队' } }, at: '/api/v1/units/patrol' };
    default:
      return { headers, body: bodies[line.route]?.(reader) };
  }
}
