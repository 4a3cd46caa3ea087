import { DateTime } from 'luxon';
import { type By, type Casework, createCasework } from '../../desk/casework.ts';
import { decidePromise } from '../../desk/clock.ts';
import { renderWith } from '../../desk/words.ts';
import type { Id } from '../../domain/chance.ts';
import type { DangerRules } from '../../domain/danger.ts';
import type { Outbound, SendOutcome } from '../../domain/message.ts';
import type { Officer } from '../../domain/officer.ts';
import { scopeOf } from '../../domain/policy.ts';
import type { Words } from '../../i18n.ts';
import type { Render, Store } from '../../store/store.ts';
import type { Agenda } from './agenda.ts';
import { employ } from './people.ts';
import { DemoResident } from './resident.ts';
import { stories } from './stories.ts';
import type { Next, Story, When } from './story.ts';
import { ToldIn } from './told.ts';

const HOUR_MS = 3_600_000;
/** How often the desk's own clock looks while the demo's time goes by. */
const LOOK_EVERY_MS = 4 * HOUR_MS;
const SEEN_AFTER_MS = 60_000;

/** A made-up station that really lives through its weeks: each form filled, each answer sent, each promise kept by the desk itself. */
export class DemoStation {
  private readonly store: Store;
  private readonly words: Words;
  private readonly says: ToldIn;
  private readonly dangerRules: readonly DangerRules[];
  private readonly locale: string;
  private readonly zone: string;
  private readonly agenda: Agenda;
  private readonly casework: Casework;
  private readonly render: Render;
  /** What becomes of answers sent to a conversation, where its page is not simply read. */
  private readonly pages = new Map<Id, Story['page']>();
  private officers: ReadonlyMap<string, Officer> = new Map();

  constructor(
    parts: { store: Store; words: Words; dangerRules: readonly DangerRules[]; agenda: Agenda },
    { locale, zone }: { locale: string; zone: string },
  ) {
    this.store = parts.store;
    this.words = parts.words;
    this.says = new ToldIn(parts.words, locale);
    this.dangerRules = parts.dangerRules;
    this.agenda = parts.agenda;
    this.locale = locale;
    this.zone = zone;
    this.render = renderWith(parts.words);
    const act: Store['act'] = async (asked, render) => {
      const acted = await parts.store.act(asked, render);
      if (acted.done) await this.deliver(acted.outbound);
      return acted;
    };
    this.casework = createCasework({ store: { ...parts.store, act }, render: this.render, words: parts.words });
  }

  /** Lives until `end`; returns how many cases and accounts there are. */
  async live(end: number): Promise<{ cases: number; officers: number }> {
    const { store } = this;
    await store.saveSettings('command-line', { stationName: this.says.word('station'), bodyAbove: this.says.word('bodyAbove') });
    this.officers = await employ(store, (username) => (username === 'admin' ? username : this.says.word(`people.${username}`)));
    for (const story of stories) {
      const at = this.instant(story.when, end);
      this.agenda.plan(at, () => this.begin(story, end));
    }
    this.agenda.plan(end - 6 * 24 * HOUR_MS, () => this.danger());
    await this.agenda.live(end, LOOK_EVERY_MS, () => this.look());
    return { cases: stories.length, officers: this.officers.size };
  }

  private async begin(story: Story, end: number): Promise<void> {
    const resident = this.resident(story);
    if (story.door === 'counter') {
      const opened = await this.casework.open(this.by('lin'), {
        kind: story.kind ?? 'problem',
        details: this.says.told(story, 'details'),
        place: this.says.told(story, 'place'),
        source: 'counter',
        ...(story.answers.topic !== undefined && { topic: story.answers.topic }),
        contact: { name: this.says.word('words.contactName'), phone: this.says.word('words.contactPhone') },
      });
      if (!opened.done) throw new Error(`${story.id}: ${opened.refuse}`);
      resident.reference = opened.reference;
    } else {
      await resident.enter(story.door, { ...this.says.answers(story), ...story.answers });
      if (resident.reference === '') throw new Error(`${story.id} was not filed`);
    }
    this.goOn(story, resident, story.course, end);
  }

  private goOn(story: Story, resident: DemoResident, [next, ...rest]: readonly Next[], end: number): void {
    if (!next) return;
    const at = this.agenda.at + next.after * HOUR_MS;
    if (at >= end) return;
    this.agenda.plan(at, async () => {
      await this.happen(story, resident, next);
      this.goOn(story, resident, rest, end);
    });
  }

  private async happen(story: Story, resident: DemoResident, next: Next): Promise<void> {
    switch (next.do) {
      case 'solved':
      case 'unsure':
        return resident.tapCase(next.do);
      case 'unsolved':
        await resident.tapCase('unsolved');
        return resident.fill({ wrong: this.says.toldOr(story, 'wrong', 'stillThere') });
      case 'withdraw':
        await resident.tapCase('withdraw');
        return resident.fill({ reason: this.says.told(story, 'reason') });
      case 'add':
        await resident.tapCase('add');
        return resident.fill({ words: this.says.toldOr(story, 'more', 'stillThere') });
      case 'rate':
        if (!(await resident.rate(next.level))) throw new Error(`${story.id} got no invitation`);
        return;
      default:
        return this.officerActs(story, resident.reference, next);
    }
  }

  private async officerActs(story: Story, reference: string, next: Extract<Next, { by: string }>): Promise<void> {
    const { casework } = this;
    const seen = await this.bySeeing(next.by, reference);
    const acted = await (() => {
      switch (next.do) {
        case 'take':
          return casework.take(seen, reference);
        case 'assign':
          return casework.assign(seen, reference, next.to, this.says.word('words.assignReason'));
        case 'hand-back':
          return casework.handBack(seen, reference, this.says.word('words.handBackReason'));
        case 'reply':
          return casework.reply(seen, reference, this.says.told(story, 'reply'));
        case 'note':
          return casework.note(seen, reference, this.says.toldOr(story, 'note', 'note'));
        case 'answer':
          return casework.answer(seen, reference, next.outcome, this.says.told(story, 'answer'));
        case 'refuse':
          return casework.refuse(seen, reference, this.says.told(story, 'reason'), this.says.told(story, 'instead'));
        case 'not-reached':
          return casework.close(seen, reference, 'not-reached', this.says.word('words.closeReason'));
        case 'dropped':
          return casework.withdraw(seen, reference, this.says.word('words.withdrawnAtCounter'));
      }
    })();
    if (!acted.done) throw new Error(`${story.id} ${next.do}: ${acted.refuse} ${JSON.stringify(acted.detail ?? {})}`);
  }

  /** Somebody names a danger, and soon looks whether anyone has read it. */
  private async danger(): Promise<void> {
    await this.someone('danger', {}).say(this.says.word('words.danger'));
    this.agenda.plan(this.agenda.at + 2 * SEEN_AFTER_MS, async () => undefined);
  }

  /** Whoever leads acknowledges what sounded, a little later. */
  private async acknowledge(): Promise<void> {
    for (const username of ['lin', 'du']) {
      const { officer, scope } = this.by(username);
      for (const { id, raisedAt } of await this.store.findEmergencies(scope, true)) {
        if (raisedAt + SEEN_AFTER_MS < this.agenda.at) await this.store.acknowledgeEmergency(scope, officer.id, id);
      }
    }
  }

  /** What the desk's clock owes by now, and every answer that waits to go. */
  private async look(): Promise<void> {
    const { done, outbound } = await this.store.tick(this.agenda.at, 100, decidePromise, this.render);
    await this.deliver(outbound);
    const { outbound: waiting } = await this.store.claim(100, this.agenda.at + 60_000);
    await this.deliver(waiting);
    await this.acknowledge();
    if (done === 100 || waiting.length === 100) await this.look();
  }

  private async deliver(outbound: readonly Outbound[]): Promise<void> {
    if (outbound.length === 0) return;
    await this.store.settle(outbound.map(({ id, conversation }) => ({ outbound: id, outcome: outcomeOn(this.pages.get(conversation)) })));
  }

  private resident(story: Story): DemoResident {
    return this.someone(story.id, story);
  }

  private someone(address: string, { english = false, page }: Pick<Story, 'english' | 'page'>): DemoResident {
    const sent = async ({ conversation, outbound }: { conversation: Id; outbound: readonly Outbound[] }) => {
      await this.deliver(outbound);
      // The form itself was filled on an open page; what is unopened is what comes later.
      this.pages.set(conversation, page);
    };
    const parts = { store: this.store, words: this.words, dangerRules: this.dangerRules, render: this.render, sent };
    return new DemoResident(parts, { address: `demo-${address}`, locale: english ? 'en' : this.locale });
  }

  private by(username: string): By {
    const officer = this.officers.get(username);
    if (!officer) throw new Error(`nobody is called ${username}`);
    return { officer, scope: scopeOf(officer, this.store.catalogue()) };
  }

  /** As an officer who has the case open: with the version they see. */
  private async bySeeing(username: string, reference: string): Promise<By> {
    const by = this.by(username);
    const found = await this.store.readCase(by.scope, by.officer.id, reference);
    if (!found) throw new Error(`${username} can't see ${reference}`);
    return { ...by, seen: found.file.version };
  }

  private instant(when: When, end: number): number {
    if ('minutes' in when) return end - when.minutes * 60_000;
    const [hour = 0, minute = 0] = when.time.split(':').map(Number);
    return DateTime.fromMillis(end, { zone: this.zone })
      .minus({ days: when.days })
      .set({ hour, minute, second: 0, millisecond: 0 })
      .toMillis();
  }
}

function outcomeOn(page: Story['page']): SendOutcome {
  if (page === 'unreachable') return { is: 'blocked' };
  return { is: 'sent', confirmed: page !== 'unopened' };
}
