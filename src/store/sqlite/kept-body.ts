import { type Id, shownLetters } from '../../domain/chance.ts';
import type { Body, Input, Media } from '../../domain/message.ts';
import { tapToText } from '../../domain/tap.ts';

/** What is sealed in `messages.body`. */
export interface KeptBody extends Body {
  /** Inbound: the channel's own id of it. */
  updateId?: string;
  /** Inbound: a button, by its text; its label stands on the outbound that offered it. */
  tap?: string;
  place?: { latitude: number; longitude: number; datum: 'wgs84' | 'gcj02' };
  /** Inbound of several parts: what each said, by the id of its row; `text` is all of it. */
  captions?: Readonly<Record<Id, string>>;
}

/** An album with one part more. */
export function withPart(album: Id, body: KeptBody, part: Id, { items, caption = '' }: Extract<Input, { type: 'media' }>): KeptBody {
  const captions = { ...(body.captions ?? { [album]: body.text }), [part]: caption };
  return { ...body, text: textOf(captions), media: [...(body.media ?? []), ...items.map(shownMedia)], captions };
}

/** A message with other words; those of one part alone where it has several. */
export function withWords(body: KeptBody, part: Id, text: string): KeptBody {
  if (!body.captions) return { ...body, text };
  const captions = { ...body.captions, [part]: text };
  return { ...body, text: textOf(captions), captions };
}

const textOf = (captions: Readonly<Record<Id, string>>): string =>
  Object.values(captions)
    .filter((caption) => caption !== '')
    .join('\n');

/** An input as its row keeps it: the words, or what stands for them. A query code is never among them. */
export function keptBody(input: Input, editOfKnown: boolean): KeptBody {
  const by = { kind: 'resident' } as const;
  switch (input.type) {
    case 'text':
      return { text: input.text, by };
    case 'edited':
      return { text: editOfKnown ? '' : input.text, by };
    case 'tap':
      return { text: '', by, tap: tapToText(input.tap) };
    case 'media':
      return { text: input.caption ?? '', by, media: input.items.map(shownMedia) };
    case 'place': {
      const { latitude, longitude, datum, label } = input;
      return { text: label ?? `${latitude}, ${longitude}`, by, place: { latitude, longitude, datum } };
    }
    case 'command':
      return { text: `/${input.name}`, by };
    case 'lookup':
      return { text: shownLetters(input.reference), by };
    default:
      return { text: '', by };
  }
}

/** A file as people see it: without its key and what fetches it. */
function shownMedia(media: Media): NonNullable<Body['media']>[number] {
  const { id, kind, mime, bytes, state, why } = media;
  return {
    id,
    kind,
    state,
    ...(mime !== undefined && { mime }),
    ...(bytes !== undefined && { bytes }),
    ...(why !== undefined && { why }),
  };
}
