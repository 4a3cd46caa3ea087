import { tryLines } from './authorization-cases.ts';
import { readTable } from './authorization-table.ts';

tryLines(readTable().filter(({ kind, route }) => kind !== undefined && route.startsWith('GET ')));
