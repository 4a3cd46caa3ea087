import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { build } from 'vite';
import { webChannel } from '../../src/channels/web/web.ts';
import type { Body, Inbound } from '../../src/domain/message.ts';
import { type Tap, tapToText } from '../../src/domain/tap.ts';
import { servePages } from '../../src/http/pages.ts';
import { answerIn, answerProblems } from '../../src/http/problem/answer.ts';
import { validatorCompiler } from '../../src/http/problem/validation.ts';
import { loadWords } from '../../src/i18n.ts';
import { fakeDesk } from '../channels/fake-desk.ts';

export const root = new URL('../..', import.meta.url).pathname;
const words = loadWords(join(root, 'locales'));

/** Builds the resident's page into a folder of its own. */
export async function buildPage(): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'tiexin-webchat-'));
  await build({ configFile: join(root, 'src/webchat/vite.config.ts'), build: { outDir: dir }, logLevel: 'error' });
  return dir;
}

const intake = 'ABCD2345';
const step = (name: string, value: string): Tap => ({ on: 'step', intake, step: name, value });
const command = (name: 'skip' | 'back' | 'cancel' | 'human' | 'home'): Tap => ({ on: 'command', name });

/** A desk that answers by rote, in the real words, so that the page can be looked at in every state of a report. */
function rote(inbound: Inbound, locale: string): (Body & { secret?: string })[] {
  const t = (key: string, values?: Record<string, string | number>) => words.t(key, locale, values);
  const bot = { kind: 'bot' } as const;
  const ask = (text: string, expects: Body['expects'], rows: [string, Tap, ('primary' | 'danger')?][][] = []): Body => ({
    text,
    by: bot,
    ...(expects && { expects }),
    buttons: rows.map((row) => row.map(([label, tap, style]) => ({ label, tap: tapToText(tap), ...(style && { style }) }))),
  });
  const doors = ask(t('desk:home.ask'), 'choice', [
    [
      [t('desk:door.report'), { on: 'home', door: 'report' }],
      [t('desk:door.help'), { on: 'home', door: 'help' }],
    ],
    [
      [t('desk:door.rate'), { on: 'home', door: 'rate' }],
      [t('desk:door.mine'), { on: 'home', door: 'mine' }],
    ],
    [[t('desk:door.human'), { on: 'home', door: 'human' }]],
  ]);
  const skip: [string, Tap][] = [
    [t('flow:button.skip'), command('skip')],
    [t('flow:button.back'), command('back')],
  ];
  const line = (label: string, shown: string) => t('flow:review.line', { label: t(`report:${label}.line`), shown });
  const review = ask(
    t('report:review.ask', {
      lines: [
        line('details', locale === 'en' ? 'The mahjong room downstairs is loud past midnight' : '楼下麻将馆半夜还在吵，孩子睡不好'),
        line('topic', locale === 'en' ? 'Noise' : '噪音扰民'),
        line('place', locale === 'en' ? 'Willow Court, building 3' : '青柳小区 3 号楼'),
        line('identity', t('report:identity.option.hidden')),
      ].join('\n'),
    }),
    'choice',
    [
      [[t('report:review.option.file'), step('review', 'file'), 'primary']],
      [
        [t('report:details.line'), { on: 'edit', intake, step: 'details' }],
        [t('report:topic.line'), { on: 'edit', intake, step: 'topic' }],
      ],
      [
        [t('report:place.line'), { on: 'edit', intake, step: 'place' }],
        [t('report:identity.line'), { on: 'edit', intake, step: 'identity' }],
      ],
      [
        [t('flow:button.back'), command('back')],
        [t('flow:button.cancel'), command('cancel')],
      ],
    ],
  );
  const { input } = inbound;
  if (input.type === 'command' && input.name === 'skip') return [review];
  if (input.type === 'command' || input.type === 'start')
    return [{ text: t('desk:greeting.hello', { station: '青柳派出所' }), by: bot }, doors];
  if (input.type === 'media') return [ask(t('report:place.ask'), 'place', [skip])];
  if (input.type === 'place')
    return [
      ask(t('report:identity.ask'), 'choice', [
        [[t('report:identity.option.hidden'), step('identity', 'hidden'), 'primary']],
        [[t('report:identity.option.named'), step('identity', 'named')]],
      ]),
    ];
  if (input.type === 'text') {
    const topics = locale === 'en' ? ['Noise', 'Theft', 'Parking', 'Dogs', 'Hazard'] : ['噪音扰民', '盗窃', '交通停车', '犬只', '安全隐患'];
    return [ask(t('report:topic.ask'), 'choice', [...topics.map((topic): [string, Tap][] => [[topic, step('topic', topic)]]), skip])];
  }
  if (input.type !== 'tap') return [];
  if (input.tap.on === 'language') return [{ text: t('desk:language.done'), by: bot }, doors];
  if (input.tap.on === 'home') return [ask(t('report:details.ask'), 'text', [[[t('flow:button.cancel'), command('cancel')]]])];
  if (input.tap.on === 'step' && input.tap.step === 'topic')
    return [ask(t('report:photos.ask', { max: 9 }), 'photos', [[[t('flow:button.noPhotos'), command('skip')]]])];
  if (input.tap.on === 'step' && input.tap.step === 'identity') return [review];
  if (input.tap.on === 'step' && input.tap.step === 'review')
    return [
      {
        ...ask(
          t('desk:filed.case', { reference: 'K7QX-2M9P', code: '••••', date: locale === 'en' ? 'today at 14:30' : '今天下午 2:30' }),
          'nothing',
          [[[t('desk:filed.show'), { on: 'case', reference: 'K7QX2M9P', act: 'show' }]]],
        ),
        secret: '4HTB-WN8E',
      },
    ];
  if (input.tap.on === 'command') return rote({ ...inbound, input: { type: 'command', name: input.tap.name } }, locale);
  return [doors];
}

/** The channel and its built page over real HTTP with the app's own policy, in front of a desk that answers by rote. */
export async function openStage(pageDir: string) {
  const fake = fakeDesk();
  const channel = webChannel();
  await channel.start(fake.desk);
  const locales = new Map<string, string>();
  const say = (address: string, { secret, ...body }: Body & { secret?: string }) =>
    channel.send(fake.outbound(address, 'web', body, secret));
  fake.onInbound((inbound) => {
    const { address, input } = inbound;
    const asked = input.type === 'tap' && input.tap.on === 'language' ? input.tap.locale : undefined;
    const locale = asked ?? locales.get(address) ?? inbound.locale;
    locales.set(address, locale);
    for (const body of rote(inbound, locale)) void say(address, body);
  });
  let app = await serve(0);
  const port = Number(new URL(app.listeningOrigin).port);

  async function serve(at: number) {
    const fresh = Fastify({ forceCloseConnections: true });
    fresh.setValidatorCompiler(validatorCompiler);
    fresh.setSerializerCompiler(serializerCompiler);
    answerProblems(fresh, answerIn(words, 'zh-CN'));
    if (channel.plugin) await fresh.register(channel.plugin);
    await servePages(fresh, { webchat: pageDir, console: '' });
    await fresh.listen({ port: at, host: '127.0.0.1' });
    return fresh;
  }

  return {
    fake,
    channel,
    url: `http://127.0.0.1:${port}`,
    say,
    /** Whose conversation it is that was spoken in last. */
    lastAddress: () => fake.inbounds.at(-1)?.address ?? '',
    /** The server goes away, the desk's memory stays. */
    async down() {
      await app.close();
    },
    async up() {
      await channel.start(fake.desk);
      app = await serve(port);
    },
    async close() {
      await app.close();
      await channel.stop();
    },
  };
}
export type Stage = Awaited<ReturnType<typeof openStage>>;
