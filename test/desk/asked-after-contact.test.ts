import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { decidePromise } from '../../src/desk/clock.ts';
import type { CaseDesk, Decision } from '../../src/domain/decision.ts';
import { catalogue, file } from '../domain/station-for-test.ts';

const now = Date.UTC(2026, 9, 14, 2);
const DAY_MS = 86_400_000;
const resident = { conversation: 'c', channel: 'web', locale: 'zh-CN', reachable: true };
const desk = (over: Partial<CaseDesk> = {}): CaseDesk => ({
  file: file({ status: 'in-progress' }),
  promises: [],
  resident,
  officers: [],
  catalogue,
  invited: false,
  met: { contact: 'contact-1' },
  ...over,
});
const due = (over: Partial<CaseDesk> = {}): Decision =>
  decidePromise(
    desk(over),
    { case: 'case-1', kind: 'ask-about-contact', nth: 0, dueAt: now },
    { now, bytes: new Uint8Array(randomBytes(32)) },
  );
const isAsked = (decision: Decision): boolean => 'say' in decision && decision.say.some(({ key }) => key === 'desk:invite.met');

test('the day after a visit or call its resident is asked once, and reminded once', () => {
  const decision = due();
  expect(isAsked(decision)).toBe(true);
  expect(decision).toMatchObject({
    changes: [
      { do: 'keep', kind: 'ask-about-contact' },
      { do: 'askAboutContact', contact: 'contact-1', expiresAt: now + 7 * DAY_MS },
      { do: 'promise', kind: 'invitation-reminder', nth: 1 },
    ],
  });
});

test('nobody is asked twice in a month, once the case is answered, where there is nobody to ask, or about a follow-up', () => {
  expect(isAsked(due({ met: { contact: 'contact-2', askedAt: now - 29 * DAY_MS } }))).toBe(false);
  expect(isAsked(due({ met: { contact: 'contact-2', askedAt: now - 31 * DAY_MS } }))).toBe(true);
  for (const status of ['answered', 'closed', 'withdrawn'] as const) expect(isAsked(due({ file: file({ status }) }))).toBe(false);
  const { resident: _nobody, ...alone } = desk();
  expect(isAsked(due({ ...alone, file: file({ status: 'in-progress', kind: 'follow-up' }) }))).toBe(false);
});

test('never after violence at home, danger to life, an arrest, and only of whom the lot falls on', () => {
  expect(isAsked(due({ file: file({ status: 'in-progress', domesticViolence: true }) }))).toBe(false);
  expect(isAsked(due({ danger: true }))).toBe(false);
  expect(isAsked(due({ file: file({ status: 'in-progress', spared: 'arrest' }) }))).toBe(false);
  const asked = Array.from({ length: 1_000 }, () =>
    isAsked(due({ catalogue: { ...catalogue, settings: { ...catalogue.settings, ratingShare: 30 } } })),
  ).filter(Boolean).length;
  // Further off than six deviations in one of a billion runs.
  expect(Math.abs(asked - 300)).toBeLessThan(6 * Math.sqrt(1_000 * 0.3 * 0.7));
});

test('asked or not, reminded or not, nothing stays owed: it would be overdue for good, and tell who had rated', () => {
  expect(due({ danger: true })).toEqual({ changes: [{ do: 'keep', case: 'case-1', kind: 'ask-about-contact' }], say: [] });
  const reminder = (invitation?: { id: string; expiresAt: number }): Decision =>
    decidePromise(
      desk({ met: { contact: 'contact-1', ...(invitation && { invitation }) } }),
      { case: 'case-1', kind: 'invitation-reminder', nth: 1, dueAt: now },
      { now, bytes: new Uint8Array(randomBytes(32)) },
    );
  const [unused, used] = [reminder({ id: 'i', expiresAt: now + DAY_MS }), reminder()];
  expect(unused).toMatchObject({ say: [{ key: 'clock:invitation', private: true }] });
  expect(used).toMatchObject({ say: [] });
  for (const one of [unused, used]) expect(one).toMatchObject({ changes: [{ do: 'keep', kind: 'invitation-reminder', nth: 1 }] });
});
