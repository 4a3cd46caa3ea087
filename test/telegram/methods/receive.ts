import { isIPv6 } from 'node:net';
import { type Asked, isSet, jsonOf, numberOf, textOf } from '../asked.ts';
import { badRequest, Refusal } from '../refusal.ts';
import type { Telegram } from '../telegram.ts';
import type { Pending } from '../updates.ts';
import type { Method } from './method.ts';

const whileWebhook = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
const longestPoll = 50;

export const getUpdates: Method = async (telegram, { asked, letGo }): Promise<readonly Pending[]> => {
  if (telegram.webhook.webhook) throw new Refusal(409, whileWebhook);
  allow(telegram, asked.payload);
  const limit = Math.min(100, Math.max(1, numberOf(asked.payload, 'limit', 100)));
  const timeout = Math.min(longestPoll, Math.max(0, numberOf(asked.payload, 'timeout', 0)));
  return telegram.polling.get(numberOf(asked.payload, 'offset', 0), limit, timeout, letGo);
};

export const setWebhook: Method = async (telegram, { asked }) => {
  const url = textOf(asked.payload, 'url');
  if (url === '') return remove(telegram, asked.payload);
  const secret = textOf(asked.payload, 'secret_token');
  if (secret.length > 256) throw badRequest('secret token is too long');
  if (!/^[\w-]*$/.test(secret)) throw badRequest('secret token contains unallowed characters');
  refuseBadAddress(url, telegram.allowHttp);
  if (isSet(asked.payload, 'drop_pending_updates')) telegram.updates.drop();
  allow(telegram, asked.payload);
  telegram.polling.endByWebhook();
  const maxConnections = Math.min(100, Math.max(1, numberOf(asked.payload, 'max_connections', 40)));
  const { webhook: current } = telegram.webhook;
  // Setting the same once more changes nothing, so that what is under way goes on.
  if (current?.url === url && current.secret === secret && current.maxConnections === maxConnections) return true;
  await telegram.webhook.start({ url, secret, maxConnections });
  return true;
};

export const deleteWebhook: Method = (telegram, { asked }) => remove(telegram, asked.payload);

export const getWebhookInfo: Method = (telegram) => {
  const { webhook, lastError } = telegram.webhook;
  const allowed = telegram.updates.allowed;
  return {
    url: webhook?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: telegram.updates.pendingCount,
    ...(webhook && { max_connections: webhook.maxConnections, ip_address: '127.0.0.1' }),
    ...(webhook && lastError && { last_error_date: Math.floor(lastError.at / 1000), last_error_message: lastError.message }),
    ...(allowed && { allowed_updates: allowed }),
  };
};

async function remove(telegram: Telegram, payload: Asked['payload']): Promise<true> {
  if (isSet(payload, 'drop_pending_updates')) telegram.updates.drop();
  await telegram.webhook.stop();
  return true;
}

function refuseBadAddress(asked: string, allowHttp: boolean): void {
  const url = URL.canParse(asked) ? new URL(asked) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw badRequest('invalid webhook URL specified');
  if (allowHttp) return;
  if (url.protocol === 'http:') throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  if (!['', '443', '80', '88', '8443'].includes(url.port))
    throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
  if (isIPv6(url.hostname.replace(/^\[|\]$/g, ''))) throw badRequest('bad webhook: IPv6-only addresses are not allowed');
}

// Left out: as before. Nothing of ours in it: Telegram's default again.
function allow(telegram: Telegram, payload: Asked['payload']): void {
  const asked = jsonOf(payload, 'allowed_updates', 'allowed updates');
  if (!Array.isArray(asked)) return;
  const kinds = asked.map((kind) => String(kind).toLowerCase());
  telegram.updates.allowed = kinds.length > 0 ? kinds : undefined;
}
