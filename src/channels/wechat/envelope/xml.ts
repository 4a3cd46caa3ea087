import { XMLParser } from 'fast-xml-parser';
import { DEPTH, type Message, messageOf, type Part } from './message.ts';
import { Malformed } from './rejection.ts';

const CDATA = '#cdata';
const TEXT = '#text';
const parser = new XMLParser({
  preserveOrder: true,
  cdataPropName: CDATA,
  textNodeName: TEXT,
  parseTagValue: false,
  processEntities: false,
  trimValues: false,
  onDangerousProperty: (name) => name,
});

/** All that WeChat's XML is made of, beside text. A lone `<` is anything else: DOCTYPE, comment, instruction, attribute. */
const markup = /<!\[CDATA\[[\s\S]*?\]\]>|<(?<open>[A-Za-z_][\w.-]*)\s*(?<empty>\/?)>|<\/(?<close>[A-Za-z_][\w.-]*)\s*>|</g;
const declaration = /^\s*<\?xml [^<>]*\?>/;

/** Tags and sections in one body; WeChat's longest messages have some dozens. */
const MOST_PIECES = 5_000;

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** One child as the parser gives it: its name, or what kind of text, over what it holds. */
type Node = Readonly<Record<string, unknown>>;

/** Reads `<xml>…</xml>`; throws `Malformed` with `markup`, `entity`, `depth`, `too-large` or `told-twice`. Repeated elements are a list, but not at the top. */
export function readXml(text: string): Message {
  const plain = text.replace(declaration, '');
  checkMarkup(plain);
  const [root, ...more] = elements(parse(plain));
  if (root?.[0] !== 'xml' || more.length > 0) throw new Malformed('markup');
  return messageOf(elements(root[1]).map(([name, held]) => [name, partOf(held)]));
}

// Before the parser, which passes over what it does not expect; it stops at the first stranger, so it reads the text once.
function checkMarkup(text: string): void {
  let depth = 0;
  let pieces = 0;
  for (const { 0: piece, groups = {} } of text.matchAll(markup)) {
    if (piece === '<') throw new Malformed('markup');
    pieces += 1;
    if (pieces > MOST_PIECES) throw new Malformed('too-large');
    if (groups.open && !groups.empty) depth += 1;
    if (groups.close) depth -= 1;
    if (depth > DEPTH) throw new Malformed('depth');
  }
}

function parse(text: string): readonly Node[] {
  try {
    return parser.parse(text, true);
  } catch {
    // Without its cause, which quotes the text around the fault.
    throw new Malformed('markup');
  }
}

function partOf(nodes: readonly Node[]): Part {
  if (nodes.every(isText)) return nodes.map(textIn).join('');
  const fields = new Map<string, Part[]>();
  for (const [name, held] of elements(nodes)) {
    const parts = fields.get(name);
    if (parts) parts.push(partOf(held));
    else fields.set(name, [partOf(held)]);
  }
  return messageOf([...fields].map(([name, parts]) => [name, parts.length === 1 && parts[0] !== undefined ? parts[0] : parts]));
}

/** The elements by their names; throws where there are words among them. */
function elements(nodes: readonly Node[]): [string, readonly Node[]][] {
  if (nodes.some((node) => isText(node) && textIn(node).trim() !== '')) throw new Malformed('markup');
  return nodes.filter((node) => !isText(node)).flatMap((node) => Object.entries(node).map(([name, held]) => [name, held as Node[]]));
}

const isText = (node: Node): boolean => TEXT in node || CDATA in node;

function textIn(node: Node): string {
  const literal = node[CDATA];
  if (Array.isArray(literal)) return String(literal[0]?.[TEXT] ?? '');
  return String(node[TEXT] ?? '').replace(/&([^;&]*;?)/g, (_whole, name: string) => {
    const character = name.endsWith(';') && Object.hasOwn(entities, name.slice(0, -1)) ? entities[name.slice(0, -1)] : undefined;
    if (character === undefined) throw new Malformed('entity');
    return character;
  });
}
