/** Why inspection may leave a rating out of every figure. Never because of its level; how many are left out is told in public. */
export const exclusions = ['twice', 'by-police', 'other-unit', 'threat', 'burst'] as const;
export type Exclusion = (typeof exclusions)[number];
