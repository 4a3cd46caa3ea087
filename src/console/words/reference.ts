/** `ABCDEFGH` as people read it aloud: `ABCD-EFGH`. */
export const shownReference = (reference: string): string => `${reference.slice(0, 4)}-${reference.slice(4)}`;

/** Whether a text is a case's reference. */
export const isReference = (text: string): boolean => /^[0-9A-HJKMNP-TV-Z]{8}$/.test(text);
