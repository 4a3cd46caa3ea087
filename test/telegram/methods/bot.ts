import { badRequest, Refusal } from '../refusal.ts';
import type { Method } from './method.ts';

export const getMe: Method = (telegram) => telegram.me;

export const leaveChat: Method = (telegram, { asked }) => {
  const chat = telegram.chats.writable(asked.payload);
  if (chat.type === 'private') throw badRequest("chat member status can't be changed in private chats");
  chat.standing = 'left';
  return true;
};

const closableAfterSeconds = 600;

/** Ends what runs on this server, until the next call begins it anew; refused in the first ten minutes. */
export const close: Method = (telegram) => {
  const left = closableAfterSeconds - Math.floor((Date.now() - telegram.launchedAt) / 1000);
  if (left > 0) throw new Refusal(429, `Too Many Requests: retry after ${left}`, { retry_after: left });
  telegram.polling.end();
  return true;
};

/** After this the server knows the bot no more. */
export const logOut: Method = async (telegram) => {
  telegram.polling.end();
  await telegram.webhook.stop();
  telegram.loggedOut = true;
  return true;
};

/** What every call but the first after a logOut is told. */
export const loggedOut = (): Refusal => new Refusal(400, 'Logged out');
