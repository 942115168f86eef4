/**
 * Loaded before everything else, in words that any Node can read: ends the process with one line on a Node that is too old.
 * `npm run` loads it with `-r`, since a module that is imported is read whole, with all that it imports, before its first line runs.
 */
const NODE_MAJOR_MIN = 20;

if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR_MIN) {
  process.stderr.write(
    `Node ${process.versions.node} is too old: install Node ${NODE_MAJOR_MIN} or newer and try again.\n`,
  );
  process.exit(1);
}
