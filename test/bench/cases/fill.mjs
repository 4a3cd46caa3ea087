// A desk of so many cases, five messages each, over three years: through the store, as it happens, from a fixed seed.
import { readFileSync } from 'node:fs';
import { openingOf } from '../../../dist/desk/filing.js';
import { openSqliteStore } from '../../../dist/store/sqlite/open.js';
import { randomFrom } from './random.mjs';

const AT_ONCE = 64;
const YEARS_MS = 3 * 365 * 86_400_000;
const places = ['三号楼', '东门口', '菜市场', '地下车库', '学校门前', '河边', '六单元', '公交站', '小广场', '快递柜'];
const replies = [
  '民警今天下午到现场看了，先跟对方说好了，明天再去一次。',
  '已经联系物业，三天内修好，修好了在这里告诉您。',
  '您说的情况记下了，周五前给您答复。',
];
const more = ['昨晚又来了一次', '现在好一些了', '我拍了照片', '就在刚才，还是那个人'];

const render = (saying) => ({
  text: saying.by?.text ?? saying.key,
  by: saying.by ? { kind: 'officer', signature: saying.by.signature } : { kind: 'bot' },
});

/** Open at the end: one in ten, as where answers come within days. */
const endings = ['opened', 'in-progress', 'answered', ...Array.from({ length: 27 }, () => 'closed')];

/** Fills `dataDir`; answers the accounts it made. `end`: when the last case was opened. */
export async function fill({ dataDir, key, cases, end, say }) {
  const random = randomFrom(cases);
  const one = (list) => list[Math.floor(random() * list.length)];
  const corpus = readFileSync(new URL('../../corpora/reports.dev.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ locale }) => locale === 'zh-CN');
  let at = end - YEARS_MS;
  const store = await openSqliteStore({
    dataDir,
    key,
    zone: 'Asia/Shanghai',
    defaultStationName: '青柳派出所',
    now: () => at,
    serve: false,
  });
  const catalogue = store.catalogue();
  const unit = (code) => catalogue.units.find((known) => known.code === code).id;
  const account = (username, role, where) =>
    store.saveOfficer('command-line', { username, role, unit: unit(where), publicName: username, passwordHash: 'none' });
  const officers = [];
  for (let nth = 1; nth <= 40; nth += 1) officers.push(await account(`officer-${nth}`, 'officer', nth % 2 ? 'community' : 'patrol'));
  const lead = await account('lead', 'lead', 'station');
  const scope = {
    stations: [catalogue.rootStation],
    sealed: 'none',
    notNamingOfficer: '-',
    notNamingUnits: [],
    notTeams: [],
    unknownTeam: 'shown',
  };

  let updates = 0;
  const turn = (address, text, decide) => {
    updates += 1;
    return store.takeTurn(
      { channel: 'web', bot: 'web', updateId: `u-${updates}`, address, locale: 'zh-CN', input: { type: 'text', text } },
      decide,
      render,
    );
  };
  const sent = (outbound) => store.settle(outbound.flat().map(({ id }) => ({ outbound: id, outcome: { is: 'sent' } })));

  const openOne = async (nth) => {
    const report = one(corpus);
    const address = `resident-${Math.floor(nth * 0.6)}`;
    const details = `${one(places)}${Math.ceil(random() * 900)}号：${report.text}`;
    const topic = catalogue.topics.some(({ code }) => code === report.topic) ? report.topic : undefined;
    let file;
    const taken = await turn(address, details, (desk, chance) => {
      const id = desk.message.id;
      const opening = openingOf(
        {
          kind: 'problem',
          ...(topic && { topic }),
          details,
          seal: false,
          answers: [],
          locale: 'zh-CN',
          actor: { kind: 'resident' },
          messages: [id],
          formTurns: [id],
        },
        { catalogue: desk.catalogue, chance },
      );
      ({ file } = opening);
      return { changes: opening.changes, say: [{ key: '收到了。我们会看，在这里回您。', case: file.id }] };
    });
    return { file, address, outbound: taken.outbound };
  };
  const answerOne = async ({ file }) => {
    const owner = one(officers).id;
    const status = one(endings);
    const done = status === 'closed' || status === 'answered';
    const patch = { owner, status, ...(done && { dueAt: undefined, dueWhy: undefined }), ...(status === 'closed' && { closedAt: at }) };
    const by = { officer: owner, signature: '社区警务队', text: one(replies) };
    const acted = await store.act(
      {
        actor: { kind: 'officer', officer: owner, scope },
        reference: file.reference,
        decide: () => ({
          changes: [{ do: 'event', case: file.id, verb: 'replied', actor: { kind: 'officer', officer: owner }, patch }],
          say: [{ key: 'words', case: file.id, by }],
        }),
      },
      render,
    );
    return acted.outbound;
  };
  const addOne = async ({ file, address }) => {
    const taken = await turn(address, one(more), (desk) => ({
      changes: [
        { do: 'fileMessages', case: file.id, messages: [desk.message.id] },
        { do: 'event', case: file.id, verb: 'message-added', actor: { kind: 'resident' } },
      ],
      say: [{ key: '补充到这件事里了。', case: file.id }],
    }));
    return taken.outbound;
  };

  const references = [];
  const began = performance.now();
  for (let done = 0; done < cases; done += AT_ONCE) {
    const wanted = Array.from({ length: Math.min(AT_ONCE, cases - done) }, (_, nth) => done + nth);
    at += (YEARS_MS / cases) * wanted.length;
    const opened = await Promise.all(wanted.map(openOne));
    await sent(opened.map(({ outbound }) => outbound));
    await sent(await Promise.all(opened.map(answerOne)));
    await sent(await Promise.all(opened.map(addOne)));
    if (references.length < 20_000) references.push(...opened.map(({ file }) => file.reference));
    else references[Math.floor(random() * references.length)] = opened[0].file.reference;
    if (done % 64_000 === 0 && done > 0) say(`${done.toLocaleString('en')} cases`);
  }
  const seconds = (performance.now() - began) / 1000;
  await store.close();
  say(`${cases.toLocaleString('en')} cases filled in ${seconds.toFixed(0)} s`);
  return { references, lead: lead.id };
}
