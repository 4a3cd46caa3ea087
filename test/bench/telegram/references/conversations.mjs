// grammY's conversations plugin with its state in SQLite: the same questions, and a row for each case. node conversations.mjs; PORT, BOT_API, SECRET, DATA_DIR.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { conversations, createConversation } from '@grammyjs/conversations';
import Database from 'better-sqlite3';
import { Bot, webhookCallback } from 'grammy';
import { keyboardOf, questions } from '../complaint.mjs';

const db = new Database(join(process.env.DATA_DIR, 'state.db'));
db.pragma('journal_mode = wal');
db.pragma('synchronous = full');
db.exec('create table state (key text primary key, value text); create table cases (id integer primary key, chat integer, answers text)');
const find = db.prepare('select value from state where key = ?').pluck();
const keep = db.prepare('insert into state values (?, ?) on conflict do update set value = excluded.value');
const drop = db.prepare('delete from state where key = ?');
const file = db.prepare('insert into cases (chat, answers) values (?, ?)');
const adapter = {
  read: (key) => {
    const value = find.get(key);
    return value === undefined ? undefined : JSON.parse(value);
  },
  write: (key, state) => void keep.run(key, JSON.stringify(state)),
  delete: (key) => void drop.run(key),
};

const say = (ctx, question) => ctx.reply(question.text, { reply_markup: keyboardOf(question) });

async function complain(conversation, ctx) {
  const [, details, ...choices] = questions;
  await say(ctx, details);
  const answers = [(await conversation.waitFor('message:text')).message.text];
  const filed = choices.pop();
  for (const question of choices) {
    await say(ctx, question);
    answers.push((await conversation.waitForCallbackQuery(question.taps)).callbackQuery.data);
  }
  await conversation.external(() => void file.run(ctx.chat.id, JSON.stringify(answers)));
  await say(ctx, filed);
}

const bot = new Bot('1:bench', { client: { apiRoot: process.env.BOT_API } });
bot.use(conversations({ storage: { type: 'key', version: 0, adapter } }));
bot.use(createConversation(complain));
bot.command('start', (ctx) => say(ctx, questions[0]));
bot.callbackQuery('report', (ctx) => ctx.conversation.enter('complain'));
await bot.init();
createServer(webhookCallback(bot, 'http', { secretToken: process.env.SECRET })).listen(Number(process.env.PORT), '127.0.0.1', () =>
  process.send?.('ready'),
);
