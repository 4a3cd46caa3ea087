import { createHash } from 'node:crypto';

/** A QR code with a scene. */
export interface Code {
  readonly ticket: string;
  readonly scene: string;
  readonly url: string;
  /** In ms; Infinity for a lasting one. */
  readonly expiresAt: number;
}

/** The account's QR codes. */
export class Codes {
  readonly #codes = new Map<string, Code>();

  add(scene: string, expiresAt: number): Code {
    const mark = createHash('sha256').update(`${scene} ${this.#codes.size}`).digest('base64url');
    const ticket = `gQ${mark}${mark.slice(0, 50)}==`;
    const code: Code = { ticket, scene, url: `http://weixin.qq.com/q/02${mark.slice(0, 20)}`, expiresAt };
    this.#codes.set(ticket, code);
    return code;
  }

  byTicket(ticket: string): Code | undefined {
    return this.#codes.get(ticket);
  }

  /** The newest code of a scene that can still be scanned; one is made where the account has none. */
  ofScene(scene: string, now: number): Code {
    const found = [...this.#codes.values()].findLast((code) => code.scene === scene && now < code.expiresAt);
    return found ?? this.add(scene, Number.POSITIVE_INFINITY);
  }
}
