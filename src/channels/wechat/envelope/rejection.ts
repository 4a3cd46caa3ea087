/** Why a request cannot have come from WeChat, as now sent, to us: short names for the log, never for the answer. */
export type ForgedCode = 'query' | 'signature' | 'stale' | 'replayed' | 'ciphertext' | 'padding' | 'length' | 'appid';

/** Not WeChat's, not ours, or not fresh. All of them are answered alike, so that nobody learns which check failed. */
export class Forged extends Error {
  readonly code: ForgedCode;

  constructor(code: ForgedCode) {
    super(`forged: ${code}`);
    this.name = 'Forged';
    this.code = code;
  }
}

/** Why a signed request is of no use: its body, or that this side and WeChat's console are set to different modes. */
export type MalformedCode =
  | 'too-large'
  | 'encoding'
  | 'unknown-format'
  | 'markup'
  | 'entity'
  | 'json'
  | 'depth'
  | 'told-twice'
  | 'plain-with-key'
  | 'encrypted-without-key';

/** Signed, but it cannot be read; sending it again changes nothing. */
export class Malformed extends Error {
  readonly code: MalformedCode;

  constructor(code: MalformedCode) {
    super(`malformed: ${code}`);
    this.name = 'Malformed';
    this.code = code;
  }
}
