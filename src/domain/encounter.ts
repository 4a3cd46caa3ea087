/** How an officer met a resident about a case, or spoke with them: an officer writes it down, the system may ask how it was. */
export const encounters = ['counter', 'visit', 'phone'] as const;
export type Encounter = (typeof encounters)[number];
