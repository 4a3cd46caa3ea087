import { DateTime } from 'luxon';
import { stationOf, unitByCode } from '../../domain/catalogue.ts';
import { idFrom } from '../../domain/chance.ts';
import type { Found } from '../../domain/decision.ts';
import { type Place, placeIn, sourceAt } from '../../domain/place.ts';
import { beginRating } from './rate.ts';
import { change, found, say, type Talk } from './talk.ts';

/**
 * Rates a unit by the code of a place. The same resident at the same code on one day changes what they rated; a screen is many people's,
 * so there each time is another. False: the code is none of a place of ours.
 */
export function rateAtPlace(talk: Talk, code: string): boolean {
  const { catalogue } = talk.desk;
  const at = placeIn(code);
  const unit = at && unitByCode(catalogue, at.unit);
  if (!at || !unit || !stationOf(catalogue, unit.id)) return false;
  const right = at.place === 'screen' ? { id: idFrom(talk.chance, 'invitation') } : placed(talk, at.place, unit.id);
  if (!right) return true;
  if (right.invitation) {
    beginRating(talk, right.invitation);
    return true;
  }
  const today = DateTime.fromMillis(talk.chance.now, { zone: catalogue.settings.zone });
  change(talk, {
    do: 'inviteAt',
    contact: idFrom(talk.chance, 'contact'),
    invitation: right.id,
    place: at.place,
    unit: unit.id,
    source: sourceAt(at.place),
    day: today.startOf('day').toMillis(),
    expiresAt: today.plus({ days: 1 }).endOf('day').toMillis(),
  });
  const label = unit.labels[talk.locale] ?? unit.labels['zh-CN'] ?? unit.code;
  say(talk, { key: at.place === 'screen' ? 'desk:rate.on-screen' : 'desk:rate.by-code', values: { unit: label } });
  beginRating(talk, right);
  return true;
}

/** Undefined on the first round, which asks for it. */
const placed = (talk: Talk, place: Place, unit: string): Pick<Extract<Found, { what: 'placed' }>, 'id' | 'invitation'> | undefined =>
  found(talk, { what: 'placed', place, unit });
