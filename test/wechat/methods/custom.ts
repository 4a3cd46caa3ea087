import { isObject, type Payload, stringAt } from '../asked.ts';
import type { Follower } from '../follower.ts';
import type { MenuItem, Told } from '../log.ts';
import { linksIn } from '../menu-links.ts';
import { Refusal } from '../refusal.ts';
import type { Wechat } from '../wechat.ts';
import { followerOrRefuse, type Method } from './method.ts';

const longestBytes = 2048;
const typingMs = 15_000;
const exchangeMs = 30_000;

/** Customer-service messages (客服消息): within the window, and as many as it allows. */
export const custom: Readonly<Record<string, Method>> = {
  'message/custom/send': {
    verb: 'POST',
    needsToken: true,
    act(wechat, { payload }) {
      const follower = reachable(wechat, payload);
      const told = messageIn(wechat, payload);
      const now = wechat.clock();
      checkWindow(follower, now);
      follower.allowance.spend(now);
      wechat.tell(follower, { via: 'custom', ...told, payload });
      return {};
    },
  },
  'message/custom/typing': {
    verb: 'POST',
    needsToken: true,
    act(wechat, { payload }) {
      const follower = reachable(wechat, payload);
      const command = stringAt(payload, 'command');
      const now = wechat.clock();
      if (command !== 'Typing' && command !== 'CancelTyping') throw new Refusal(45072);
      checkWindow(follower, now);
      if (command === 'Typing' && now < follower.typingUntil) throw new Refusal(45081);
      if (now - follower.lastExchangeAt > exchangeMs) throw new Refusal(45080);
      follower.typingUntil = command === 'Typing' ? now + typingMs : now;
      return {};
    },
  },
};

function reachable(wechat: Wechat, payload: Payload): Follower {
  const follower = followerOrRefuse(wechat, stringAt(payload, 'touser'));
  if (!follower.follows) throw new Refusal(43004);
  if (follower.blacklisted) throw new Refusal(43019);
  return follower;
}

function checkWindow(follower: Follower, now: number): void {
  const left = follower.allowance.left(now);
  if (left === undefined) throw new Refusal(45015);
  if (left === 0) throw new Refusal(45047);
}

type Message = Pick<Told, 'kind' | 'text' | 'mediaId' | 'menu'>;

function messageIn(wechat: Wechat, payload: Payload): Message {
  const kind = stringAt(payload, 'msgtype');
  const content = payload[kind];
  if (!['text', 'image', 'voice', 'video', 'news', 'msgmenu'].includes(kind)) throw new Refusal(40008);
  if (!isObject(content)) throw new Refusal(kind === 'text' ? 44004 : 40035);
  if (kind === 'text') return { kind, text: wordsOrRefuse(stringAt(content, 'content')), ...linksIn(stringAt(content, 'content')) };
  if (kind === 'msgmenu') return menuMessage(content);
  if (kind === 'news') return newsMessage(content);
  const mediaId = stringAt(content, 'media_id');
  if (wechat.media.find(mediaId, wechat.clock())?.type !== kind) throw new Refusal(40007);
  return { kind, text: stringAt(content, 'description'), mediaId };
}

function wordsOrRefuse(text: string): string {
  if (text === '') throw new Refusal(44004);
  if (Buffer.byteLength(text) > longestBytes) throw new Refusal(45002);
  return text;
}

function menuMessage(content: Payload): Message {
  const list: unknown = content.list;
  if (!Array.isArray(list) || list.length === 0) throw new Refusal(40035);
  const menu: MenuItem[] = list.map((item: unknown) => {
    const [id, words] = [stringAt(item, 'id'), stringAt(item, 'content')];
    if (id === '' || words === '') throw new Refusal(40035);
    return { id, content: words };
  });
  const lines = [stringAt(content, 'head_content'), ...menu.map((item) => item.content), stringAt(content, 'tail_content')];
  return { kind: 'msgmenu', text: wordsOrRefuse(lines.filter((line) => line !== '').join('\n')), menu };
}

function newsMessage(content: Payload): Message {
  const articles: unknown = content.articles;
  if (!Array.isArray(articles) || articles.length === 0) throw new Refusal(40035);
  if (articles.length > 1) throw new Refusal(45008);
  return { kind: 'news', text: wordsOrRefuse(stringAt(articles[0], 'title')) };
}
