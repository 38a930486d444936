#!/usr/bin/env node
// The way in: answers --version at once, hands everything else to the command table.
import { version } from './version.ts';

if (process.argv[2] === '--version') {
  console.log(version);
} else {
  // Ink tries to load React's developer tools where this is set.
  delete process.env.DEV;
  const { main } = await import('./commands/main.ts');
  await main(process.argv);
}
