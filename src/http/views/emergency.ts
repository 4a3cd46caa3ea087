import { z } from 'zod';
import { instant } from './list.ts';

export const emergencyView = z.object({
  id: z.string(),
  level: z.enum(['now', 'risk', 'mention']),
  raisedAt: instant,
  reference: z.string().nullable(),
  alias: z.string(),
  text: z.string(),
  acknowledgedBy: z.string().nullable(),
  acknowledgedAt: instant.nullable(),
});
export type EmergencyView = z.infer<typeof emergencyView>;
