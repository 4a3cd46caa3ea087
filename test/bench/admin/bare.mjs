// Fastify answering with one JSON body, and nothing else. node bare.mjs; PORT, BODY.
import { readFileSync } from 'node:fs';
import fastify from 'fastify';

const body = JSON.parse(readFileSync(process.env.BODY, 'utf8'));
const app = fastify();
app.get('/', async () => body);
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
process.send?.('ready');
