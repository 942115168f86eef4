#!/usr/bin/env node
/** `npx yiwang`: makes the clone ready, and runs the command. Nothing else is read on a Node that is too old. */
import './node-version.cjs';

import('./cli/main.js').then(
  ({ main }) => main(process.argv.slice(2)),
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  },
);
