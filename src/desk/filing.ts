import { calendarOf } from '../domain/calendar.ts';
import type { About, Answered, CaseFile, CaseKind, ContactDetails, DueWhy, EventActor } from '../domain/case.ts';
import { type Catalogue, stationOf, type Topic, type Unit, unitById } from '../domain/catalogue.ts';
import { type Chance, codeFrom, type Id, idFrom, lettersFrom, referenceFrom } from '../domain/chance.ts';
import type { Change, PromiseKind } from '../domain/decision.ts';
import { dueAt } from '../domain/due.ts';
import { aboutPolice } from '../domain/policy.ts';
import { targetsOf } from '../domain/targets.ts';

/** What someone wants opened: a resident's finished form, or an officer writing for one at the counter. */
export interface Wanted {
  kind: CaseKind;
  about?: About;
  /** A catalogue code. */
  topic?: string;
  /** Unit ids: the team a complaint about service is about; the unit complained about, or asked for. */
  team?: Id;
  unit?: Id;
  area?: string;
  /** The officers it must be kept from: who was rated low. */
  keptFrom?: readonly Id[];
  /** The officer complained about, as the resident names them. */
  named?: string;
  details: string;
  /** The resident's own act: "this is about police". */
  seal: boolean;
  answers: readonly Answered[];
  contact?: ContactDetails;
  locale: string;
  actor: EventActor;
  messages?: readonly Id[];
  formTurns?: readonly Id[];
  media?: readonly Id[];
}

/** A case about to be opened: its head, the code for the resident alone, and all that makes it so. */
export interface Opening {
  file: CaseFile;
  code: string;
  changes: readonly Change[];
  /** What is owed first. */
  firstAnswerDueAt: number;
}

const DAY_MS = 86_400_000;
/** No open case goes longer without a person's words to its resident. */
export const SILENCE_AT_MOST_MS = 28 * DAY_MS;
/** Letters of an alias: `居民 7KQ2`. */
const ALIAS_LETTERS = 4;

/** Opens a case: where it goes, whether it is sealed, what is promised and until when. Pure; `chance` gives its names. */
export function openingOf(wanted: Wanted, { catalogue, chance }: { catalogue: Catalogue; chance: Chance }): Opening {
  const topic = catalogue.topics.find(({ code }) => code === wanted.topic);
  const sealed = wanted.seal || aboutPolice({ kind: wanted.kind, ...(wanted.about && { about: wanted.about }), sealed: false });
  const head = {
    id: idFrom(chance, 'case'),
    reference: referenceFrom(chance),
    version: 1,
    kind: wanted.kind,
    ...(wanted.about && { about: wanted.about }),
    ...(topic && { topic: topic.code }),
    status: 'opened',
    sealed,
    ...routed(wanted, sealed, topic, catalogue),
    ...(wanted.area !== undefined && { area: wanted.area }),
    subjects: {
      officers: wanted.keptFrom ?? [],
      units: wanted.kind === 'complaint' ? subjectUnits(wanted) : [],
    },
    alias: lettersFrom(chance, 'alias', ALIAS_LETTERS),
    locale: wanted.locale,
    openedAt: chance.now,
    reopened: 0,
    handedBack: 0,
    domesticViolence: topic?.domesticViolence ?? false,
  } satisfies CaseFile;
  const owed = promised(head, topic, catalogue, chance.now);
  const [first] = owed;
  const file: CaseFile = { ...head, dueAt: first.dueAt, dueWhy: first.why };
  const code = codeFrom(chance);
  return {
    file,
    code,
    firstAnswerDueAt: first.dueAt,
    changes: [
      {
        do: 'openCase',
        file,
        content: {
          summary: summaryOf(wanted.details),
          answers: wanted.answers,
          ...(wanted.named !== undefined && { named: wanted.named }),
        },
        ...(wanted.contact && { contact: wanted.contact }),
        code,
        messages: wanted.messages ?? [],
        formTurns: wanted.formTurns ?? [],
        media: wanted.media ?? [],
        actor: wanted.actor,
      },
      ...owed.map(({ kind, dueAt: due, why }): Change => ({ do: 'promise', case: file.id, kind, nth: 0, dueAt: due, why })),
      { do: 'promise', case: file.id, kind: 'hear-from-us', nth: 0, dueAt: chance.now + SILENCE_AT_MOST_MS },
    ],
  };
}

/** Sealed: with inspection, in the chain of the station it concerns. Else with the topic's unit, or the root station. */
function routed(
  wanted: Wanted,
  sealed: boolean,
  topic: Topic | undefined,
  catalogue: Catalogue,
): Pick<CaseFile, 'unit' | 'station' | 'teamConcerned'> {
  const station = (unit: Id | undefined): Id => (unit === undefined ? undefined : stationOf(catalogue, unit)?.id) ?? catalogue.rootStation;
  if (sealed) {
    const concerned = station(wanted.unit ?? wanted.team);
    return { unit: inspectionOf(catalogue)?.id ?? concerned, station: concerned };
  }
  if (wanted.kind === 'complaint') {
    const unit = station(wanted.team);
    return { unit, station: unit, ...(wanted.team !== undefined && { teamConcerned: wanted.team }) };
  }
  const chosen = [wanted.unit, wanted.team, topic?.unit].find((id) => id !== undefined && unitById(catalogue, id) !== undefined);
  return { unit: chosen ?? catalogue.rootStation, station: station(chosen) };
}

/** The team that inspects; of several the first in the catalogue. */
export const inspectionOf = (catalogue: Catalogue): Unit | undefined => catalogue.units.find(({ inspects }) => inspects);

/** The unit named, so that nobody who sits in it reads the complaint; a complaint about service keeps out its team by `teamConcerned`. */
const subjectUnits = ({ about, unit, team }: Wanted): Id[] =>
  about === 'service' ? [] : [unit ?? team].filter((id): id is Id => id !== undefined);

type Owed = { kind: PromiseKind; dueAt: number; why: DueWhy };

function promised(file: Omit<CaseFile, 'dueAt'>, topic: Topic | undefined, catalogue: Catalogue, now: number): readonly [Owed, ...Owed[]] {
  const { firstAnswer, finish } = targetsOf(file, topic);
  const calendar = calendarOf(catalogue.settings);
  const owed = (kind: PromiseKind, target: string): Owed => {
    const { at, why } = dueAt(now, target, calendar, kind);
    return { kind, dueAt: at, why };
  };
  return finish === undefined ? [owed('first-answer', firstAnswer)] : [owed('first-answer', firstAnswer), owed('finish', finish)];
}

const SUMMARY_CHARACTERS = 60;

/** One line for a queue, never cut inside a character a reader sees as one. */
export function summaryOf(details: string): string {
  const line = details.replace(/\s+/g, ' ').trim();
  const characters = [...new Intl.Segmenter().segment(line)].map(({ segment }) => segment);
  return characters.length <= SUMMARY_CHARACTERS ? line : `${characters.slice(0, SUMMARY_CHARACTERS - 1).join('')}…`;
}
