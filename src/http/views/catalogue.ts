import { z } from 'zod';
import { caseKinds } from '../../domain/case.ts';

const labels = z.record(z.string(), z.string());

export const topicView = z.object({
  code: z.string(),
  kinds: z.array(z.enum(caseKinds)),
  /** In the reader's language. */
  label: z.string(),
  labels,
  unit: z.string().nullable(),
  domesticViolence: z.boolean(),
});
export type TopicView = z.infer<typeof topicView>;

export const areaView = z.object({
  code: z.string(),
  parent: z.string().nullable(),
  unit: z.string().nullable(),
  label: z.string(),
  labels,
});

const code = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9-]{1,31}$/);
const named = z.record(z.string().max(10), z.string().trim().min(1).max(60)).refine((given) => 'zh-CN' in given);

export const newUnit = z.object({ code, kind: z.enum(['station', 'team']), parent: z.string().max(64), labels: named });
export const unitPatch = z.object({ labels: named });
