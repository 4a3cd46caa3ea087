import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { By } from '../../desk/casework.ts';
import { Refused } from '../../domain/refusal.ts';
import type { Acted } from '../../store/store.ts';
import { byOf, byWhoSaw, done, referenceIn } from '../auth/act.ts';
import type { Deps } from '../deps.ts';
import { problems } from '../problem/problem.ts';
import { messageShown } from '../shown/case.ts';
import * as views from '../views/case.ts';
import { onceHeader, seenHeader } from '../views/write.ts';

const tags = ['cases'];
const params = views.byReference;
const refusals = problems(400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 503);

/** What officers do with a case. The rules are casework's; these only carry its answers. */
export const caseActRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { casework, store } = deps;

    /** An act that changes the case's head: needs the version its writer saw, gives the one after it. */
    const act = <Body extends z.ZodType>(
      method: 'PUT' | 'DELETE',
      noun: string,
      { summary, body, run }: { summary: string; body: Body; run: (by: By, reference: string, body: z.output<Body>) => Promise<Acted> },
    ) =>
      app.route({
        method,
        url: `/cases/:reference/${noun}`,
        schema: { tags, summary, params, headers: seenHeader, body, response: { 200: views.written, ...refusals } },
        handler: async (request) => {
          const by = await byWhoSaw(deps, request);
          return written(await done(deps, request, run(by, referenceIn(request), request.body as z.output<Body>)));
        },
      });

    act('PUT', 'acceptance', {
      summary: 'Accept it, or say why not and where instead',
      body: views.acceptance,
      run: (by, reference, { accepted, reason, instead }) =>
        accepted ? casework.accept(by, reference) : casework.refuse(by, reference, reason ?? '', instead),
    });
    act('PUT', 'assignee', {
      summary: 'Take it (one’s own name), hand it to somebody, or hand it back (null)',
      body: views.assignee,
      run: (by, reference, { username, reason }) => {
        if (username === by.officer.username) return casework.take(by, reference);
        if (username === null && by.officer.role === 'officer') return casework.handBack(by, reference, reason ?? '');
        return casework.assign(by, reference, username, reason);
      },
    });
    act('PUT', 'sparing', {
      summary: 'Don’t ask its resident to rate: a lead’s or inspection’s to say, and counted in public',
      body: views.sparing,
      run: (by, reference, { why }) => casework.spare(by, reference, why),
    });
    act('PUT', 'finding', {
      summary: 'Say what was found of what a low rating says: needed before it is answered',
      body: views.finding,
      run: (by, reference, { finding, text }) => casework.verify(by, reference, finding, text),
    });
    act('PUT', 'plan', {
      summary: 'Tell the resident of a low rating what will be put right, and by which working day',
      body: views.planned,
      run: (by, reference, { until, text }) => casework.plan(by, reference, until, text),
    });
    act('PUT', 'answer', {
      summary: 'Answer it, and ask whether that solves it',
      body: views.answer,
      run: (by, reference, { outcome, text }) => casework.answer(by, reference, outcome, text),
    });
    act('PUT', 'closure', {
      summary: 'Close it: confirmed on the resident’s word, or not reached',
      body: views.closure,
      run: (by, reference, { confirmation, reason }) => casework.close(by, reference, confirmation, reason),
    });
    act('DELETE', 'closure', {
      summary: 'Reopen it',
      body: views.reopening,
      run: (by, reference, { reason }) => casework.reopen(by, reference, reason),
    });
    act('PUT', 'withdrawal', {
      summary: 'Take it back in the resident’s words, at the counter',
      body: views.withdrawal,
      run: (by, reference, { words }) => casework.withdraw(by, reference, words),
    });
    act('PUT', 'seal', {
      summary: 'Pass it to inspection: it is out of one’s own sight at once',
      body: views.sealing,
      run: (by, reference, { reason }) => casework.passToInspection(by, reference, reason),
    });

    app.post(
      '/cases/:reference/replies',
      {
        schema: {
          tags,
          summary: 'Write to the resident: queued, and signed',
          params,
          headers: seenHeader,
          body: views.reply,
          response: { 201: views.replied, ...refusals },
        },
      },
      async (request, reply) => {
        const by = await byWhoSaw(deps, request);
        const { reference, made, version } = await done(deps, request, casework.reply(by, referenceIn(request), request.body.text));
        const found = await store.readCase(by.scope, by.officer.id, reference);
        const message = found?.messages.find(({ id }) => id === made);
        if (!message) throw new Refused('not-found');
        reply.code(201);
        return { message: messageShown(message), version };
      },
    );

    app.post(
      '/cases/:reference/contacts',
      {
        schema: {
          tags,
          summary: 'Write down that its resident was met or spoken with: the system may ask them the day after how it was',
          params,
          headers: onceHeader,
          body: views.meeting,
          response: { 201: views.written, ...refusals },
        },
      },
      async (request, reply) => {
        const acted = await done(deps, request, casework.meet(byOf(request), referenceIn(request), request.body.how));
        reply.code(201);
        return written(acted);
      },
    );

    app.post(
      '/cases/:reference/notes',
      {
        schema: {
          tags,
          summary: 'Note something for colleagues: the resident never reads it',
          params,
          headers: onceHeader,
          body: views.note,
          response: { 201: views.written, ...refusals },
        },
      },
      async (request, reply) => {
        const acted = await done(deps, request, casework.note(byOf(request), referenceIn(request), request.body.text));
        reply.code(201);
        return written(acted);
      },
    );
  };

const written = ({ reference, version, made }: Extract<Acted, { done: true }>): z.infer<typeof views.written> => ({
  reference,
  version,
  ...(made !== undefined && { made }),
});
