import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { WeeklyHours } from '../../domain/catalogue.ts';
import { Refused } from '../../domain/refusal.ts';
import { inRole } from '../auth/role.ts';
import type { Deps } from '../deps.ts';
import { problems } from '../problem/problem.ts';
import { type SetupView, setupPatch, setupView } from '../views/officer.ts';

const tags = ['setup'];
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** The first-run checklist: the station's name and hours, its first officer, its first inspector. */
export const setupRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store } = deps;

    app.get(
      '/setup',
      { schema: { tags, summary: 'What stands of the first-run checklist', response: { 200: setupView, ...problems(401, 403, 503) } } },
      async (request) => {
        inRole(request, 'administrator');
        return setupShown(deps);
      },
    );

    app.patch(
      '/setup',
      {
        schema: {
          tags,
          summary: 'Name the station, its hours, the body above',
          body: setupPatch,
          response: { 200: setupView, ...problems(400, 401, 403, 413, 415, 503) },
        },
      },
      async (request) => {
        const { id } = inRole(request, 'administrator');
        const { stationName, hours, bodyAbove, ratingShare } = request.body;
        await store.saveSettings(id, {
          ...(stationName !== undefined && { stationName }),
          ...(hours && { hours: weeklyHours(hours) }),
          ...(bodyAbove !== undefined && { bodyAbove }),
          ...(ratingShare !== undefined && { ratingShare }),
        });
        return setupShown(deps);
      },
    );
  };

async function setupShown({ store }: Deps): Promise<SetupView> {
  const { settings, inspectorExists, units } = store.catalogue();
  const officers = await store.officers();
  const inspection = units.find(({ inspects }) => inspects)?.code ?? 'inspection';
  return {
    stationName: settings.stationName,
    zone: settings.zone,
    hours: Object.fromEntries(
      WEEKDAYS.map((day) => [day, (settings.hours[day] ?? []).map(([from, to]): [string, string] => [clock(from), clock(to)])]),
    ),
    bodyAbove: settings.bodyAbove,
    ratingShare: settings.ratingShare ?? 100,
    officerExists: officers.some(({ role, disabledAt }) => disabledAt === undefined && (role === 'officer' || role === 'lead')),
    inspectorExists,
    inspectorCommand: `npm run tiexin -- officer add --role inspector --unit ${inspection} --username `,
  };
}

type Hours = NonNullable<z.infer<typeof setupPatch>['hours']>;

/** Minutes since midnight; spans of a day in order, none of them empty, none over another. */
function weeklyHours(hours: Hours): WeeklyHours {
  return Object.fromEntries(
    WEEKDAYS.map((day) => {
      const spans = (hours[day] ?? []).map(([from, to]) => [minutes(from), minutes(to)] as const);
      const wrong = spans.findIndex(([from, to], at) => from >= to || from < (spans[at - 1]?.[1] ?? 0));
      if (wrong >= 0) throw new Refused('invalid', { wrong: [{ pointer: `/hours/${day}/${wrong}`, wrong: 'hours' }] });
      return [day, spans];
    }),
  );
}

const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const clock = (at: number): string => [Math.floor(at / 60), at % 60].map((part) => String(part).padStart(2, '0')).join(':');
