#!/usr/bin/env node
/** `npx yiwang`: runs a command, after installing what is missing. A Node that is too old loads nothing else. */
import './node-version.cjs';

import('./cli/main.js').then(
  ({ main }) => main(process.argv.slice(2)),
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  },
);
