import vectors from '../../../vectors/wechat.json' with { type: 'json' };

export const { official_get, official_plain_post, official_secure_post, official_secure_reply } = vectors;

/** One of ours by name. */
export function own(name: string) {
  const found = vectors.own.find((vector) => vector.name === name);
  if (!found) throw new Error(`no vector ${name}`);
  return found;
}
