import type { MenuItem } from './log.ts';

/** The links in a text that say their words when tapped, as the items of a menu message do. */
export function linksIn(text: string): { menu?: MenuItem[] } {
  const links = [...text.matchAll(/<a\s+href="weixin:\/\/bizmsgmenu\?([^"]*)"[^>]*>/g)].map(([, query = '']) => {
    const asked = new URLSearchParams(query.replaceAll('&amp;', '&'));
    return { id: asked.get('msgmenuid') ?? '', content: asked.get('msgmenucontent') ?? '' };
  });
  return links.length > 0 ? { menu: links } : {};
}
