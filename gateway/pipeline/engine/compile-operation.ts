/** A prepared operation and its plan → the compiled plan and serializer of the operation. */
import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { type CheckOf, compileLeafScanner, compileLeafWriter } from '../../conform/index.ts';
import { type CompiledPlan, compilePlan, type ExecutionEngine, findPassthroughFetch } from '../../execute/index.ts';
import { readVariableDefaults } from '../../kit/graphql/operation-variables.ts';
import { PublicError } from '../../model/errors.ts';
import type { PlanNode } from '../../model/plan.ts';
import type { PlanningSupergraph } from '../../model/supergraph/planning-supergraph.ts';
import type { View } from '../../model/validated-operation.ts';
import type { PreparedOperation } from '../../plan/index.ts';
import {
  compileDeferredFragments,
  compileRawDataExtractor,
  compileSerializer,
  createResponseShape,
  type DeferredFragment,
  type Serializer,
} from '../../respond/index.ts';

export interface CompiledOperation extends Pick<PreparedOperation, 'operation' | 'keys' | 'denied' | 'variables'> {
  readonly plan: CompiledPlan;
  readonly serializer: Serializer;
  /** Empty without incremental delivery. */
  readonly fragments: readonly DeferredFragment[];
  readonly root: GraphQLObjectType;
  readonly schema: GraphQLSchema;
  /** Default values of variables, by name. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** A plan that operations share. It is compiled when it is first needed. */
export interface SharedPlan {
  readonly node: PlanNode | undefined;
  compiled(): CompiledPlan;
}

export interface OperationCompiler {
  compile(node: PlanNode | undefined): SharedPlan;
  finish(prepared: PreparedOperation, plan: SharedPlan, view: View): CompiledOperation;
}

export function createOperationCompiler(
  engine: ExecutionEngine,
  { boundFields }: Pick<PlanningSupergraph, 'boundFields'>,
  checkOf: CheckOf | undefined,
): OperationCompiler {
  // Errors may name a field by the key under which others require it.
  const requiredKeys = new Map([...boundFields].map(([key, { name }]) => [key, name]));
  return {
    compile(node) {
      let plan: CompiledPlan | undefined;
      return {
        node,
        compiled() {
          plan ??= compilePlan(node, engine);
          return plan;
        },
      };
    },
    finish(prepared, { node, compiled }, { schema }) {
      const { operation, keys, labels, denied, hidden, variables } = prepared;
      const root = schema.getRootType(operation.operation);
      if (!root) throw new PublicError('GRAPHQL_VALIDATION_FAILED', `there is no ${operation.operation} type`);
      // Values of the standard have to be checked, so that they cannot pass through unparsed.
      const mayPass = !engine.isStandard && keys === undefined && labels.size === 0;
      const passthrough = mayPass ? findPassthroughFetch(node, operation) : undefined;
      const shape = createResponseShape(operation, keys, schema, hidden);
      const extractor =
        passthrough && compileRawDataExtractor(root, { schema, shape, leafScanner: compileLeafScanner });
      const serialization = { schema, leafWriter: compileLeafWriter, ...(checkOf ? { checkOf } : {}) };
      return {
        plan: extractor ? compilePlan(passthrough, engine, extractor) : compiled(),
        serializer: compileSerializer(root, { ...serialization, shape }),
        fragments: labels.size === 0 ? [] : compileDeferredFragments(operation, { ...serialization, keys, labels }),
        root,
        operation,
        schema,
        keys: requiredKeys.size === 0 ? keys : new Map([...requiredKeys, ...(keys ?? [])]),
        denied,
        defaults: readVariableDefaults(operation),
        variables,
      };
    },
  };
}
