import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { renderSVG } from 'uqr';
import { standingOf } from '../channels/telegram/standing.ts';
import { codeFor, SCENE } from '../channels/wechat/codes.ts';
import type { Config } from '../config.ts';
import { type Catalogue, stationOf, type Unit, unitByCode } from '../domain/catalogue.ts';
import { placeCode, places } from '../domain/place.ts';
import type { CommandContext } from './command-context.ts';
import { sheetFor } from './sheet.ts';
import { withStore } from './store.ts';

/** `qr PLACE [--rate UNIT]`: a code for each way residents can come, and a sheet to print for a counter, a notebook or a poster. */
export function qrCommand(parent: Command, { terminal, words, config, now, end }: CommandContext): void {
  parent
    .command('qr')
    .argument('<place>', terminal.words('cli:qr.place'))
    .option('--out <folder>', terminal.words('cli:qr.out'), '.')
    .option('--rate <unit>', terminal.words('cli:qr.rate'))
    .description(terminal.words('cli:qr.about'))
    .action(async (place: string, { out, rate }: { out: string; rate?: string }) => {
      if (!SCENE.test(place)) {
        terminal.complain('cli:qr.wrongPlace', { place });
        end(2);
        return;
      }
      const catalogue = await withStore(config(), now, async (store) => store.catalogue());
      const about = rate === undefined ? { code: place } : ratedAt(place, rate, catalogue);
      if ('wrong' in about) {
        terminal.complain(...about.wrong);
        end(2);
        return;
      }
      const folder = resolve(out);
      mkdirSync(folder, { recursive: true });
      const ways = await waysTo(about.code, config());
      const codes: Record<string, string> = {};
      for (const [way, found] of Object.entries(ways)) {
        if (found instanceof Error) terminal.complain('cli:qr.failed', { way, why: found.message });
        else {
          const path = join(folder, `${about.code}-${way}.svg`);
          codes[way] = renderSVG(found, { ecc: 'M', border: 4 });
          writeFileSync(path, codes[way]);
          terminal.line(`${path}\t${found}`);
        }
      }
      const made = Object.keys(codes).length;
      if (Object.keys(ways).length === 0) terminal.complain('cli:qr.noWay');
      if (made > 0) {
        const path = join(folder, `${about.code}.html`);
        writeFileSync(
          path,
          sheetFor({ words, station: catalogue.settings.stationName, codes, ...('unit' in about && { unit: about.unit }) }),
        );
        terminal.line(path);
      }
      end(made > 0 && made === Object.keys(ways).length ? 0 : 1);
    });
}

/** What the code of a place says where a unit is rated there, or why it can't be. */
function ratedAt(
  named: string,
  code: string,
  catalogue: Catalogue,
): { code: string; unit: Unit } | { wrong: [key: string, values: Record<string, string>] } {
  const place = places.find((one) => one === named);
  if (!place) return { wrong: ['cli:qr.wrongSpot', { place: named, places: places.join(', ') }] };
  const unit = unitByCode(catalogue, code);
  const ofStations = catalogue.units.filter(({ id }) => stationOf(catalogue, id));
  if (!unit || !ofStations.includes(unit) || !SCENE.test(placeCode(place, code)))
    return { wrong: ['cli:qr.wrongUnit', { unit: code, units: ofStations.map((one) => one.code).join(', ') }] };
  return { code: placeCode(place, code), unit };
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
