/** The editor's workers come from the bundle; the editor looks for this setting when it loads. */
const WORKERS: Readonly<Record<string, string>> = {
  graphql: '/playground/graphql.worker.js',
  json: '/playground/json.worker.js',
};

(globalThis as { MonacoEnvironment?: unknown }).MonacoEnvironment = {
  getWorker: (_: string, label: string): Worker => new Worker(WORKERS[label] ?? '/playground/editor.worker.js'),
};
