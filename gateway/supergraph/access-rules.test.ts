import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import type { Rights } from '../model/rights.ts';
import { readAccessRules } from './access-rules.ts';
import { assertSupportedFeatures, readFeatures } from './features.ts';

const featuresOf = (links: string) => readFeatures(parse(`schema ${links} { query: Query } type Query { a: Int }`));
const SECURITY = 'for: SECURITY';
const APOLLO = 'https://specs.apollo.dev';

describe('a specification that a gateway must not ignore', () => {
  test.each([
    `@link(url: "https://example.cn/vault/v1.0", ${SECURITY})`,
    '@link(url: "https://example.cn/speed/v1.0", for: EXECUTION)',
    `@link(url: "${APOLLO}/connect/v0.1", for: EXECUTION)`,
    `@link(url: "${APOLLO}/authenticated/v0.2", ${SECURITY})`,
    `@link(url: "${APOLLO}/authenticated/v1.0", ${SECURITY})`,
    `@link(url: "https://evil.cn/authenticated/v0.1", ${SECURITY})`,
    `@link(url: "${APOLLO}/authenticated", ${SECURITY})`,
    '@core(feature: "https://example.cn/vault/v1.0", for: SECURITY)',
  ])('a supergraph with %s is refused', (link) => {
    expect(() => assertSupportedFeatures(featuresOf(link))).toThrow(/which this gateway does not follow$/);
  });

  test.each([
    `@link(url: "${APOLLO}/join/v0.5", for: EXECUTION)`,
    `@link(url: "${APOLLO}/authenticated/v0.1", ${SECURITY}) @link(url: "${APOLLO}/policy/v0.1", ${SECURITY})`,
    `@link(url: "${APOLLO}/requiresScopes/v0.1", as: "scopes", ${SECURITY})`,
    `@link(url: "${APOLLO}/inaccessible/v0.2", ${SECURITY})`,
    '@link(url: "https://example.cn/anything/v9.9")',
  ])('a supergraph with %s is served', (link) => {
    expect(() => assertSupportedFeatures(featuresOf(link))).not.toThrow();
  });
});

const NOBODY: Rights = {
  subject: 'nobody',
  tier: 'NATIONAL',
  division: '100000',
  roles: [],
  audience: 'supervisor',
  region: [],
  classes: [],
  unmasked: false,
  fingerprint: 'nobody',
};

describe('access directives', () => {
  const rights = (grants?: Rights['grants']): Rights => ({ ...NOBODY, ...(grants ? { grants } : {}) });
  const accessOf = (link: string, types: string) => {
    const document = parse(`schema ${link} { query: Query } ${types}`);
    return readAccessRules(document, readFeatures(document));
  };

  test.each([
    [`@link(url: "${APOLLO}/authenticated/v0.1")`, '@authenticated'],
    [`@link(url: "${APOLLO}/authenticated/v0.1", as: "login")`, '@login'],
    [`@link(url: "${APOLLO}/authenticated/v0.1", import: [{ name: "@authenticated", as: "@known" }])`, '@known'],
  ])('access directives are recognized by their specification: %s', (link, name) => {
    const access = accessOf(link, `type Query { a: Int ${name} b: Int }`);
    expect(access?.directives).toEqual(['@authenticated']);
    const denials = access!.denialsOf(rights());
    expect([denials?.denies('Query.a'), denials?.denies('Query.b')]).toEqual([true, false]);
    expect(access!.denialsOf(rights({ scopes: [], policies: [] }))).toBeUndefined();
  });

  test('a directive with the same name from another specification is ignored', () => {
    expect(accessOf('@link(url: "https://example.cn/policy/v1.0")', 'type Query { a: Int @policy }')).toBeUndefined();
  });

  test('all access directives of one place are required, and an empty list of alternatives excludes everybody', () => {
    const links = ['authenticated', 'requiresScopes'].map((name) => `@link(url: "${APOLLO}/${name}/v0.1")`).join(' ');
    const access = accessOf(
      links,
      'type Query { a: Int @authenticated @requiresScopes(scopes: [["x"]]) b: Int @requiresScopes(scopes: []) }',
    )!;
    expect(access.denialsOf(rights({ scopes: [], policies: ['x'] }))?.denies('Query.a')).toBe(true);
    const denials = access.denialsOf(rights({ scopes: ['x'], policies: [] }));
    expect([denials?.denies('Query.a'), denials?.denies('Query.b')]).toEqual([false, true]);
  });
});
