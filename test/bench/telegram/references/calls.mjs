// Fastify and undici making the same calls, and nothing else. node calls.mjs; PORT, BOT_API, SECRET.
import fastify from 'fastify';
import { Pool } from 'undici';
import { everyButton, questions } from '../complaint.mjs';

const api = new Pool(process.env.BOT_API, { connections: 128, pipelining: 1 });
const text = questions.at(-1)?.text ?? '';
const app = fastify();
app.post('/', async (request, reply) => {
  if (request.headers['x-telegram-bot-api-secret-token'] !== process.env.SECRET) return reply.code(401).send();
  const { message = request.body.callback_query.message } = request.body;
  const body = JSON.stringify({ chat_id: message.chat.id, text, reply_markup: everyButton });
  const sent = await api.request({
    path: '/bot1:bench/sendMessage',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  await sent.body.json();
  return reply.code(200).send();
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
process.send?.('ready');
