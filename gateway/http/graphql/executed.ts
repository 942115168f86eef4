/** An operation as it was sent, and what came of it: what Apollo Server and the executor say to each other. */
import type { DocumentNode, GraphQLError } from 'graphql';
import type { OperationContext } from '../lifecycle/operation-context.ts';
import type { SerializedData } from '../response/serialized-data.ts';

/** An operation as its client sent it. */
export interface Sent {
  readonly text: string;
  readonly document: DocumentNode;
  readonly hash: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Executed {
  readonly errors: readonly GraphQLError[];
  /** Undefined where the operation was refused. */
  readonly data?: SerializedData | null;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** Rejects where something failed inside. */
export type Executor = (sent: Sent, visit: OperationContext) => Promise<Executed>;
