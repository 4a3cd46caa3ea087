/** Where the server can be made to die: before and after each thing that must be on disk before anyone is told. */
export const points = [
  /** A message has arrived; nothing of it is written. */
  'turn.arrived',
  /** Inside the transaction: decided, and not committed. */
  'turn.before-commit',
  /** On disk; nobody has been told. */
  'turn.after-commit',
  /** The same for what an officer does. */
  'act.before-commit',
  'act.after-commit',
  /** Answers leased from the outbox, none sent. */
  'outbox.claimed',
  /** Before the channel gets an answer, and when it has it and nobody wrote that down. */
  'send.before',
  'send.after',
  /** Before and after what became of sending is written. */
  'settle.before',
  'settle.after',
  /** A photo's bytes are here; they are being written; they are on disk and no row names them. */
  'media.before-write',
  'media.writing',
  'media.after-write',
] as const;
export type Point = (typeof points)[number];
