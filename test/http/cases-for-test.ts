import { join } from 'node:path';
import sharp from 'sharp';
import { openingOf, type Wanted } from '../../src/desk/filing.ts';
import { createMediaStore } from '../../src/desk/media.ts';
import { renderWith } from '../../src/desk/words.ts';
import type { CaseFile } from '../../src/domain/case.ts';
import { unitByCode } from '../../src/domain/catalogue.ts';
import { idFrom } from '../../src/domain/chance.ts';
import type { Change } from '../../src/domain/decision.ts';
import type { Media } from '../../src/domain/message.ts';
import type { DeskForTest } from '../desk-for-test.ts';

/** What a resident wants of the desk, with units by their codes. */
export interface Filed {
  kind: CaseFile['kind'];
  about?: CaseFile['about'];
  unit?: string;
  team?: string;
  words: string;
  photo?: boolean;
  emergency?: boolean;
  /** The desk has said something in it that the resident does not get. */
  undelivered?: boolean;
  status?: CaseFile['status'];
}

export interface FiledCase {
  reference: string;
  id: string;
  alias: string;
  words: string;
  photo?: string;
  emergency?: string;
  undelivered?: string;
}

let residents = 0;

/** A resident who was never here before files a case, in one turn: through the store as a channel's turn goes. */
export async function file(desk: DeskForTest, filed: Filed): Promise<FiledCase> {
  residents += 1;
  const resident = residents;
  const photo = filed.photo ? await photoIn(desk.dataDir) : undefined;
  const taken = await desk.store.takeTurn(
    {
      channel: 'web',
      bot: 'default',
      updateId: `filed-${resident}`,
      address: `resident-${resident}`,
      locale: 'zh-CN',
      input: photo ? { type: 'media', items: [photo], caption: filed.words } : { type: 'text', text: filed.words },
    },
    ({ catalogue, message }, chance) => {
      const wanted: Wanted = {
        kind: filed.kind,
        ...(filed.about && { about: filed.about }),
        ...(filed.unit && { unit: unitByCode(catalogue, filed.unit)?.id ?? '' }),
        ...(filed.team && { team: unitByCode(catalogue, filed.team)?.id ?? '' }),
        details: filed.words,
        seal: false,
        answers: [],
        contact: { name: '王秀兰', phone: '13900001111' },
        locale: 'zh-CN',
        actor: { kind: 'resident' },
        messages: [message.id],
        formTurns: [message.id],
        media: photo ? [photo.id] : [],
      };
      const opening = openingOf(wanted, { catalogue, chance });
      const emergency = idFrom(chance, 'emergency');
      const changes = opening.changes.map(
        (change): Change =>
          change.do === 'openCase' && filed.status
            ? { ...change, file: { ...change.file, status: filed.status, answeredAt: chance.now, closedAt: chance.now } }
            : change,
      );
      const raised: Change = {
        do: 'raiseEmergency',
        id: emergency,
        level: 'now',
        station: opening.file.station,
        toInspection: opening.file.sealed,
        case: opening.file.id,
        ruleDate: '2026-01-01',
        rule: 'test',
      };
      return {
        changes: filed.emergency ? [...changes, raised] : changes,
        say: filed.undelivered ? [{ key: 'casework:accepted', values: { reference: opening.file.reference }, case: opening.file.id }] : [],
        result: { reference: opening.file.reference, id: opening.file.id, alias: opening.file.alias, emergency },
      };
    },
    renderWith(desk.words),
  );
  const made = taken.result as { reference: string; id: string; alias: string; emergency: string };
  const [outbound] = taken.outbound;
  if (outbound) await desk.store.settle([{ outbound: outbound.id, outcome: { is: 'held', reason: 'window-closed' } }]);
  return { ...made, words: filed.words, ...(photo && { photo: photo.id }), ...(outbound && { undelivered: outbound.id }) };
}

async function photoIn(dataDir: string): Promise<Media> {
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#2266aa' } })
    .jpeg()
    .toBuffer();
  return createMediaStore({ dir: join(dataDir, 'media'), maxBytes: 1_000_000, floor: 0 }).keep(bytes, { kind: 'photo' });
}

/** A second bureau with a station of its own: out of everyone's reach who sits in the first. */
export async function addOtherBureau({ store }: DeskForTest): Promise<void> {
  const labels = (zh: string, en: string) => ({ 'zh-CN': zh, en });
  const bureau = await store.saveUnit('command-line', {
    code: 'bureau-2',
    kind: 'bureau',
    inspects: false,
    labels: labels('二分局', 'Second'),
  });
  await store.saveUnit('command-line', {
    code: 'station-2',
    kind: 'station',
    parent: bureau,
    inspects: false,
    labels: labels('河西派出所', 'West'),
  });
}
