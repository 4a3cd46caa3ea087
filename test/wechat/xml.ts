/** What an element holds: words, or elements by name. */
export type Xml = string | { readonly [name: string]: Xml };

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Reads `<xml>…</xml>` as plainly as WeChat does: no attributes, no doctype, nothing before or after. Throws on anything else. */
export function readXml(text: string): Xml {
  const pieces = /<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z_][\w.-]*)\s*>|([^<]+)/y;
  const open: { name: string; words: string; inside: Record<string, Xml> }[] = [{ name: '', words: '', inside: {} }];
  while (pieces.lastIndex < text.length) {
    const at = pieces.lastIndex;
    const [whole, cdata, closing, name, words] = pieces.exec(text) ?? [];
    const last = open.at(-1);
    if (whole === undefined || !last || words?.includes(']]>')) throw new Error(`No XML at ${at}: ${text.slice(at, at + 40)}`);
    if (words !== undefined) last.words += words.replace(/&(\w+);/g, (entity, of: string) => entities[of] ?? entity);
    else if (cdata !== undefined) last.words += cdata;
    else if (closing === '') open.push({ name: name ?? '', words: '', inside: {} });
    else {
      open.pop();
      const parent = open.at(-1);
      if (!parent || last.name !== name) throw new Error(`</${name}> closes nothing`);
      if (Object.hasOwn(parent.inside, name)) throw new Error(`<${name}> stands twice`);
      parent.inside[name] = Object.keys(last.inside).length > 0 ? last.inside : last.words;
    }
  }
  const [root, ...unclosed] = open;
  if (!root || unclosed.length > 0 || root.words.trim() !== '' || !/^<xml>/.test(text)) throw new Error('Not one closed <xml>');
  const xml = root.inside.xml;
  if (xml === undefined || typeof xml === 'string') throw new Error('Nothing in <xml>');
  return xml;
}
