import type { Flow } from '../flow/flow.ts';
import { followUp } from './follow-up.ts';
import { help } from './help.ts';
import { lookup } from './lookup.ts';
import { message } from './message.ts';
import { rate } from './rate.ts';
import { report } from './report.ts';
import { unsolved } from './unsolved.ts';
import { withdraw } from './withdraw.ts';

/** Every form there is, by name; look names up with `Object.hasOwn`. */
export const flows: Readonly<Record<string, Flow>> = { report, help, rate, 'follow-up': followUp, message, unsolved, withdraw, lookup };
