import type { Words } from '../../i18n.ts';
import type { Story } from './story.ts';

/** What people of the demo say, in the station's language or the story's own. */
export class ToldIn {
  private readonly words: Words;
  private readonly locale: string;

  constructor(words: Words, locale: string) {
    this.words = words;
    this.locale = locale;
  }

  word(key: string): string {
    return this.words.t(`demo:${key}`, this.locale);
  }

  told({ id, english }: Story, what: string): string {
    return this.words.t(`demo:stories.${id}.${what}`, english ? 'en' : this.locale);
  }

  /** The story's own words, or what anybody would say. */
  toldOr(story: Story, what: string, other: string): string {
    return this.has(story, what) ? this.told(story, what) : this.word(`words.${other}`);
  }

  /** What the resident types, by step. */
  answers(story: Story): Record<string, string> {
    return {
      details: this.told(story, 'details'),
      ...(this.has(story, 'place') && { place: this.told(story, 'place') }),
      ...(this.has(story, 'named') && { officer: this.told(story, 'named') }),
      name: this.word('words.contactName'),
      phone: this.word('words.contactPhone'),
      when: this.word('words.contactReach'),
    };
  }

  private has({ id }: Story, what: string): boolean {
    return this.words.has(`demo:stories.${id}.${what}`, this.locale);
  }
}
