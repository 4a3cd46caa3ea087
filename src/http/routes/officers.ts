import { randomBytes } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { fitsUnit, mayList, mayManage } from '../../desk/accounts/manage.ts';
import { hashed, oneTimePassword, oneTimeUntil } from '../../desk/password.ts';
import { type Catalogue, unitByCode } from '../../domain/catalogue.ts';
import type { Id } from '../../domain/chance.ts';
import type { Officer, Role } from '../../domain/officer.ts';
import { Refused } from '../../domain/refusal.ts';
import type { OfficerChange } from '../../store/store.ts';
import { onceOf } from '../auth/act.ts';
import { signedIn } from '../auth/guard.ts';
import type { Deps } from '../deps.ts';
import { problems } from '../problem/problem.ts';
import { officerShown } from '../shown/officer.ts';
import { readerOf } from '../shown/reader.ts';
import type { Streams } from '../stream/streams.ts';
import { listOf } from '../views/list.ts';
import { newOfficer, officerMade, officerPatch, officerView } from '../views/officer.ts';
import { onceHeader } from '../views/write.ts';

const tags = ['officers'];

/** Accounts: administrators keep them, inspectors keep inspectors', everyone sees whom a case can be handed to. */
export const officerRoutes =
  (deps: Deps, streams: Streams): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, now } = deps;

    app.get(
      '/officers',
      { schema: { tags, summary: 'Accounts in one’s reach', response: { 200: listOf(officerView), ...problems(401, 403, 503) } } },
      async (request) => {
        const { officer } = signedIn(request);
        const reader = await readerOf(deps, request);
        const listed = (await store.officers()).filter((other) => mayList(officer, other, reader.catalogue));
        return { items: listed.map((other) => officerShown(other, reader)) };
      },
    );

    app.post(
      '/officers',
      {
        schema: {
          tags,
          summary: 'Make an account; its one-time password is in the answer and nowhere else',
          headers: onceHeader,
          body: newOfficer,
          response: { 201: officerMade, ...problems(400, 401, 403, 409, 413, 415, 422, 503) },
        },
      },
      async (request, reply) => {
        const { officer } = signedIn(request);
        const { username, role, unit, publicName, badge } = request.body;
        if (!mayManage(officer, undefined, role)) throw new Refused('not-your-role');
        const fitting = unitFor(role, unit, store.catalogue());
        const word = await newPassword(now());
        const saved = await store.saveOfficer(
          officer.id,
          { username, role, unit: fitting, publicName, ...(badge !== undefined && { badge }), ...word.kept },
          onceOf(request),
        );
        reply.code(201);
        const told = saved.repeat ? { passwordAlreadyTold: true as const } : { oneTimePassword: word.shown };
        return { officer: officerShown(saved, await readerOf(deps, request)), ...told };
      },
    );

    app.patch(
      '/officers/:username',
      {
        schema: {
          tags,
          summary: 'Change, move, disable or reset an account',
          params: z.object({ username: z.string() }),
          body: officerPatch,
          response: { 200: officerMade, ...problems(400, 401, 403, 404, 409, 412, 413, 415, 503) },
        },
      },
      async (request) => {
        const { officer } = signedIn(request);
        const reader = await readerOf(deps, request);
        const before = reader.named(request.params.username);
        if (!before || !mayList(officer, before, reader.catalogue)) throw new Refused('not-found');
        if (!mayManage(officer, before.role, request.body.role)) throw new Refused('not-your-role');
        const word = request.body.oneTimePassword ? await newPassword(now()) : undefined;
        const saved = await store.saveOfficer(officer.id, { ...changeOf(before, request.body, officer, reader.catalogue), ...word?.kept });
        streams.checkSessions();
        return { officer: officerShown(saved, reader), ...(word && { oneTimePassword: word.shown }) };
      },
    );
  };

/** The whole account after a patch. Nobody shuts out, moves or renames their own role: an account is never its own keeper. */
function changeOf(before: Officer, patch: z.infer<typeof officerPatch>, by: Officer, catalogue: Catalogue): OfficerChange {
  const own = before.id === by.id;
  if (own && (patch.disabled === true || patch.role !== undefined || patch.oneTimePassword)) throw new Refused('not-allowed-now');
  const role = patch.role ?? before.role;
  const moved = patch.unit !== undefined || patch.role !== undefined;
  const badge = patch.badge === undefined ? before.badge : (patch.badge ?? undefined);
  const code = patch.unit ?? catalogue.units.find(({ id }) => id === before.unit)?.code ?? '';
  return {
    id: before.id,
    username: before.username,
    role,
    unit: moved ? unitFor(role, code, catalogue) : before.unit,
    publicName: patch.publicName ?? before.publicName,
    ...(badge !== undefined && { badge }),
    ...(patch.disabled !== undefined && { disabled: patch.disabled }),
    seen: before.version,
  };
}

function unitFor(role: Role, code: string, catalogue: Catalogue): Id {
  const unit = unitByCode(catalogue, code);
  if (!unit) throw new Refused('invalid', { wrong: [{ pointer: '/unit', wrong: 'unknown' }] });
  if (!fitsUnit(role, unit.id, catalogue)) throw new Refused('invalid', { wrong: [{ pointer: '/unit', wrong: 'unit' }] });
  return unit.id;
}

async function newPassword(now: number): Promise<{ shown: string; kept: { passwordHash: string; oneTimeUntil: number } }> {
  const shown = oneTimePassword(randomBytes(64));
  return { shown, kept: { passwordHash: await hashed(shown), oneTimeUntil: oneTimeUntil(now) } };
}
