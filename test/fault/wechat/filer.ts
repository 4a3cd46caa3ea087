import { type Asked, askedIn, asksForWords, type Choice, isQuestion } from './lists.ts';
import { happens, type Writer } from './writer.ts';

/** Turns a form may take, detours included. */
const TURNS = 40;

/** One resident who files forms by words and numbers, one after another, by what reached their phone alone. */
export class Filer {
  readonly writer: Writer;
  /** The references of what was filed, as they were told. */
  readonly filed: string[] = [];
  /** Words added to a case, with its reference. */
  readonly added: { words: string; reference: string }[] = [];
  begun = 0;
  /** What was said where a form did not go on. */
  readonly lost: string[] = [];
  /** Says several things at once where one would do, and waits for none of the answers between them. */
  readonly #impatient: boolean;

  constructor(writer: Writer, impatient: boolean) {
    this.writer = writer;
    this.#impatient = impatient;
  }

  /** Ends only between two forms, so that every form begun is finished. */
  async stay(wanted: (writer: Writer) => boolean): Promise<void> {
    await this.writer.answered(() => this.writer.follow());
    while (wanted(this.writer)) {
      const filed = await this.#fileOne();
      if (filed && wanted(this.writer) && happens(0.5)) await this.#add();
    }
  }

  /** One form from its door to its reference. */
  async #fileOne(): Promise<boolean> {
    const { writer } = this;
    this.begun += 1;
    let told = await writer.answered(() => writer.type(happens(0.75) ? '说件事' : '求助'), asksForWords);
    for (let turn = 0; turn < TURNS; turn += 1) {
      const reference = told.flatMap(referencesIn).find((one) => !this.filed.includes(one));
      if (reference !== undefined) {
        this.filed.push(reference);
        return true;
      }
      told = await this.#goOn(turn, told);
    }
    this.lost.push(`${writer.tag} after ${writer.count} messages: ${told.join(' | ')}`);
    return false;
  }

  #goOn(turn: number, told: readonly string[]): Promise<string[]> {
    const { writer } = this;
    if (turn === 0) return this.#tell();
    // Without an answer people ask again; what was held back comes with the answer to that.
    if (!told.some(isQuestion)) return writer.answered(() => writer.type('怎么填'));
    const asked = askedIn(told);
    return asked ? this.#answer(asked) : writer.answered(() => writer.say('我再说一句'));
  }

  /** What happened: in one message, or in several at once with a picture between them. */
  #tell(): Promise<string[]> {
    const { writer } = this;
    return writer.answered(async () => {
      writer.say('楼下每天夜里很吵，睡不着');
      if (!this.#impatient) return;
      if (happens(0.5)) writer.say('都半个月了');
      if (happens(0.4)) await writer.send();
      if (happens(0.5)) writer.say('孩子要考试');
    });
  }

  #answer({ words, choices }: Asked): Promise<string[]> {
    const { writer } = this;
    const labelled = (label: RegExp) => choices.find((choice) => label.test(choice.label));
    const file = labelled(/^(✓ )?提交/);
    const seal = labelled(/^这事跟警察有关/);
    if (file) return this.#choose(seal && happens(0.1) ? seal : file);
    const done = labelled(/^(好了|没有照片)$/);
    if (/照片/.test(words) && done) return happens(0.3) ? writer.answered(() => writer.send()) : this.#choose(done);
    const skip = labelled(/^(跳过|不清楚|好了)$/);
    if (/在什么地方/.test(words) && happens(0.6)) return writer.answered(() => writer.say(`青柳巷 ${writer.number} 号`));
    if (/号码|电话是多少/.test(words)) return writer.answered(() => writer.type('13912345678'));
    const hidden = labelled(/^不留名$/);
    if (hidden) return this.#choose(hidden);
    const options = choices.filter(({ label }) => !ASIDE.test(label));
    const option = options[Math.floor(Math.random() * options.length)];
    if (option && (!skip || happens(0.7))) return this.#choose(option);
    return skip ? this.#choose(skip) : writer.answered(() => writer.say('我再说一句'));
  }

  /** By its number. */
  #choose({ number }: Choice): Promise<string[]> {
    return this.writer.answered(() => this.writer.type(number));
  }

  /** More words to what was filed: they are asked where these belong. */
  async #add(): Promise<void> {
    const { writer } = this;
    let words = '';
    const told = await writer.answered(() => {
      words = writer.say('昨晚又来了');
    });
    const to = askedIn(told)?.choices.find(({ label }) => label.startsWith('补充到'));
    if (!to) return;
    const added = await this.writer.answered(() => writer.type(to.number), isAdded);
    const reference = added.filter(isAdded).flatMap(referencesIn).at(-1);
    if (reference !== undefined) this.added.push({ words, reference });
  }
}

/** Ways out of a question, and what leads around it. */
const ASIDE = /^(跳过|不清楚|好了|没有照片|上一步|看看别的选项|这是问什么？|找人帮我|不提交了|不改了，就这样|接着填.*|回到开头)$/;

const isAdded = (text: string): boolean => text.includes('加上了，');
const referencesIn = (text: string): string[] =>
  [...text.matchAll(/编号 ([0-9A-Z]{4})-([0-9A-Z]{4})/g)].map(([, first, last]) => `${first}${last}`);
