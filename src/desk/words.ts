import type { Body, Saying } from '../domain/message.ts';
import { tapToText } from '../domain/tap.ts';
import type { Words } from '../i18n.ts';
import type { Render } from '../store/store.ts';

/** What stands in the words where a secret goes: the sender puts it in, everyone else sees this. */
export const SECRET_MARK = '••••';

/** Puts sayings into words, with the secret's place marked and buttons labelled in the resident's language. */
export const renderWith =
  (words: Words): Render =>
  (saying: Saying, locale: string): Body => ({
    text: saying.by
      ? saying.by.text
      : words.t(saying.key, locale, { ...saying.values, ...(saying.secret !== undefined && { code: SECRET_MARK }) }),
    by: saying.by ? { kind: 'officer', signature: saying.by.signature } : { kind: 'bot' },
    ...(saying.buttons && {
      buttons: saying.buttons.map((row) =>
        row.map(({ label, tap, style }) => ({
          label: 'words' in label ? label.words : words.t(label.key, locale, label.values),
          tap: tapToText(tap),
          ...(style && { style }),
        })),
      ),
    }),
    ...(saying.expects && { expects: saying.expects }),
    ...(saying.media && {
      media: saying.media.map(({ id, kind, mime, bytes, state, why }) => ({
        id,
        kind,
        state,
        ...(mime && { mime }),
        ...(bytes !== undefined && { bytes }),
        ...(why && { why }),
      })),
    }),
  });
