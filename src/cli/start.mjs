// What `npm start` and `npm run tiexin` run: builds where src/ is newer than dist/, then hands over.
import { build, isBuilt } from './build.mjs';

if (!isBuilt()) {
  console.error('tiexin: building …');
  build();
}

const [first, ...rest] = process.argv.slice(2);
if (first === '--cli') {
  process.argv.splice(2, process.argv.length, ...rest);
  await import('../../dist/cli/tiexin.js');
} else {
  const { main } = await import('../../dist/main.js');
  await main();
}
