import type { MyCase } from '../../src/domain/decision.ts';
import type { Officer } from '../../src/domain/officer.ts';
import { MONDAY_MORNING } from './turn-room.ts';

const DAY = 86_400_000;

export const photo = (id: string) => ({ id, kind: 'photo', state: 'stored', mime: 'image/jpeg' }) as const;

const LI_MING: Officer = { id: 'officer-1', username: 'li', role: 'officer', unit: 'community', publicName: '李明', version: 1 };

/** A case of the resident's, answered this morning. */
export const myCase = (over: Partial<MyCase['file']> = {}, more: Partial<MyCase> = {}): MyCase => ({
  file: {
    id: 'case-1',
    reference: 'ABCD2345',
    version: 4,
    kind: 'problem',
    status: 'answered',
    sealed: false,
    unit: 'station',
    station: 'station',
    owner: 'officer-1',
    subjects: { officers: [], units: [] },
    alias: '7KQ2',
    locale: 'zh-CN',
    openedAt: MONDAY_MORNING - 3 * DAY,
    answeredAt: MONDAY_MORNING,
    reopened: 0,
    handedBack: 0,
    domesticViolence: false,
    ...over,
  },
  content: { summary: '楼下烧烤店夜里放音响', answers: [] },
  owner: LI_MING,
  invited: false,
  guest: false,
  openPromises: [],
  ...more,
});
