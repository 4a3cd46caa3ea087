import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { renderSVG } from 'uqr';
import { standingOf } from '../channels/telegram/standing.ts';
import { codeFor, SCENE } from '../channels/wechat/codes.ts';
import type { Config } from '../config.ts';
import type { CommandContext } from './command-context.ts';

/** `qr PLACE`: a code for each way residents can come, to print for a counter, a notebook or a poster. */
export function qrCommand(parent: Command, { terminal, config, end }: CommandContext): void {
  parent
    .command('qr')
    .argument('<place>', terminal.words('cli:qr.place'))
    .option('--out <folder>', terminal.words('cli:qr.out'), '.')
    .description(terminal.words('cli:qr.about'))
    .action(async (place: string, { out }: { out: string }) => {
      if (!SCENE.test(place)) {
        terminal.complain('cli:qr.wrongPlace', { place });
        end(2);
        return;
      }
      const folder = resolve(out);
      mkdirSync(folder, { recursive: true });
      const ways = await waysTo(place, config());
      for (const [way, found] of Object.entries(ways)) {
        if (found instanceof Error) terminal.complain('cli:qr.failed', { way, why: found.message });
        else {
          const path = join(folder, `${place}-${way}.svg`);
          writeFileSync(path, renderSVG(found, { ecc: 'M', border: 4 }));
          terminal.line(`${path}\t${found}`);
        }
      }
      const made = Object.values(ways).filter((found) => !(found instanceof Error)).length;
      if (Object.keys(ways).length === 0) terminal.complain('cli:qr.noWay');
      end(made > 0 && made === Object.keys(ways).length ? 0 : 1);
    });
}

/** Where each code leads, or why there is none. */
async function waysTo(place: string, { publicUrl, telegram, wechat }: Config): Promise<Record<string, string | Error>> {
  const tried = (work: Promise<string>): Promise<string | Error> =>
    work.catch((cause: unknown) => (cause instanceof Error ? cause : new Error(String(cause))));
  return {
    ...(publicUrl !== undefined && { web: `${publicUrl}/?start=${place}` }),
    ...(telegram && { telegram: await tried(botLink(place, telegram)) }),
    ...(wechat && { wechat: await tried(codeFor(place, wechat)) }),
  };
}

async function botLink(place: string, telegram: NonNullable<Config['telegram']>): Promise<string> {
  const standing = await standingOf(telegram);
  if (standing.is !== 'known') throw new Error(standing.why);
  return `https://t.me/${standing.username}?start=${place}`;
}
