/** `ABCDEFGH` as people read it aloud: `ABCD-EFGH`. */
export const shownReference = (reference: string): string => `${reference.slice(0, 4)}-${reference.slice(4)}`;
