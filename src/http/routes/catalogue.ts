import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Topic } from '../../domain/catalogue.ts';
import type { Deps } from '../deps.ts';
import { problems } from '../problem/problem.ts';
import { unitShownWhole } from '../shown/officer.ts';
import { labelIn, type Reader, readerOf, unitShown } from '../shown/reader.ts';
import { areaView, type TopicView, topicView } from '../views/catalogue.ts';
import { listOf } from '../views/list.ts';
import { unitView } from '../views/officer.ts';

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

const topicWhole = ({ code, kinds, labels, unit, domesticViolence }: Topic, reader: Reader): TopicView => ({
  code,
  kinds: [...kinds],
  label: labelIn(labels, reader.locale, code),
  labels: { ...labels },
  unit: unit === undefined ? null : unitShown(unit, reader).code,
  domesticViolence,
});
