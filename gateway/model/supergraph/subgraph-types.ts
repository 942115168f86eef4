/** What each subgraph has of a supergraph's types. */
import type { SelectionSetNode } from 'graphql';

export interface SubgraphTypes {
  /** The object types that a union may stand for in the subgraph; none for another type. */
  unionMembersOf(type: string, subgraph: string): readonly string[];
  /** The name of the field's type in the subgraph. */
  subgraphFieldType(type: string, field: string, subgraph: string): string | undefined;
  /** Equal for fields that may share a response name: lists and nulls of the type, and the name of a leaf type. */
  responseShapeOf(type: string, field: string, subgraph: string): string | undefined;
  /** True if the subgraph resolves the field of every object of the type that it has, without requirements. */
  resolvesField(type: string, field: string, subgraph: string): boolean;
  /** What the subgraph requires of an object to resolve the field; undefined if that is no more than a key. */
  requirementOf(type: string, field: string, subgraph: string): SelectionSetNode | undefined;
  /** The name of the field's type in the supergraph. */
  fieldType(type: string, field: string): string | undefined;
  /** The object types of an interface or a union; the type itself otherwise. */
  possibleTypes(type: string): readonly string[];
  /** The interfaces that some subgraph has as object types (`@interfaceObject`). */
  readonly interfaceObjects: ReadonlySet<string>;
  /** True if the type is declared to implement the other, or is its member: it has whatever the other has. */
  isSubtype(type: string, other: string): boolean;
  /** True if the subgraph knows the type by this name. It may know objects of another as those of an interface. */
  definesType(type: string, subgraph: string): boolean;
  /** True if a fragment on `condition` applies to objects of the type. */
  conditionMatches(condition: string | undefined, type: string): boolean;
  rootType(operation: string): string;
  /** The requirements of all subgraphs for the field. */
  requirementsOf(type: string, field: string): readonly SelectionSetNode[];
  /** The supergraph's name of the subgraph. */
  graphNameOf(subgraph: string): string | undefined;
}
