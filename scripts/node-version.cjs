/**
 * Loaded first, in syntax that any Node can parse: exits with one line on a Node that is too old. `npm run` preloads it with `-r`,
 * because all imports of a module are parsed before its first line runs.
 */
const NODE_MAJOR_MIN = 20;

if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR_MIN) {
  process.stderr.write(
    `Node ${process.versions.node} is too old: install Node ${NODE_MAJOR_MIN} or newer and try again.\n`,
  );
  process.exit(1);
}
