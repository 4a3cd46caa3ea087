import { telegramAt } from './api.ts';
import { failureOf } from './outcome.ts';
import { WEBHOOK_PATH } from './webhook.ts';

/** What Telegram thinks of the bot: whose token it is, where it sends updates, what waits there and what went wrong last. */
export type Standing =
  | { is: 'known'; username: string; url: string; pending: number; lastError?: { at: number; what: string } }
  | { is: 'unreachable'; why: string };

/** Asks Telegram; for `doctor`, whether the desk runs or not. */
export async function standingOf({ token, apiRoot }: { token: string; apiRoot: string }): Promise<Standing> {
  const { api } = telegramAt(apiRoot, token);
  try {
    const signal = AbortSignal.timeout(10_000) as Parameters<typeof api.raw.getMe>[0];
    const [me, webhook] = await Promise.all([api.raw.getMe(signal), api.raw.getWebhookInfo(signal)]);
    const { url = '', pending_update_count, last_error_date, last_error_message } = webhook;
    return {
      is: 'known',
      username: me.username,
      url,
      pending: pending_update_count,
      ...(last_error_date !== undefined && { lastError: { at: last_error_date * 1000, what: last_error_message ?? '' } }),
    };
  } catch (error) {
    const failure = failureOf(error);
    return { is: 'unreachable', why: 'reason' in failure ? failure.reason : failure.is };
  }
}

/** Where Telegram should send updates, as the desk is configured; empty for long polling. */
export const webhookAddress = (publicUrl: string | undefined): string => (publicUrl === undefined ? '' : `${publicUrl}${WEBHOOK_PATH}`);
