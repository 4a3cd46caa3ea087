import { z } from 'zod';
import { roles } from '../../domain/officer.ts';
import { instant } from './list.ts';

export const unitView = z.object({
  code: z.string(),
  kind: z.enum(['bureau', 'station', 'team']),
  parent: z.string().nullable(),
  inspects: z.boolean(),
  labels: z.record(z.string(), z.string()),
});
export type UnitView = z.infer<typeof unitView>;

export const officerView = z.object({
  username: z.string(),
  role: z.enum(roles),
  unit: z.string(),
  publicName: z.string(),
  badge: z.string().nullable(),
  disabled: z.boolean(),
  mustChangePassword: z.boolean(),
  version: z.number().int(),
});
export type OfficerView = z.infer<typeof officerView>;

export const newOfficer = z.object({
  username: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9._-]{1,31}$/),
  role: z.enum(roles),
  unit: z.string().min(1).max(64),
  publicName: z.string().trim().min(1).max(40),
  badge: z.string().trim().max(20).optional(),
});
/** What changes; absent fields stay. `oneTimePassword: true` issues a new one-time password. */
export const officerPatch = z
  .object({
    role: z.enum(roles),
    unit: z.string().min(1).max(64),
    publicName: z.string().trim().min(1).max(40),
    badge: z.string().trim().max(20).nullable(),
    disabled: z.boolean(),
    oneTimePassword: z.literal(true),
  })
  .partial();
/** The one-time password is in this answer and nowhere else; to a repeat by Idempotency-Key it is not told again. */
export const officerMade = z.object({
  officer: officerView,
  oneTimePassword: z.string().optional(),
  passwordAlreadyTold: z.literal(true).optional(),
});

export const signIn = z.object({ username: z.string().min(1).max(64), password: z.string().min(1).max(200) });
export const sessionView = z.object({
  officer: officerView,
  onDuty: z.boolean(),
  /** Sent back in `X-CSRF-Token` on every write. */
  csrf: z.string(),
  /** Acts on inspectors' accounts since their last sign-in; for inspectors. */
  inspectorChanges: z.array(z.object({ at: instant, verb: z.string(), subject: z.string(), by: z.string() })),
});
export type SessionView = z.infer<typeof sessionView>;
/** At the desk: emergencies look for those who are. */
export const duty = z.object({ onDuty: z.boolean() });
export const newPassword = z.object({ current: z.string().min(1).max(200), next: z.string().min(10).max(200) });

/** The first-run checklist, and what stands of it. */
export const setupView = z.object({
  stationName: z.string(),
  zone: z.string(),
  /** Per weekday 1 (Monday) … 7, `[["08:30","12:00"],…]`. */
  hours: z.record(z.string(), z.array(z.tuple([z.string(), z.string()]))),
  bodyAbove: z.string(),
  ratingShare: z.number().describe('Of a hundred whose case was answered, how many are asked how satisfied they are: drawn by lot.'),
  officerExists: z.boolean(),
  inspectorExists: z.boolean(),
  inspectorCommand: z.string(),
});
export type SetupView = z.infer<typeof setupView>;
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const setupPatch = z
  .object({
    stationName: z.string().trim().min(1).max(60),
    hours: z.partialRecord(z.enum(['1', '2', '3', '4', '5', '6', '7']), z.array(z.tuple([clock, clock])).max(4)),
    bodyAbove: z.string().trim().max(120),
    ratingShare: z.number().int().min(10).max(100),
  })
  .partial();
