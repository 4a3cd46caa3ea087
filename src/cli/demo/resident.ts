import { decideTurn } from '../../desk/turn.ts';
import type { DangerRules } from '../../domain/danger.ts';
import type { Input, Saying } from '../../domain/message.ts';
import type { CaseTap, Tap } from '../../domain/tap.ts';
import type { Words } from '../../i18n.ts';
import type { Render, Store, Taken } from '../../store/store.ts';

interface Asked {
  step: string;
  expects: Saying['expects'];
  intake?: string;
}

/** Questions a form may ask before something is wrong with the story. */
const TURNS = 40;

/** One resident of the demo, in a browser of their own, answering what the desk really asks. */
export class DemoResident {
  reference = '';
  private readonly store: Store;
  private readonly words: Words;
  private readonly dangerRules: readonly DangerRules[];
  private readonly render: Render;
  private readonly locale: string;
  private readonly address: string;
  private readonly sent: (taken: Taken) => Promise<void>;
  private said: Saying[] = [];
  private turns = 0;

  constructor(
    parts: { store: Store; words: Words; dangerRules: readonly DangerRules[]; render: Render; sent: (taken: Taken) => Promise<void> },
    { address, locale }: { address: string; locale: string },
  ) {
    this.store = parts.store;
    this.words = parts.words;
    this.dangerRules = parts.dangerRules;
    this.render = parts.render;
    this.sent = parts.sent;
    this.address = address;
    this.locale = locale;
  }

  say(text: string): Promise<void> {
    return this.turn({ type: 'text', text });
  }

  tapCase(act: CaseTap): Promise<void> {
    return this.turn({ type: 'tap', tap: { on: 'case', reference: this.reference, act } });
  }

  /** Goes through a door and answers until the form is filed. */
  async enter(door: string, answers: Readonly<Record<string, string>>): Promise<void> {
    await this.turn({ type: 'tap', tap: { on: 'home', door } });
    await this.fill(answers);
  }

  /** The system's invitation, as its button in the last words said. */
  async rate(level: number): Promise<boolean> {
    const tap = this.taps().find(({ on }) => on === 'invitation');
    if (!tap) return false;
    await this.turn({ type: 'tap', tap });
    await this.fill({ level: String(level) });
    return true;
  }

  /** Answers the open form by step; what the story doesn't answer is skipped. */
  async fill(answers: Readonly<Record<string, string>>): Promise<void> {
    for (let turn = 0; turn < TURNS; turn += 1) {
      const asked = this.asked();
      const enough = this.taps().find((tap) => tap.on === 'command' && tap.name === 'done');
      // Words that sounded like danger: the desk said the number first, and offers the form again.
      const aside = this.taps().find((tap) => tap.on === 'home' && tap.door.startsWith('continue.'));
      if (asked) await this.turn(this.answerTo(asked, answers));
      else if (enough) await this.turn({ type: 'tap', tap: enough });
      else if (aside) await this.turn({ type: 'tap', tap: aside });
      else return;
    }
    throw new Error(`a form of ${this.address} has no end`);
  }

  private answerTo({ step, expects, intake }: Asked, answers: Readonly<Record<string, string>>): Input {
    const answer = step === 'review' ? 'file' : Object.hasOwn(answers, step) ? answers[step] : undefined;
    if (answer === undefined) return { type: 'command', name: 'skip' };
    if (expects !== 'choice' || intake === undefined) return { type: 'text', text: answer };
    return { type: 'tap', tap: { on: 'step', intake, step, value: answer } };
  }

  /** The question that stands open after the last turn. */
  private asked(): Asked | undefined {
    for (const { key, expects, buttons } of this.said.toReversed()) {
      const [, flow, step] = /^([\w-]+):([\w-]+)\.ask$/.exec(key) ?? [];
      if (flow === undefined || step === undefined || flow === 'desk') continue;
      const intake = (buttons ?? []).flat().flatMap(({ tap }) => ('intake' in tap && tap.intake !== undefined ? [tap.intake] : []))[0];
      return { step, expects, ...(intake !== undefined && { intake }) };
    }
    return undefined;
  }

  private taps(): Tap[] {
    return this.said.flatMap(({ buttons }) => (buttons ?? []).flat().map(({ tap }) => tap));
  }

  private async turn(input: Input): Promise<void> {
    this.turns += 1;
    const inbound = {
      channel: 'web',
      bot: 'default',
      updateId: `${this.address}/${this.turns}`,
      address: this.address,
      locale: this.locale,
      input,
    };
    const decide = decideTurn(inbound, { dangerRules: this.dangerRules, words: this.words });
    const taken = await this.store.takeTurn(
      inbound,
      (desk, chance) => {
        const decision = decide(desk, chance);
        if ('say' in decision) this.said = [...decision.say];
        return decision;
      },
      this.render,
    );
    for (const tap of this.taps()) if (tap.on === 'case' && tap.act === 'show' && this.reference === '') this.reference = tap.reference;
    await this.sent(taken);
  }
}
