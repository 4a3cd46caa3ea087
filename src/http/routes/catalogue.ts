import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { unitBelow } from '../../desk/units.ts';
import { type Topic, unitByCode } from '../../domain/catalogue.ts';
import { Refused } from '../../domain/refusal.ts';
import { onceOf } from '../auth/act.ts';
import { inRole } from '../auth/role.ts';
import type { Deps } from '../deps.ts';
import { problems } from '../problem/problem.ts';
import { unitShownWhole } from '../shown/officer.ts';
import { labelIn, type Reader, readerOf, unitShown } from '../shown/reader.ts';
import { areaView, newUnit, type TopicView, topicView, unitPatch } from '../views/catalogue.ts';
import { listOf } from '../views/list.ts';
import { type UnitView, unitView } from '../views/officer.ts';
import { onceHeader } from '../views/write.ts';

const tags = ['catalogue'];

/** What cases are sorted by: units, topics and areas, as they stand. */
export const catalogueRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/units',
      { schema: { tags, summary: 'Units: bureau, stations, teams', response: { 200: listOf(unitView), ...problems(401, 403, 503) } } },
      async (request) => {
        const reader = await readerOf(deps, request);
        return { items: reader.catalogue.units.map((unit) => unitShownWhole(unit, reader)) };
      },
    );

    app.post(
      '/units',
      {
        schema: {
          tags,
          summary: 'Add a station or a team',
          headers: onceHeader,
          body: newUnit,
          response: { 201: unitView, ...problems(400, 401, 403, 409, 413, 415, 422, 503) },
        },
      },
      async (request, reply) => {
        const { id } = inRole(request, 'administrator');
        await deps.store.saveUnit(id, unitBelow(deps.store.catalogue(), request.body), onceOf(request));
        reply.code(201);
        return unitAfter(deps, request, request.body.code);
      },
    );

    app.patch(
      '/units/:code',
      {
        schema: {
          tags,
          summary: 'Call a unit by another name',
          params: z.object({ code: z.string() }),
          body: unitPatch,
          response: { 200: unitView, ...problems(400, 401, 403, 404, 413, 415, 503) },
        },
      },
      async (request) => {
        const { id } = inRole(request, 'administrator');
        const { code } = request.params;
        const unit = unitByCode(deps.store.catalogue(), code);
        if (!unit) throw new Refused('not-found');
        await deps.store.saveUnit(id, { ...unit, labels: { ...unit.labels, ...request.body.labels } });
        return unitAfter(deps, request, code);
      },
    );

    app.get(
      '/topics',
      { schema: { tags, summary: 'Topics', response: { 200: listOf(topicView), ...problems(401, 403, 503) } } },
      async (request) => {
        const reader = await readerOf(deps, request);
        return { items: reader.catalogue.topics.map((topic) => topicWhole(topic, reader)) };
      },
    );

    app.get(
      '/areas',
      { schema: { tags, summary: 'Areas: communities and villages', response: { 200: listOf(areaView), ...problems(401, 403, 503) } } },
      async (request) => {
        const reader = await readerOf(deps, request);
        const { areas } = reader.catalogue;
        return {
          items: areas.map(({ code, parent, unit, labels }) => ({
            code,
            parent: areas.find(({ id }) => id === parent)?.code ?? null,
            unit: unit === undefined ? null : unitShown(unit, reader).code,
            label: labelIn(labels, reader.locale, code),
            labels: { ...labels },
          })),
        };
      },
    );
  };

async function unitAfter(deps: Deps, request: FastifyRequest, code: string): Promise<UnitView> {
  const reader = await readerOf(deps, request);
  const unit = unitByCode(reader.catalogue, code);
  if (!unit) throw new Refused('not-found');
  return unitShownWhole(unit, reader);
}

const topicWhole = ({ code, kinds, labels, unit, domesticViolence }: Topic, reader: Reader): TopicView => ({
  code,
  kinds: [...kinds],
  label: labelIn(labels, reader.locale, code),
  labels: { ...labels },
  unit: unit === undefined ? null : unitShown(unit, reader).code,
  domesticViolence,
});
