import { usualHours } from '../../src/domain/calendar.ts';
import type { CaseFile } from '../../src/domain/case.ts';
import type { Catalogue, Unit } from '../../src/domain/catalogue.ts';
import type { Officer, Role } from '../../src/domain/officer.ts';

const unit = (id: string, kind: Unit['kind'], parent?: string, inspects = false): Unit => ({
  id,
  code: id,
  kind,
  inspects,
  labels: { 'zh-CN': id, en: id },
  ...(parent !== undefined && { parent }),
});

/** Two bureaus; the first has two stations, one of them with teams, and inspection beside them. */
export const catalogue: Catalogue = {
  version: 1,
  settings: { stationName: '青柳派出所', zone: 'Asia/Shanghai', hours: usualHours, bodyAbove: '' },
  rootStation: 'station',
  units: [
    unit('bureau', 'bureau'),
    unit('inspection', 'team', 'bureau', true),
    unit('station', 'station', 'bureau'),
    unit('patrol', 'team', 'station'),
    unit('household', 'team', 'station'),
    unit('station-2', 'station', 'bureau'),
    unit('bureau-2', 'bureau'),
    unit('inspection-2', 'team', 'bureau-2', true),
    unit('station-3', 'station', 'bureau-2'),
  ],
  areas: [],
  topics: [],
  inspectorExists: true,
};

export const account = (role: Role, unitId: string, more: Partial<Officer> = {}): Officer => ({
  id: `${role}-of-${unitId}`,
  username: `${role}-of-${unitId}`,
  role,
  unit: unitId,
  publicName: `${role} ${unitId}`,
  version: 1,
  ...more,
});

export const file = (more: Partial<CaseFile> = {}): CaseFile => ({
  id: 'case-1',
  reference: 'ABCD2345',
  version: 1,
  kind: 'problem',
  status: 'opened',
  sealed: false,
  unit: 'station',
  station: 'station',
  subjects: { officers: [], units: [] },
  alias: '7KQ2',
  locale: 'zh-CN',
  openedAt: 0,
  reopened: 0,
  handedBack: 0,
  domesticViolence: false,
  ...more,
});
