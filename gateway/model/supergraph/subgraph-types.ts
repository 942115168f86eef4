/** What each subgraph has of a supergraph's types. */
import type { SelectionSetNode } from 'graphql';

export interface SubgraphTypes {
  /** The object types that a union may stand for in the subgraph; none for other types. */
  unionMembersOf(type: string, subgraph: string): readonly string[];
  /** The name of the type that a field has in the subgraph. */
  subgraphFieldType(type: string, field: string, subgraph: string): string | undefined;
  /**
   * Alike for fields of one type that may share a name in an answer, whatever they belong to: their lists and nulls, and the name of
   * what is at the end where that is no object.
   */
  responseShapeOf(type: string, field: string, subgraph: string): string | undefined;
  /** True for a field that the subgraph gives by itself, wherever it has an object of the type. */
  resolvesField(type: string, field: string, subgraph: string): boolean;
  /** What the subgraph must be given of an object to give the field; undefined where that is no more than a key. */
  requirementOf(type: string, field: string, subgraph: string): SelectionSetNode | undefined;
  /** The name of the type that a field has in the supergraph. */
  fieldType(type: string, field: string): string | undefined;
  /** The object types that objects at a place of the type may have: itself, for an object type. */
  possibleTypes(type: string): readonly string[];
  /** The interfaces that some subgraph has as object types (`@interfaceObject`). */
  readonly interfaceObjects: ReadonlySet<string>;
  /** True where each object of the type is one of the other, by declaration: whatever the other has, the type has. */
  isSubtype(type: string, other: string): boolean;
  /** True for a type that the subgraph knows by this name: objects of others, it may know as those of an interface. */
  definesType(type: string, subgraph: string): boolean;
  /** True where a fragment on `condition` applies to objects of the type. */
  conditionMatches(condition: string | undefined, type: string): boolean;
  rootType(operation: string): string;
  /** What any subgraph must be given of an object to give the field: one field set for each subgraph that requires some. */
  requirementsOf(type: string, field: string): readonly SelectionSetNode[];
  /** The name that the supergraph has for the subgraph. */
  graphNameOf(subgraph: string): string | undefined;
}
