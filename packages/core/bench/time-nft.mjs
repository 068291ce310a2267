// Loads files with nft in the network namespace in which it runs, and prints the seconds that each took: `node time-nft.mjs FILE...`.
import { execFileSync } from 'node:child_process';

const seconds = process.argv.slice(2).map((file) => {
  const start = performance.now();
  execFileSync('nft', ['-f', file], { stdio: ['ignore', 'inherit', 'inherit'] });
  return (performance.now() - start) / 1000;
});
console.log(JSON.stringify(seconds));
