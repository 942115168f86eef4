/**
 * The planners as they come: an operation's text → a plan of the planner's own kind, as JSON can carry it. Plain
 * JavaScript, so that a process which plans needs no loader: that would take half as much memory again.
 */

/**
 * Throws where the planner has no binary for this machine, or does not accept the supergraph.
 * @type {import('./load-planner.d.ts').loadPlanner}
 */
export async function loadPlanner(spec) {
  const plan = spec.kind === 'hive' ? await loadHive(spec) : await loadApollo(spec);
  return async (operation, operationName, draw = 0) => {
    const started = performance.now();
    const node = await plan(operation, operationName, draw);
    return { node, tookMs: performance.now() - started };
  };
}

async function loadHive({ supergraph, overrideLabels = [] }) {
  const { QueryPlanner } = await import('@graphql-hive/router-query-planner');
  const planner = new QueryPlanner(supergraph);
  // It compares percentages with the draw by itself.
  const labels = new Set(overrideLabels.map(({ label }) => label));
  return async (operation, operationName, draw) =>
    (await planner.planAsync(operation, operationName, labels, draw)).node;
}

async function loadApollo({ supergraph, plansWeighedMax, overrideLabels = [] }) {
  const { Supergraph, operationFromDocument, ROUTER_SUPPORTED_SUPERGRAPH_FEATURES } = await import(
    '@apollo/federation-internals'
  );
  const { QueryPlanner } = await import('@apollo/query-planner');
  const { parse } = await import('graphql');
  // What is for a gateway to follow is looked at when a supergraph is loaded.
  const built = Supergraph.build(supergraph, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES });
  const debug = { maxEvaluatedPlans: plansWeighedMax };
  const planner = new QueryPlanner(built, { debug, incrementalDelivery: { enableDefer: true } });
  const schema = built.apiSchema();
  return async (operation, operationName, draw) => {
    const named = operationName === undefined ? {} : { operationName };
    const overrideConditions = new Map(overrideLabels.map(({ label, threshold }) => [label, draw < threshold]));
    return planner.buildQueryPlan(operationFromDocument(schema, parse(operation), named), { overrideConditions }).node;
  };
}
