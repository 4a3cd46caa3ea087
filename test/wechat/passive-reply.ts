import { type Agreement, openedAnswer, wordAt } from './envelope.ts';
import type { Told } from './log.ts';
import type { MediaShelf } from './media-shelf.ts';
import { linksIn } from './menu-links.ts';

/** A passive reply as the resident sees it. */
export type Reply = Pick<Told, 'kind' | 'text' | 'mediaId' | 'menu' | 'payload'>;

const longestBytes = 2048;

/** What an answer to a callback says; undefined where it says nothing. Throws with the reason where WeChat would not take it. */
export function replyIn(answer: string, to: { openid: string; agreement: Agreement; media: MediaShelf; now: number }): Reply | undefined {
  if (answer === '' || answer === 'success') return undefined;
  const said = openedAnswer(to.agreement, answer);
  if (wordAt(said, 'ToUserName') !== to.openid) throw new Error(`The reply is to «${wordAt(said, 'ToUserName')}»`);
  if (wordAt(said, 'FromUserName') !== to.agreement.originalId) throw new Error(`The reply is from «${wordAt(said, 'FromUserName')}»`);
  if (!/^\d+$/.test(wordAt(said, 'CreateTime'))) throw new Error('The reply’s CreateTime is no number');
  const kind = wordAt(said, 'MsgType');
  if (kind === 'transfer_customer_service') return undefined;
  if (kind === 'text') return textReply(said);
  if (kind === 'news') return newsReply(said);
  const block = { image: said.Image, voice: said.Voice, video: said.Video }[kind];
  if (block === undefined) throw new Error(`A reply of the type «${kind}»`);
  const mediaId = wordAt(block, 'MediaId');
  if (to.media.find(mediaId, to.now)?.type !== kind) throw new Error(`No ${kind} «${mediaId}»`);
  return { kind, text: wordAt(block, 'Description'), mediaId, payload: said };
}

function textReply(said: Readonly<Record<string, unknown>>): Reply {
  const text = wordAt(said, 'Content');
  if (text === '') throw new Error('A reply without words');
  if (Buffer.byteLength(text) > longestBytes) throw new Error(`A reply of ${Buffer.byteLength(text)} bytes`);
  return { kind: 'text', text, ...linksIn(text), payload: said };
}

function newsReply(said: Readonly<Record<string, unknown>>): Reply {
  const articles: unknown = said.Articles;
  const items: unknown = Array.isArray(articles) ? articles : Object.values(articles ?? {});
  const [first] = Array.isArray(items) ? items : [];
  if (wordAt(said, 'ArticleCount') !== '1' || wordAt(first, 'Title') === '') throw new Error('A reply that is not one article');
  return { kind: 'news', text: wordAt(first, 'Title'), payload: said };
}
