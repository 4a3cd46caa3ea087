// Telegram's Bot API as far as the load needs it: takes every call, and tells at once who was sent what.
import { createServer } from 'node:http';

/** Answers each call of any bot; `heard(chat, message)` is told of each message, as its sender wrote it. */
export async function startDouble(heard) {
  let messages = 0;
  let webhook = '';
  const results = {
    getMe: () => ({ id: 1, is_bot: true, first_name: 'Bench', username: 'bench_bot' }),
    setWebhook: ({ url }) => {
      webhook = url;
      return true;
    },
    getWebhookInfo: () => ({ url: webhook, has_custom_certificate: false, pending_update_count: 0 }),
    sendMessage: ({ chat_id: id, text, reply_markup: markup }) => {
      messages += 1;
      heard(Number(id), { text, markup: typeof markup === 'string' ? JSON.parse(markup) : markup });
      return { message_id: messages, date: Math.floor(Date.now() / 1000), chat: { id: Number(id), type: 'private' }, text };
    },
  };
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const method = request.url.slice(request.url.lastIndexOf('/') + 1);
      const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, result: results[method]?.(body) ?? true }));
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Messages sent so far. */
    sent: () => messages,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}
