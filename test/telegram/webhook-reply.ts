import type { Calls } from './calls.ts';
import { jsonIn } from './request-body.ts';
import type { Pending } from './updates.ts';

const never = ['setwebhook', 'deletewebhook', 'close', 'logout'];

/** Does what a webhook's answer asks, if it is a call: its result is told to nobody, and what gets anything or sets the webhook is not done. */
export function ride(calls: Calls, body: string, pending: Pending): void {
  let asked: Readonly<Record<string, unknown>>;
  try {
    asked = jsonIn(body);
  } catch {
    return;
  }
  const { method, ...payload } = asked;
  if (typeof method !== 'string' || never.includes(method.toLowerCase()) || /^get/i.test(method)) return;
  const ridOn = typeof pending.updateId === 'number' ? { ridOn: pending.updateId } : {};
  void calls.take(method, { payload, uploads: [] }, { via: 'webhook-reply', ...ridOn, letGo: new AbortController().signal });
}
