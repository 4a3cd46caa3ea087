import type { ContactDetails } from '../domain/case.ts';
import { type Catalogue, unitByCode } from '../domain/catalogue.ts';
import type { Id } from '../domain/chance.ts';

/** The unit whose code was chosen. */
export const unitId = (catalogue: Catalogue, code: string | undefined): Id | undefined =>
  code === undefined ? undefined : unitByCode(catalogue, code)?.id;

/** The topic chosen, where the catalogue has it: *something else* may be one. */
export const topicCode = (catalogue: Catalogue, chosen: string | undefined): { topic?: string } =>
  chosen !== undefined && catalogue.topics.some(({ code }) => code === chosen) ? { topic: chosen } : {};

/** Contact details as far as given; undefined where none were. */
export function contactOf({
  name,
  phone,
  reach,
}: {
  name?: string | undefined;
  phone?: string | undefined;
  reach?: string | undefined;
}): ContactDetails | undefined {
  const contact = { ...(name !== undefined && { name }), ...(phone !== undefined && { phone }), ...(reach !== undefined && { reach }) };
  return Object.keys(contact).length > 0 ? contact : undefined;
}
