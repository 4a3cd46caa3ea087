import type { Media, Outbound } from '../../domain/message.ts';
import type { ThreadLine } from '../channel.ts';
import type { Line, LineMedia } from './contract.ts';

export const mediaView = ({ id, kind, mime, bytes, state, why }: ThreadLine['media'][number] | Media): LineMedia => ({
  id,
  kind,
  mime: mime ?? null,
  bytes: bytes ?? null,
  state,
  why: why ?? null,
});

const buttonsView = (rows: ThreadLine['buttons'] | undefined): Line['buttons'] =>
  (rows ?? []).map((row) => row.map(({ label, tap, style }) => ({ label, tap, style: style ?? 'plain' })));

/** A line of the thread as the page gets it; an update's id loses the mark of its address. */
export const lineView = (said: ThreadLine): Line => ({
  id: said.id,
  seq: said.seq,
  at: new Date(said.at).toISOString(),
  from: said.from,
  text: said.text,
  signature: said.signature ?? null,
  buttons: buttonsView(said.buttons),
  expects: said.expects ?? null,
  media: said.media.map(mediaView),
  clientId: said.clientId?.split('/').at(-1) ?? null,
  secret: said.secret ?? null,
});

/** What the outbox hands over, as the same line. */
export const outboundView = ({ id, seq, at, body, secret }: Outbound): Line => ({
  id,
  seq,
  at: new Date(at).toISOString(),
  from: body.by.kind,
  text: body.text,
  signature: body.by.kind === 'officer' ? body.by.signature : null,
  buttons: buttonsView(body.buttons),
  expects: body.expects ?? null,
  media: (body.media ?? []).map(mediaView),
  clientId: null,
  secret: secret ?? null,
});
