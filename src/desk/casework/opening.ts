import type { About, Answered, CaseKind, ContactDetails } from '../../domain/case.ts';
import { unitByCode } from '../../domain/catalogue.ts';
import type { Chance } from '../../domain/chance.ts';
import type { CaseDesk, Decision } from '../../domain/decision.ts';
import type { Officer } from '../../domain/officer.ts';
import type { Words } from '../../i18n.ts';
import { openingOf } from '../filing.ts';

/** What an officer takes down for a resident at the counter, on the phone or on a visit. */
export interface TakenDown {
  kind: Exclude<CaseKind, 'follow-up'>;
  about?: About | undefined;
  /** Catalogue codes. */
  topic?: string | undefined;
  unit?: string | undefined;
  details: string;
  named?: string | undefined;
  place?: string | undefined;
  contact?: { [Field in keyof ContactDetails]?: ContactDetails[Field] | undefined } | undefined;
  source: 'counter' | 'phone' | 'visit';
}

/** Opens it as the bot would: the same routing, seal and promises. `given` is told the query code, to hand over once. */
export const open =
  (taken: TakenDown, words: Words, locale: string, given: (code: string) => void) =>
  ({ desk: { catalogue }, officer, chance }: { desk: CaseDesk; officer: Officer; chance: Chance }): Decision => {
    const unit = taken.unit === undefined ? undefined : unitByCode(catalogue, taken.unit);
    const unknown = (pointer: string): Decision => ({ refuse: 'invalid', detail: { pointer } });
    if (taken.unit !== undefined && !unit) return unknown('/unit');
    if (taken.topic !== undefined && !catalogue.topics.some(({ code }) => code === taken.topic)) return unknown('/topic');
    if ((taken.kind === 'complaint') !== (taken.about !== undefined)) return unknown('/about');
    if (officer.role === 'administrator') return { refuse: 'not-your-role' };
    const { name, phone, reach } = taken.contact ?? {};
    const opening = openingOf(
      {
        kind: taken.kind,
        ...(taken.about && { about: taken.about }),
        ...(taken.topic !== undefined && { topic: taken.topic }),
        ...(unit && (taken.about === 'service' ? { team: unit.id } : { unit: unit.id })),
        ...(taken.named !== undefined && { named: taken.named }),
        details: taken.details,
        seal: false,
        answers: answersOf(taken, words, locale),
        ...(taken.contact && {
          contact: { ...(name !== undefined && { name }), ...(phone !== undefined && { phone }), ...(reach !== undefined && { reach }) },
        }),
        locale,
        actor: { kind: 'officer', officer: officer.id },
      },
      { catalogue, chance },
    );
    given(opening.code);
    return { changes: opening.changes, say: [] };
  };

function answersOf(taken: TakenDown, words: Words, locale: string): Answered[] {
  const line = (step: 'details' | 'officer' | 'place', shown: string | undefined): Answered[] =>
    shown === undefined ? [] : [{ step, asked: words.t(`report:${step}.ask`, locale), locale, value: shown, shown }];
  const source = words.t(`casework:source.${taken.source}`, locale);
  return [
    ...line('details', taken.details),
    ...line('officer', taken.named),
    ...line('place', taken.place),
    { step: 'source', asked: words.t('casework:source.ask', locale), locale, value: taken.source, shown: source },
  ];
}
