import { type Standing, standingOf, webhookAddress } from '../../channels/telegram/standing.ts';
import type { Config } from '../../config.ts';
import { broken, type Finding, fine, localTime, soon } from './finding.ts';

/** More messages than the first wait at Telegram only where the desk is slow; more than the second where it takes none. */
const WAITING_SLOW = 10;
const WAITING_STUCK = 100;
/** A webhook that failed so lately, with messages still waiting, fails now; Telegram tries again within minutes. */
const FAILS_NOW_MS = 60 * 60_000;
/** Where Telegram sends updates, besides https's own port (core.telegram.org/bots/api#setwebhook). */
const WEBHOOK_PORTS = ['', '80', '88', '8443'];

type Known = Extract<Standing, { is: 'known' }>;

/** What Telegram thinks of the bot, against what is configured; nothing where there is no token. */
export async function lookAtTelegram({ telegram, zone }: Pick<Config, 'telegram' | 'zone'>, now: number): Promise<Finding[]> {
  if (!telegram) return [];
  const { token, apiRoot, webhook } = telegram;
  const standing = await standingOf({ token, apiRoot });
  const { origin } = new URL(apiRoot);
  if (standing.is === 'unreachable')
    return [standing.why === 'token' ? broken('telegramToken', { origin }) : broken('telegramUnreachable', { origin, why: standing.why })];
  const wanted = webhookAddress(webhook?.url);
  return [
    fine('telegramBot', { bot: standing.username }),
    wayOf(standing, wanted, token),
    waiting(standing.pending),
    ...(wanted !== '' && standing.url === wanted ? lastError(standing, now, zone) : []),
  ];
}

/** How updates come, and whether Telegram has it so. */
function wayOf({ url }: Known, wanted: string, token: string): Finding {
  if (url === wanted) return wanted === '' ? fine('telegramPolling') : fine('telegramWebhook', { url });
  // Some programs put the token into their address, and what doctor says is passed around.
  const shown = url.replaceAll(token.split(':')[1] ?? token, '…');
  if (wanted === '') return broken('telegramForeignWebhook', { url: shown });
  if (!sendsTo(wanted)) return broken('telegramAddressUnfit', { wanted });
  return url === '' ? broken('telegramNoWebhook', { wanted }) : broken('telegramOtherWebhook', { url: shown, wanted });
}

function sendsTo(address: string): boolean {
  const { protocol, port } = new URL(address);
  return protocol === 'https:' && WEBHOOK_PORTS.includes(port);
}

function waiting(count: number): Finding {
  if (count >= WAITING_STUCK) return broken('telegramStuck', { count });
  return count >= WAITING_SLOW ? soon('telegramSlow', { count }) : fine('telegramWaiting', { count });
}

function lastError({ lastError: error, pending }: Known, now: number, zone: string): Finding[] {
  if (!error) return [];
  const values = { at: localTime(error.at, zone), what: error.what };
  return [pending > 0 && now - error.at < FAILS_NOW_MS ? broken('telegramFails', values) : fine('telegramFailed', values)];
}
