// The whole complaint through the Telegram webhook, beside three references: rounds in turn, the same load, the same double.
import { startDouble } from './double.mjs';
import { createEars, load } from './load.mjs';
import { names, start } from './subjects.mjs';

const CHATS = 64;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Rows of a table: updates a second, its spread, ratios, and how long an answer takes. */
export async function measureConversation({ rounds, conversations, say }) {
  const ears = createEars();
  const double = await startDouble(ears.heard);
  const measured = Object.fromEntries(Object.keys(names).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const name of Object.keys(names)) {
      const subject = await start(name, double.url);
      await load({ url: subject.url, ears, chats: CHATS, conversations: CHATS });
      const one = await load({ url: subject.url, ears, chats: CHATS, conversations });
      await subject.stop();
      measured[name].push(one);
      say(`round ${round + 1}, ${name}: ${Math.round(one.rate)} updates/s, p50 ${one.p50.toFixed(1)} ms`);
    }
  await double.close();
  const rates = Object.fromEntries(Object.entries(measured).map(([name, all]) => [name, all.map(({ rate }) => rate)]));
  const rateOf = (name) => median(rates[name]);
  return Object.keys(names).map((name) => ({
    name: names[name],
    rate: rateOf(name),
    from: Math.min(...rates[name]),
    to: Math.max(...rates[name]),
    ofBare: rateOf(name) / rateOf('bare'),
    ofConversations: rateOf(name) / rateOf('conversations'),
    p50: median(measured[name].map(({ p50 }) => p50)),
    p99: median(measured[name].map(({ p99 }) => p99)),
  }));
}

/** The same where a share of the updates comes twice at the same moment: how fast, and whether anybody is answered twice. */
export async function measureRepeats({ shares, conversations, say }) {
  const rows = [];
  for (const repeats of shares) {
    const ears = createEars();
    const double = await startDouble(ears.heard);
    const subject = await start('tiexin', double.url);
    await load({ url: subject.url, ears, chats: CHATS, conversations: CHATS });
    const before = double.sent();
    const one = await load({ url: subject.url, ears, chats: CHATS, conversations, repeats });
    await subject.stop();
    rows.push({ repeats, rate: one.rate, p50: one.p50, p99: one.p99, answersEach: (double.sent() - before) / conversations });
    await double.close();
    say(`repeats ${repeats}: ${Math.round(one.rate)} updates/s`);
  }
  return rows;
}
