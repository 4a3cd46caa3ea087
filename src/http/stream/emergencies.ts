import type { EmergencyLine } from '../../store/store.ts';
import { encoded, type Line, write } from './line.ts';

/** Tells a stream what it has not heard: emergencies that are new to it, and those somebody has acknowledged since. */
export function tellEmergencies(line: Line, inReach: readonly EmergencyLine[]): void {
  const open = new Map(inReach.filter(({ acknowledgedAt }) => acknowledgedAt === undefined).map((one) => [one.id, one]));
  for (const [id, { level }] of open) {
    if (!line.emergencies.has(id)) write(line, encoded({ event: 'emergency', data: { id, level, acknowledged: false } }));
  }
  for (const id of line.emergencies) {
    if (!open.has(id)) write(line, encoded({ event: 'emergency', data: { id, acknowledged: true } }));
  }
  line.emergencies = new Set(open.keys());
}
