import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { docsPolicy } from './csp.ts';

const DESCRIPTION = `What officers and integrations may ask of the desk. Times are ISO 8601 with offset; errors are RFC 9457 with a stable \`code\`;
lists are \`{ items, nextCursor }\` with \`?limit=&cursor=\`. Writes need \`X-CSRF-Token\` from the session, take an \`Idempotency-Key\`, and on a case need
\`If-Match\`. Order of checks: 401 · not visible 404 · 428 · 412 · visible but not yours to do 403. A case out of sight answers as one that does not exist.`;

/** Collects every route below `/api/v1` into one OpenAPI document; to be registered before them. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Tiexin admin API', version: '1', description: DESCRIPTION, license: { name: 'MIT', identifier: 'MIT' } },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'tiexin', description: '`__Host-tiexin` where the desk is reached by https' },
          csrf: { type: 'apiKey', in: 'header', name: 'X-CSRF-Token', description: 'From the answer of `GET` or `POST /session`' },
        },
      },
      security: [{ session: [] }],
    },
    transform: (described) => {
      const { url, route } = described;
      if (!url.startsWith('/api/v1')) return { schema: { ...described.schema, hide: true }, url };
      const transformed = jsonSchemaTransform(described);
      const security = securityOf([route.method].flat(), route.config?.opensTo);
      return { ...transformed, schema: { ...transformed.schema, ...(security && { security }) } };
    },
  });
}

/** What a route asks for beside the session that all of them ask for. */
function securityOf(methods: readonly string[], opensTo: string | undefined): Record<string, string[]>[] | undefined {
  if (opensTo === 'nobody') return [];
  return methods.includes('GET') ? undefined : [{ session: [], csrf: [] }];
}

/** The document for programs, and a page to read it. */
export async function serveDocs(app: FastifyInstance): Promise<void> {
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(app.swagger()),
  );
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: docsPolicy, uiConfig: { supportedSubmitMethods: [] } });
}
