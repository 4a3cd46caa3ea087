import { z } from 'zod';
import { deliveryStates } from '../../domain/message.ts';
import { instant } from './list.ts';

/** Words of the desk that their resident does not have, and why. What they say stands in the case. */
export const deliveryLineView = z.object({
  reference: z.string(),
  sealed: z.boolean(),
  /** The message's id, as in the case. */
  message: z.string(),
  from: z.enum(['bot', 'officer']),
  /** Null where the case has no way to its resident. */
  channel: z.string().nullable(),
  state: z.enum(deliveryStates).exclude(['sent']),
  at: instant,
  reason: z.string().nullable(),
  possiblyRepeated: z.boolean(),
});
export type DeliveryLineView = z.infer<typeof deliveryLineView>;
