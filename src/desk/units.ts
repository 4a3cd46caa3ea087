import { type Catalogue, type Unit, unitByCode } from '../domain/catalogue.ts';
import { Refused } from '../domain/refusal.ts';

/** A unit to be added below another: a station below a bureau, a team below a station or a team. That no other has its code the store sees to. */
export function unitBelow(
  catalogue: Catalogue,
  wanted: Pick<Unit, 'code' | 'labels'> & { kind: 'station' | 'team'; parent: string },
): Omit<Unit, 'id'> {
  const { code, kind, labels } = wanted;
  const parent = unitByCode(catalogue, wanted.parent);
  const fits = parent !== undefined && (kind === 'station' ? parent.kind === 'bureau' : parent.kind !== 'bureau');
  if (!fits) throw new Refused('invalid', { wrong: [{ pointer: '/parent', wrong: 'unknown' }] });
  // What lies below inspection is inspection: its people stay outside every station.
  return { code, kind, parent: parent.id, inspects: parent.inspects, labels };
}
