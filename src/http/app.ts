import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { sessionCookie } from './auth/cookie.ts';
import { guard } from './auth/guard.ts';
import { apiPolicy } from './csp.ts';
import type { AppDeps, Deps } from './deps.ts';
import { describeApi, serveDocs } from './docs.ts';
import { healthRoutes } from './health.ts';
import { logRequests } from './logging.ts';
import { measuring } from './measured.ts';
import { serveMetrics } from './metrics.ts';
import { builtPages, servePages } from './pages.ts';
import { answerIn, answerProblems } from './problem/answer.ts';
import { answerBrokenRequests } from './problem/broken-request.ts';
import { validatorCompiler } from './problem/validation.ts';
import { attachmentRoutes } from './routes/attachments.ts';
import { auditRoutes } from './routes/audit.ts';
import { caseActRoutes } from './routes/case-acts.ts';
import { caseRoutes } from './routes/cases.ts';
import { catalogueRoutes } from './routes/catalogue.ts';
import { contactRoutes } from './routes/contacts.ts';
import { deliveryRoutes } from './routes/deliveries.ts';
import { emergencyRoutes } from './routes/emergencies.ts';
import { officerRoutes } from './routes/officers.ts';
import { ratingFigureRoutes } from './routes/rating-figures.ts';
import { ratingReplyRoutes } from './routes/rating-replies.ts';
import { ratingRoutes } from './routes/ratings.ts';
import { sessionRoutes } from './routes/session.ts';
import { setupRoutes } from './routes/setup.ts';
import { streamRoutes } from './routes/stream.ts';
import { servePublicFigures } from './satisfaction/satisfaction.ts';
import { createStreams } from './stream/streams.ts';

/** What one request of the API may weigh; channels that take files set their own. */
const BODY_BYTES = 64 * 1024;
/** A photo of 10 MB over 400 kbit/s takes 3.5 minutes; headers come at once or not at all. */
const REQUEST_MS = 4 * 60 * 1000;
const HEADERS_MS = 20_000;

/** A page may ask where its resident is, and take pictures by the phone's own camera app; nothing else. */
const PERMISSIONS = 'camera=(), microphone=(), geolocation=(self), payment=(), usb=()';

/** The whole face of the desk over HTTP: channels, admin API, pages, health. Listens to nothing yet. */
export async function createApp(given: AppDeps): Promise<FastifyInstance> {
  const deps: Deps = { ...given, now: given.now ?? Date.now };
  const { config, words } = deps;
  const answer = answerIn(words, config.defaultLocale);
  const app = fastify({
    ...(deps.log ? { loggerInstance: deps.log } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: answer,
    clientErrorHandler: answerBrokenRequests(words, config.defaultLocale),
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    http: { headersTimeout: HEADERS_MS },
    genReqId: () => randomUUID(),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerProblems(app, answer);
  // Only what a route asks for is read: text would pass for a body everywhere.
  app.removeContentTypeParser('text/plain');
  logRequests(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id).header('permissions-policy', PERMISSIONS);
  });
  await app.register(helmet, {
    contentSecurityPolicy: apiPolicy,
    crossOriginEmbedderPolicy: false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // Over plain http in the station's own network it would be a promise nobody keeps.
    strictTransportSecurity: config.publicUrl?.startsWith('https:') ? { maxAge: 31_536_000 } : false,
  });
  await app.register(cookie);
  await describeApi(app);

  const sessions = sessionCookie(config.publicUrl);
  const streams = createStreams(deps);
  app.addHook('preClose', async () => streams.end());
  await app.register(
    async (api) => {
      guard(api, deps, sessions);
      for (const routes of [
        sessionRoutes(deps, sessions, streams),
        caseRoutes(deps),
        caseActRoutes(deps),
        attachmentRoutes(deps),
        deliveryRoutes(deps),
        contactRoutes(deps),
        emergencyRoutes(deps),
        officerRoutes(deps, streams),
        catalogueRoutes(deps),
        setupRoutes(deps),
        ratingRoutes(deps),
        ratingFigureRoutes(deps),
        ratingReplyRoutes(deps),
        auditRoutes(deps),
        streamRoutes(streams),
      ]) {
        await api.register(routes);
      }
    },
    { prefix: '/api/v1' },
  );
  await serveDocs(app);
  for (const { plugin } of deps.channels) if (plugin) await app.register(plugin);
  const measure = measuring(deps.store);
  await app.register(healthRoutes(deps, measure));
  serveMetrics(app, deps, measure);
  servePublicFigures(app, deps);
  await servePages(app, deps.pages ?? builtPages);
  return app;
}
