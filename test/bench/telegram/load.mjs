// Many residents at once, each going through the whole conversation again and again as somebody new.
import { Pool } from 'undici';
import { REFERENCE, steps } from './complaint.mjs';

export const SECRET = 'bench-secret_0123456789';
const PATIENCE_MS = 20_000;
let updates = 0;
let people = 1_000;

const dataOf = (markup) => (markup?.inline_keyboard ?? []).flat().flatMap(({ callback_data: data }) => (data === undefined ? [] : [data]));

/** Who listens for what the bot says to a chat. */
export function createEars() {
  const ears = new Map();
  return {
    heard: (chat, message) => ears.get(chat)?.(message),
    listen: (chat, ear) => void ears.set(chat, ear),
    forget: (chat) => void ears.delete(chat),
  };
}

/**
 * `chats` at a time until `conversations` are through; `repeats`: the share of updates that come twice, at the same moment.
 * Counted until the last answer has reached the double.
 */
export async function load({ url, ears, chats, conversations, repeats = 0 }) {
  const pool = new Pool(new URL(url).origin, { connections: chats * 2, pipelining: 1 });
  const path = new URL(url).pathname;
  const waits = [];
  let sent = 0;
  let left = conversations;
  const deliver = async (body) => {
    for (;;) {
      const { statusCode, body: answer } = await pool.request({
        path,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET },
        body,
      });
      await answer.dump();
      if (statusCode === 200) return;
      if (statusCode !== 503) throw new Error(`an update was answered with ${statusCode}`);
    }
  };
  const resident = async () => {
    while (left > 0) {
      left -= 1;
      people += 1;
      const chat = people;
      let buttons = [];
      let keyboard;
      let hears = () => undefined;
      ears.listen(chat, ({ text, markup }) => {
        buttons = [...buttons, ...dataOf(markup)];
        if (markup?.inline_keyboard) keyboard = markup;
        hears(text);
      });
      for (const [nth, step] of steps.entries()) {
        const next = steps[nth + 1];
        const isAnswered = (text) =>
          next ? next.tap === undefined || buttons.some((data) => data.split(':').includes(next.tap)) : REFERENCE.test(text);
        const data = step.tap && buttons.findLast((one) => one.split(':').includes(step.tap));
        buttons = [];
        const began = performance.now();
        const answered = new Promise((resolve, reject) => {
          const late = setTimeout(() => reject(new Error(`no answer to ${JSON.stringify(step)} within ${PATIENCE_MS} ms`)), PATIENCE_MS);
          hears = (text) => {
            if (!isAnswered(text)) return;
            clearTimeout(late);
            resolve(performance.now() - began);
          };
        });
        const body = JSON.stringify(updateOf(chat, step, data, keyboard));
        sent += 1;
        const twice = Math.random() < repeats;
        const [wait] = await Promise.all([answered, deliver(body), ...(twice ? [deliver(body)] : [])]);
        waits.push(wait);
      }
      ears.forget(chat);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: chats }, resident));
  const seconds = (performance.now() - began) / 1000;
  await pool.close();
  waits.sort((a, b) => a - b);
  const at = (share) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))];
  return { updates: sent, seconds, rate: sent / seconds, p50: at(0.5), p99: at(0.99) };
}

/** A tap comes with the message it was made on, as Telegram sends it. */
function updateOf(chat, { say }, data, keyboard) {
  updates += 1;
  const from = { id: chat, is_bot: false, first_name: '居民', language_code: 'zh-hans' };
  const about = { chat: { id: chat, type: 'private', first_name: '居民' }, date: Math.floor(Date.now() / 1000) };
  if (say === undefined) {
    const message = {
      message_id: updates,
      ...about,
      from: { id: 1, is_bot: true, first_name: 'Bench' },
      text: '…',
      reply_markup: keyboard,
    };
    return { update_id: updates, callback_query: { id: String(updates), from, chat_instance: String(chat), data, message } };
  }
  const entities = say.startsWith('/') ? [{ type: 'bot_command', offset: 0, length: say.length }] : undefined;
  return {
    update_id: updates,
    message: { message_id: updates, ...about, from, text: entities ? say : `${say}（${chat}）`, ...(entities && { entities }) },
  };
}
