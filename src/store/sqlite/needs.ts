import { stationOf } from '../../domain/catalogue.ts';
import type { Id } from '../../domain/chance.ts';
import { lettersTyped } from '../../domain/chance.ts';
import type { Found, MyCase, Need } from '../../domain/decision.ts';
import { present } from './absent.ts';
import { type CaseRow, contentOf, fileOf } from './case-row.ts';
import { invitationOf, invitationOfCase, metOf, placedInvitation } from './contacts.ts';
import { dangerIn } from './emergencies.ts';
import { lookUp } from './lookups.ts';
import type { Parts } from './parts.ts';
import { promisesOf } from './promises.ts';
import type { Scene } from './scene.ts';
import { veiledOf } from './veiled.ts';

/** Loads what a turn's decision asked for, in the order it asked. */
export const load = (parts: Parts, scene: Scene, needs: readonly Need[]): Found[] => needs.map((need) => loadOne(parts, scene, need));

function loadOne(parts: Parts, scene: Scene, need: Need): Found {
  switch (need.what) {
    case 'myCases':
      return { what: 'myCases', cases: myCases(parts, scene, need.limit) };
    case 'myCase': {
      const row = parts.caseRows.byReference(lettersTyped(need.reference));
      const guest = row && whose(scene, row);
      return row && guest !== undefined ? { what: 'myCase', case: myCase(parts, row, guest) } : { what: 'myCase' };
    }
    case 'lookup': {
      const { row, limited } = lookUp(parts, scene, need);
      return row ? { what: 'lookup', case: myCase(parts, row, whose(scene, row) ?? true), limited } : { what: 'lookup', limited };
    }
    case 'invitation': {
      const invitation = invitationOf(parts, need.id);
      return invitation ? { what: 'invitation', invitation } : { what: 'invitation' };
    }
    case 'placed':
      return placedInvitation(parts, scene, need);
    case 'quoted': {
      const row = quotedCase(parts, scene, need.knownAs);
      return row ? { what: 'quoted', case: myCase(parts, row, whose(scene, row) ?? true) } : { what: 'quoted' };
    }
    case 'veiled':
      return { what: 'veiled', waiting: scene.conversation ? veiledOf(parts, scene.conversation).length : 0 };
    case 'duty':
      return { what: 'duty', present: isSomebodyOnDuty(parts, need.station, need.sealed) };
  }
}

/** Newest first: those filed here, sealed ones out of the envelope, and those opened by reference and code. */
function myCases(parts: Parts, scene: Scene, limit: number): MyCase[] {
  const { conversation } = scene;
  if (!conversation) return [];
  const own = parts
    .statement<[Id, number], Id>('select id from cases where conversation = ? order by id desc limit ?')
    .pluck()
    .all(conversation.id, limit);
  const ids = [...new Set([...own, ...conversation.memory.sealedCases, ...conversation.memory.guestCases])];
  return parts.caseRows
    .byIds(ids)
    .sort((a, b) => b.openedAt - a.openedAt || (a.id < b.id ? 1 : -1))
    .slice(0, limit)
    .map((row) => myCase(parts, row, whose(scene, row) ?? true));
}

/** The case of this conversation in whose thread a message of that name stands; a part of an album stands where its album does. */
function quotedCase(parts: Parts, scene: Scene, knownAs: string): CaseRow | undefined {
  if (!scene.conversation) return undefined;
  for (const named of parts.names.find(scene.conversation.channel, knownAs)) {
    const album = named.direction === 'in' && named.in_reply_to !== null ? parts.messages.byId(named.in_reply_to) : undefined;
    const id = (album ?? named).case_id;
    const row = id === null ? undefined : parts.caseRows.byId(id);
    if (row && whose(scene, row) !== undefined) return row;
  }
  return undefined;
}

/** False: this conversation filed it. True: it was opened here by reference and code. Undefined: neither. */
function whose({ conversation }: Scene, row: CaseRow): boolean | undefined {
  if (!conversation) return undefined;
  if (row.conversation === conversation.id || conversation.memory.sealedCases.includes(row.id)) return false;
  return conversation.memory.guestCases.includes(row.id) ? true : undefined;
}

function myCase(parts: Parts, row: CaseRow, guest: boolean): MyCase {
  const owner = row.owner === null ? undefined : parts.officers().get(row.owner);
  const answer = parts
    .statement<[Id], { id: Id; body: Buffer; at: number }>(
      "select id, body, at from messages where case_id = ? and from_kind = 'officer' order by seq desc limit 1",
    )
    .get(row.id);
  const { asked, open } = invitationOfCase(parts, row.id);
  return present({
    file: fileOf(row),
    content: contentOf(parts.keys, row),
    owner,
    lastAnswer: answer && { text: parts.messages.body(answer).text, at: answer.at },
    guest,
    openPromises: promisesOf(parts, row.id).filter(({ keptAt }) => keptAt === undefined),
    invited: asked,
    ...(dangerIn(parts, row.id) && { danger: true as const }),
    // A guest reads and adds; what acts as the resident stays with who filed.
    invitation: guest ? undefined : open,
    metInvitation: guest ? undefined : metOf(parts, row.id)?.invitation,
  });
}

function isSomebodyOnDuty(parts: Parts, station: Id, sealed: boolean): boolean {
  const catalogue = parts.catalogue();
  return parts
    .statement<[number, number], Id>('select distinct officer from sessions where on_duty = 1 and present_until > ? and expires_at > ?')
    .pluck()
    .all(parts.now(), parts.now())
    .some((id) => {
      const officer = parts.officers().get(id);
      if (!officer || officer.disabledAt !== undefined) return false;
      if (sealed) return officer.role === 'inspector';
      return (officer.role === 'officer' || officer.role === 'lead') && stationOf(catalogue, officer.unit)?.id === station;
    });
}
