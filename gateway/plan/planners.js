/**
 * The planners as they come: an operation's text → a plan of the planner's own kind, as JSON can carry it. Plain JavaScript, so
 * that a process which plans needs no loader: that would take half as much memory again.
 */

/**
 * Throws where the planner has no binary for this machine, or does not accept the supergraph.
 * @type {import('./planners.d.ts').loadPlanner}
 */
export async function loadPlanner({ kind, supergraph, plansWeighedMax }) {
  const plan = kind === 'hive' ? await loadHive(supergraph) : await loadApollo(supergraph, plansWeighedMax);
  return async (operation, operationName) => {
    const started = performance.now();
    const node = await plan(operation, operationName);
    return { node, tookMs: performance.now() - started };
  };
}

async function loadHive(supergraph) {
  const { QueryPlanner } = await import('@graphql-hive/router-query-planner');
  const planner = new QueryPlanner(supergraph);
  const noLabels = new Set();
  return async (operation, operationName) => (await planner.planAsync(operation, operationName, noLabels, 0)).node;
}

async function loadApollo(supergraph, plansWeighedMax) {
  const { Supergraph, operationFromDocument } = await import('@apollo/federation-internals');
  const { QueryPlanner } = await import('@apollo/query-planner');
  const { parse } = await import('graphql');
  const built = Supergraph.build(supergraph);
  const debug = { maxEvaluatedPlans: plansWeighedMax };
  const planner = new QueryPlanner(built, { debug, incrementalDelivery: { enableDefer: true } });
  const schema = built.apiSchema();
  return async (operation, operationName) => {
    const named = operationName === undefined ? {} : { operationName };
    return planner.buildQueryPlan(operationFromDocument(schema, parse(operation), named)).node;
  };
}
