/** What a callback says, by name; a bigint is a number too long for a double. */
export interface Fields {
  readonly [name: string]: string | number | bigint | Fields | readonly Fields[];
}

/** How the account's callbacks are written. */
export type Format = 'xml' | 'json';

/** The fields as the body of a callback. */
export const written = (fields: Fields, format: Format): string => (format === 'xml' ? `<xml>${xmlOf(fields)}</xml>` : jsonOf(fields));

function xmlOf(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => {
      if (Array.isArray(value)) return value.map((one: Fields) => `<${name}>${xmlOf(one)}</${name}>`).join('');
      if (typeof value === 'string') return `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;
      return `<${name}>${typeof value === 'object' ? xmlOf(value as Fields) : value}</${name}>`;
    })
    .join('');
}

function jsonOf(value: Fields[string]): string {
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(',')}]`;
  if (typeof value !== 'object') return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, one]) => `${JSON.stringify(name)}:${jsonOf(one)}`)
    .join(',')}}`;
}
