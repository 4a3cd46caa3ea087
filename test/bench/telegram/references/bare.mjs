// A bare grammY bot: stores nothing, answers each update. node bare.mjs; PORT, BOT_API, SECRET.
import { createServer } from 'node:http';
import { Bot, webhookCallback } from 'grammy';
import { everyButton, questions } from '../complaint.mjs';

const bot = new Bot('1:bench', { client: { apiRoot: process.env.BOT_API } });
const text = questions.at(-1)?.text ?? '';
bot.on(['message', 'callback_query'], (ctx) => ctx.reply(text, { reply_markup: everyButton }));
await bot.init();
createServer(webhookCallback(bot, 'http', { secretToken: process.env.SECRET })).listen(Number(process.env.PORT), '127.0.0.1', () =>
  process.send?.('ready'),
);
