// The built desk, the very parts that `npm start` composes, in a process that can be told to die at a named point.
import { mkdirSync } from 'node:fs';
import { pino } from 'pino';
import { configFromEnvironment } from '../../dist/config.js';
import { serve } from '../../dist/main.js';

/** The point to die at, and how many times it is passed before. */
let armed = { point: '', passes: 0 };
process.on('message', (order) => {
  armed = order;
});
// Whoever started it is gone: nobody would ever stop it.
process.on('disconnect', () => process.exit());

const reach = (point) => {
  if (armed.point !== point) return;
  if (armed.passes > 0) armed.passes -= 1;
  else process.kill(process.pid, 'SIGKILL');
};

const around = {
  log: pino({ level: process.env.LOG_LEVEL ?? 'error' }, pino.destination({ dest: 2, sync: true })),
  store: (store) => ({
    ...store,
    async takeTurn(inbound, decide, render) {
      reach('turn.arrived');
      const taken = await store.takeTurn(
        inbound,
        (desk, chance) => {
          const decision = decide(desk, chance);
          if ('changes' in decision) reach('turn.before-commit');
          return decision;
        },
        render,
      );
      reach('turn.after-commit');
      return taken;
    },
    async act(act, render) {
      const decide = (desk, chance) => {
        const decision = act.decide(desk, chance);
        if ('changes' in decision) reach('act.before-commit');
        return decision;
      };
      const acted = await store.act({ ...act, decide }, render);
      reach('act.after-commit');
      return acted;
    },
    async claim(limit, until) {
      const claimed = await store.claim(limit, until);
      if (claimed.outbound.length > 0) reach('outbox.claimed');
      return claimed;
    },
    async settle(...settled) {
      reach('settle.before');
      await store.settle(...settled);
      reach('settle.after');
    },
  }),
  media: (media) => ({
    ...media,
    async keep(bytes, about) {
      reach('media.before-write');
      const kept = media.keep(bytes, about);
      setTimeout(() => reach('media.writing'), Math.random() * 12);
      const file = await kept;
      reach('media.after-write');
      return file;
    },
  }),
  channel: (channel) => ({
    ...channel,
    async send(outbound) {
      reach('send.before');
      const outcome = await channel.send(outbound);
      reach('send.after');
      return outcome;
    },
  }),
};

const config = configFromEnvironment();
mkdirSync(config.dataDir, { recursive: true });
const running = await serve(config, around);
process.on('SIGTERM', () => running.stop().then(() => process.exit(0)));
process.send?.('ready');
