import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { CaseKind } from '../../domain/case.ts';
import type { StationSettings, WeeklyHours } from '../../domain/catalogue.ts';
import { idFrom } from '../../domain/chance.ts';
import { DESK_CHAIN } from './audit.ts';
import type { Parts } from './parts.ts';
import { settings, topics, units } from './schema/catalogue.ts';

/** `locales`, beside `src` and `dist` alike. */
const localesFolder = fileURLToPath(new URL('../../../locales', import.meta.url));

const labelled = z.object({
  units: z.record(z.string(), z.string()),
  topics: z.record(z.string(), z.object({ label: z.string(), words: z.string() })),
});
type Labelled = z.infer<typeof labelled>;

interface FirstUnit {
  code: string;
  kind: 'bureau' | 'station' | 'team';
  parent?: string;
  inspects?: true;
}

const firstUnits: readonly FirstUnit[] = [
  { code: 'bureau', kind: 'bureau' },
  { code: 'inspection', kind: 'team', parent: 'bureau', inspects: true },
  { code: 'station', kind: 'station', parent: 'bureau' },
  { code: 'community', kind: 'team', parent: 'station' },
  { code: 'household', kind: 'team', parent: 'station' },
  { code: 'patrol', kind: 'team', parent: 'station' },
];

/** In the order they are offered; without a unit they go to the root station. */
const firstTopics: readonly { code: string; kinds: readonly CaseKind[]; unit?: string }[] = [
  { code: 'noise', kinds: ['problem', 'help', 'question'], unit: 'community' },
  { code: 'traffic', kinds: ['problem', 'help', 'question'], unit: 'patrol' },
  { code: 'dispute', kinds: ['dispute', 'problem', 'help', 'question'], unit: 'community' },
  { code: 'hazard', kinds: ['problem', 'help', 'question'], unit: 'community' },
  { code: 'theft', kinds: ['problem', 'help', 'question'] },
  { code: 'fraud', kinds: ['problem', 'help', 'question'] },
  { code: 'household-registration', kinds: ['question', 'help', 'problem'], unit: 'household' },
  { code: 'pets', kinds: ['problem', 'help', 'question'], unit: 'community' },
  { code: 'lost-and-found', kinds: ['help', 'problem', 'question'] },
  { code: 'gambling-vice', kinds: ['problem', 'help', 'question'] },
  { code: 'domestic-violence', kinds: ['help', 'problem', 'question'] },
  { code: 'service-quality', kinds: ['complaint', 'problem'] },
  { code: 'officer-conduct', kinds: ['complaint', 'problem'] },
  { code: 'suggestion', kinds: ['suggestion'] },
  { code: 'praise', kinds: ['praise'] },
  { code: 'other', kinds: ['problem', 'help', 'question', 'complaint', 'dispute', 'suggestion', 'praise'] },
];

const WORKDAY = [
  [8 * 60 + 30, 12 * 60],
  [14 * 60, 17 * 60 + 30],
] as const;
const firstHours: WeeklyHours = { 1: WORKDAY, 2: WORKDAY, 3: WORKDAY, 4: WORKDAY, 5: WORKDAY, 6: [], 7: [] };

/** Fills an empty database with one station that can work at once; within a write. */
export function seed(parts: Parts, { stationName, zone }: { stationName: string; zone: string }): void {
  const { db } = parts;
  const chance = parts.chance();
  const words = wordsByLocale();
  const unitId = (code: string): string => idFrom(chance, `unit/${code}`);
  const labels = (pick: (of: Labelled) => string | undefined): Record<string, string> =>
    Object.fromEntries(Object.entries(words).map(([locale, of]) => [locale, pick(of) ?? '']));
  for (const { code, kind, parent, inspects } of firstUnits) {
    const row = { id: unitId(code), code, kind, parent: parent === undefined ? null : unitId(parent), inspects: inspects ? 1 : 0 };
    db.insert(units)
      .values({ ...row, labels: labels((of) => of.units[code]) })
      .run();
  }
  for (const [place, { code, kinds, unit }] of firstTopics.entries()) {
    db.insert(topics)
      .values({
        code,
        version: 1,
        place,
        kinds,
        labels: labels((of) => of.topics[code]?.label),
        words: Object.fromEntries(Object.entries(words).map(([locale, of]) => [locale, proposing(of.topics[code]?.words)])),
        unit: unit === undefined ? null : unitId(unit),
        domesticViolence: code === 'domestic-violence' ? 1 : 0,
      })
      .run();
  }
  const station: StationSettings = { stationName, zone, hours: firstHours, bodyAbove: '' };
  const facts = { 'catalogue-version': 1, 'root-station': unitId('station'), station, 'written-at': 0, 'key-name': parts.master.wrapName };
  for (const [name, value] of Object.entries(facts)) db.insert(settings).values({ name, value }).run();
  parts.audit({ chain: DESK_CHAIN, actor: 'clock', verb: 'desk-made', subject: 'desk', change: station });
  parts.configured();
}

/** Labels and words live with all other words; every language there is. */
function wordsByLocale(): Record<string, Labelled> {
  const locales = readdirSync(localesFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return Object.fromEntries(
    locales.map(({ name }) => [name, labelled.parse(JSON.parse(readFileSync(`${localesFolder}/${name}/catalogue.json`, 'utf8')))]),
  );
}

const proposing = (words: string | undefined): string[] =>
  (words ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
