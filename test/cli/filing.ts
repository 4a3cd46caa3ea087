import type { Line } from '../../src/channels/web/contract.ts';
import type { ChatClient } from '../channels/chat-client.ts';

/** Fills a form over the web channel as its page does, step by step; what is not answered is skipped. */
export async function fileByTaps(
  resident: ChatClient,
  door: string,
  answers: Readonly<Record<string, string>>,
): Promise<{ reference: string; code: string }> {
  let after = 0;
  const texts = ['details', 'officer', 'name', 'phone'].filter((step) => answers[step] !== undefined);
  const said = async (): Promise<Line[]> => {
    const lines = await resident.lines(after);
    after = lines.at(-1)?.seq ?? after;
    return lines.filter(({ from }) => from === 'bot');
  };
  const tap = (value: string) => resident.send({ id: crypto.randomUUID(), type: 'tap', tap: value });
  await said();
  await tap(`h:${door}`);
  for (let turn = 0; turn < 40; turn += 1) {
    const lines = await said();
    const taps = lines.flatMap(({ buttons }) => buttons.flat().map((button) => button.tap));
    const reference = taps.map((value) => /^c:([0-9A-Z]{8}):show/.exec(value)?.[1]).find((found) => found !== undefined);
    const code = lines.find(({ secret }) => secret !== null)?.secret;
    if (reference !== undefined && code) return { reference, code };
    const option = taps.find((value) =>
      Object.entries({ ...answers, review: 'file' }).some(([step, answer]) => value.endsWith(`:${step}:${answer}`)),
    );
    const skip = taps.find((value) => value.startsWith('k:skip'));
    const expects = lines.at(-1)?.expects;
    const next = texts[0];
    const wantsText = (expects === 'text' || expects === 'phone') && next !== undefined && !(skip !== undefined && next !== 'officer');
    const answered = option
      ? await tap(option)
      : wantsText
        ? await resident.say(answers[texts.shift() ?? ''] ?? '')
        : await tap(skip ?? '');
    if (answered.status !== 200) throw new Error(`not taken: ${answered.status} ${answered.text} after ${JSON.stringify(lines.at(-1))}`);
  }
  throw new Error('the form has no end');
}
