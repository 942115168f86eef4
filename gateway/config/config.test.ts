import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { PAGE_SIZE_MAX } from '@yiwang/schema';
import { DEFAULT_LIMITS, LIMIT_NAMES, LIMIT_RULES, toLimitVariable } from '../model/limits.ts';
import { ConfigError, readConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'yiwang-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'network.json');
writeFileSync(file, '{}');

function faultsOf(args: string[], env: Record<string, string>): readonly string[] {
  try {
    readConfig(args, { YIWANG_DATA: folder, ...env });
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

test('the gateway allows pages of the size that the standard promises', () => {
  expect(DEFAULT_LIMITS.listSizeMax).toBe(PAGE_SIZE_MAX);
});

describe('the configuration', () => {
  test('has a default for every setting', () => {
    const config = readConfig([], { YIWANG_DATA: folder });
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      open: false,
      demo: false,
      identity: { kind: 'development' },
      databaseUrl: undefined,
      limits: DEFAULT_LIMITS,
    });
    expect(config.supergraph).toMatch(/schema\/supergraph\.graphql$/);
    expect(config.network).toBe(file);
  });

  test('prefers flags to variables', () => {
    const env = { YIWANG_DATA: '/nowhere', PORT: '1', YIWANG_NETWORK: '/nowhere', LIMIT_DEPTH_MAX: '7' };
    const config = readConfig(['--data', folder, '--port', '0', '--network', file, '--open', '--demo'], env);
    expect(config).toMatchObject({ dataFolder: folder, port: 0, network: file, open: true, demo: true });
    expect(config.limits.depthMax).toBe(7);
  });

  test('of an open gateway has no directory unless one is configured', () => {
    expect(readConfig(['--open'], { YIWANG_DATA: folder }).network).toBeUndefined();
  });

  test('needs three settings for a real issuer', () => {
    const env = {
      IDENTITY_JWKS_URL: 'https://id.example/jwks',
      IDENTITY_ISSUER: 'https://id.example',
      IDENTITY_AUDIENCE: 'yiwang',
    };
    expect(readConfig([], { YIWANG_DATA: folder, ...env }).identity).toEqual({
      kind: 'issuer',
      jwksUrl: new URL('https://id.example/jwks'),
      issuer: 'https://id.example',
      audience: 'yiwang',
    });
    expect(faultsOf([], { IDENTITY_JWKS_URL: 'https://id.example/jwks' })).toEqual([
      'IDENTITY_ISSUER is missing; a real issuer needs IDENTITY_JWKS_URL, IDENTITY_ISSUER, IDENTITY_AUDIENCE.',
      'IDENTITY_AUDIENCE is missing; a real issuer needs IDENTITY_JWKS_URL, IDENTITY_ISSUER, IDENTITY_AUDIENCE.',
    ]);
    expect(faultsOf([], { ...env, IDENTITY_JWKS_URL: 'file:///etc/passwd' })[0]).toContain(
      'IDENTITY_JWKS_URL is "file:///etc/passwd"',
    );
  });

  test('trusts the proxies that are configured, and no others', () => {
    const proxiesOf = (TRUSTED_PROXIES: string) =>
      readConfig([], { YIWANG_DATA: folder, TRUSTED_PROXIES }).trustedProxies;
    expect(proxiesOf('')).toEqual([]);
    expect(proxiesOf('10.0.0.0/8, ::1')).toEqual(['10.0.0.0/8', '::1']);
    for (const wrong of ['proxy.example', '10.0.0.0/33', '::1/129', '10.0.0.0/8/8', '10.0.0.0/'])
      expect(faultsOf([], { TRUSTED_PROXIES: wrong })[0]).toContain(`TRUSTED_PROXIES holds "${wrong}"`);
  });

  test('turns incremental delivery on unless ANSWERS_IN_PARTS is false', () => {
    const inPartsWith = (value: string) =>
      readConfig([], { YIWANG_DATA: folder, ANSWERS_IN_PARTS: value }).incrementalDelivery;
    expect(['', 'true', 'false'].map(inPartsWith)).toEqual([true, true, false]);
  });

  test('reads the labels of @override', () => {
    const labelsOf = (value: string) => readConfig([], { YIWANG_DATA: folder, OVERRIDE_LABELS: value }).overrideLabels;
    expect(['', 'move-names', ' a , b/c:d.e_f,'].map(labelsOf)).toEqual([[], ['move-names'], ['a', 'b/c:d.e_f']]);
    expect(faultsOf([], { OVERRIDE_LABELS: 'a,percent(5)' })).toEqual([
      'OVERRIDE_LABELS has "percent(5)"; expected labels such as "move-names", separated by commas.',
    ]);
  });

  test('needs two settings for upstream gateways', () => {
    const keys = join(folder, 'above.json');
    writeFileSync(keys, '{"keys":[]}');
    const env = { RELAY_PLATFORMS: 'municipal/420000, provincial/420000', RELAY_PASSPORT_KEYS: keys };
    const platforms = new Map([
      ['municipal/420000', ['420000']],
      ['provincial/420000', ['420000']],
    ]);
    expect(readConfig([], { YIWANG_DATA: folder }).upstream).toBeUndefined();
    expect(readConfig([], { YIWANG_DATA: folder, ...env }).upstream).toEqual({ platforms, keys: { keys: [] } });
    const area = { ...env, RELAY_PLATFORMS: 'municipal/130629+130632+130638' };
    expect(readConfig([], { YIWANG_DATA: folder, ...area }).upstream?.platforms).toEqual(
      new Map([['municipal/130629', ['130629', '130632', '130638']]]),
    );
    const published = { ...env, RELAY_PASSPORT_KEYS: 'https://above.example/.well-known/jwks.json' };
    expect(readConfig([], { YIWANG_DATA: folder, ...published }).upstream?.keys).toEqual(
      new URL('https://above.example/.well-known/jwks.json'),
    );
    expect(faultsOf([], { RELAY_PLATFORMS: 'municipal/420000' })).toEqual([
      'RELAY_PASSPORT_KEYS is missing; a gateway below another needs both.',
    ]);
    expect(faultsOf([], { ...env, RELAY_PLATFORMS: 'municipal/429999' })).toEqual([
      'RELAY_PLATFORMS holds "municipal/429999"; expected ids such as "municipal/420000", separated by commas, or "municipal/130629+130632" for an entry of several divisions.',
    ]);
    expect(faultsOf([], { ...env, RELAY_PASSPORT_KEYS: '/nowhere.json' })[0]).toContain(
      'RELAY_PASSPORT_KEYS is "/nowhere.json"; expected a URL or a readable file of a JWKS',
    );
    expect(faultsOf(['--open'], env)).toEqual(['RELAY_PLATFORMS is set, but an open gateway accepts no passports.']);
  });

  test('the standard variables of OpenTelemetry turn traces on and off', () => {
    const isTraced = (env: Record<string, string>) => readConfig([], { YIWANG_DATA: folder, ...env }).tracing;
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };
    expect([isTraced({}), isTraced(endpoint), isTraced({ OTEL_TRACES_EXPORTER: 'otlp' })]).toEqual([false, true, true]);
    expect(isTraced({ ...endpoint, OTEL_SDK_DISABLED: 'true' })).toBe(false);
    expect(isTraced({ ...endpoint, OTEL_TRACES_EXPORTER: 'none' })).toBe(false);
    const wrong = { OTEL_TRACES_EXPORTER: 'zipkin', OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' };
    expect(faultsOf([], { ...wrong, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })).toEqual([
      'OTEL_TRACES_EXPORTER is "zipkin"; expected otlp or none.',
      'OTEL_EXPORTER_OTLP_PROTOCOL is "grpc"; expected http/json.',
      'OTEL_EXPORTER_OTLP_ENDPOINT is "collector:4318"; expected the http(s) address of a collector.',
    ]);
    expect(faultsOf([], { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://host:99999' })).toEqual([
      'OTEL_EXPORTER_OTLP_ENDPOINT is "http://host:99999"; expected the http(s) address of a collector.',
    ]);
  });

  test('the access log is on by its flag or its variable', () => {
    const isLogged = (args: string[], env: Record<string, string> = {}) =>
      readConfig(args, { YIWANG_DATA: folder, ...env }).accessLog;
    expect([isLogged([]), isLogged(['--access-log']), isLogged([], { ACCESS_LOG: 'true' })]).toEqual([
      false,
      true,
      true,
    ]);
    expect(faultsOf([], { ACCESS_LOG: 'yes' })).toEqual(['ACCESS_LOG is "yes"; expected true or false.']);
  });

  test('lists every fault at once', () => {
    expect(
      faultsOf(['--port', '70000', '--supergraph', '/nowhere.graphql', '--network', '/nowhere.json'], {
        GATEWAY_DATABASE_URL: 'mysql://x',
        LOG_LEVEL: 'loud',
        ANSWERS_IN_PARTS: 'no',
        LIMIT_DEPTH_MAX: '41',
        LIMIT_TOKENS_MAX: '1e3',
        LIMIT_DEEPNESS: '3',
      }),
    ).toEqual([
      'PORT or --port is "70000"; expected a whole number from 0 to 65535.',
      'LIMIT_DEPTH_MAX is "41"; expected a whole number from 1 to 40 (levels).',
      'LIMIT_TOKENS_MAX is "1e3"; expected a whole number from 10 to 1000000 (tokens).',
      'LIMIT_DEEPNESS is not a limit of the gateway.',
      'The supergraph file /nowhere.graphql does not exist.',
      'The network file /nowhere.json does not exist.',
      'ANSWERS_IN_PARTS is "no"; expected true or false.',
      'GATEWAY_DATABASE_URL must be a URL such as postgres://user:password@host:5432/database.',
      'LOG_LEVEL is "loud"; expected one of fatal, error, warn, info, debug, trace, silent.',
    ]);
    expect(faultsOf(['--bogus'], {})).toEqual(["Unknown option '--bogus'"]);
  });
});

test.each(LIMIT_NAMES)('%s may be set to the ends of its range, and not beyond them', (name) => {
  const { min, max, unit } = LIMIT_RULES[name];
  const variable = toLimitVariable(name);
  const read = (value: number) => readConfig([], { YIWANG_DATA: folder, [variable]: String(value) }).limits[name];
  expect([read(min), read(max)]).toEqual([min, max]);
  for (const value of [min - 1, max + 1]) {
    expect(faultsOf([], { [variable]: String(value) })).toEqual([
      `${variable} is "${value}"; expected a whole number from ${min} to ${max} (${unit}).`,
    ]);
  }
});

test('every limit has a default within its range and a variable of its own', () => {
  const variables = LIMIT_NAMES.map(toLimitVariable);
  expect(new Set(variables).size).toBe(LIMIT_NAMES.length);
  expect(variables).toContain('LIMIT_OPERATION_DEADLINE_MS');
  for (const name of LIMIT_NAMES) {
    const { default: fallback, min, max } = LIMIT_RULES[name];
    expect(fallback).toBeGreaterThanOrEqual(min);
    expect(fallback).toBeLessThanOrEqual(max);
  }
});

describe('CORS_ORIGINS', () => {
  const corsOf = (origins: string, more: Record<string, string> = {}) =>
    readConfig([], { YIWANG_DATA: folder, CORS_ORIGINS: origins, ...more }).cors;

  test('is empty by default', () => {
    expect(readConfig([], { YIWANG_DATA: folder }).cors).toBeUndefined();
    expect(faultsOf([], { CORS_CREDENTIALS: 'true' })).toEqual(['CORS_CREDENTIALS is set, but CORS_ORIGINS is empty.']);
  });

  test.each([
    ['https://app.example.cn', 'https://app.example.cn', true],
    ['https://app.example.cn', 'http://app.example.cn', false],
    ['https://app.example.cn', 'https://app.example.cn:8443', false],
    ['https://app.example.cn', 'https://app.example.cn.evil.cn', false],
    ['https://app.example.cn', 'https://appxexample.cn', false],
    ['https://*.example.cn', 'https://a.example.cn', true],
    ['https://*.example.cn', 'https://b.a.example.cn', true],
    ['https://*.example.cn', 'https://example.cn', false],
    ['https://*.example.cn', 'https://evil.cn/.example.cn', false],
    ['https://*.example.cn', 'https://evilexample.cn', false],
    ['http://localhost:*', 'http://localhost:5173', true],
    ['http://localhost:*', 'http://localhost', true],
    ['http://localhost:*', 'http://localhost.evil.cn:80', false],
    ['https://a.cn, https://b.cn', 'https://b.cn', true],
    ['https://a.cn', 'null', false],
  ])('%s allows a page of %s: %s', (origins, origin, allowed) => {
    expect(corsOf(origins)!.allows(origin)).toBe(allowed);
  });

  test('may be "*", but not with credentials', () => {
    expect(corsOf('*')).toMatchObject({ allowsAll: true, credentials: false });
    expect(faultsOf([], { CORS_ORIGINS: '*', CORS_CREDENTIALS: 'true' })[0]).toContain('name the origins');
    expect(faultsOf([], { CORS_ORIGINS: 'app.example.cn' })[0]).toMatch(/^CORS_ORIGINS holds "app\.example\.cn"/);
  });
});

describe('forwarded headers', () => {
  test('are credential, trace and those of FORWARD_HEADERS, and none unless the gateway is open', () => {
    const open = (env: Record<string, string>) => readConfig(['--open'], { YIWANG_DATA: folder, ...env });
    expect(open({}).forwardedHeaders).toEqual(['authorization', 'traceparent', 'tracestate', 'baggage']);
    expect(open({ FORWARD_HEADERS: 'X-Tenant, cookie,authorization' }).forwardedHeaders.slice(4)).toEqual([
      'x-tenant',
      'cookie',
    ]);
    expect(readConfig([], { YIWANG_DATA: folder }).forwardedHeaders).toEqual([]);
    expect(faultsOf([], { FORWARD_HEADERS: 'x-tenant' })).toHaveLength(1);
  });

  test.each([
    'host',
    'Content-Length',
    'connection',
    'transfer-encoding',
    'proxy-authorization',
    'accept-encoding',
    'x-*',
    'a b',
  ])('never include %s', (name) => {
    expect(faultsOf(['--open'], { FORWARD_HEADERS: name })).toHaveLength(1);
  });
});

describe("the operator's listener", () => {
  const operatorOf = (env: Record<string, string>) => readConfig([], { YIWANG_DATA: folder, ...env }).operator;

  test('is on loopback, at the port after the public one, by default', () => {
    expect(operatorOf({})).toEqual({ host: '127.0.0.1', port: 4001, isDefault: true });
    expect(operatorOf({ PORT: '0' })).toMatchObject({ port: 0 });
    expect(operatorOf({ OPERATOR_HOST: '0.0.0.0', OPERATOR_PORT: '9090' })).toEqual({
      host: '0.0.0.0',
      port: 9090,
      isDefault: false,
    });
    expect(operatorOf({ OPERATOR_PORT: 'off' })).toBeUndefined();
    expect(faultsOf([], { OPERATOR_PORT: '4000' })).toEqual(['OPERATOR_PORT is 4000, which is the public port.']);
    expect(faultsOf([], { OPERATOR_PORT: 'x' })).toHaveLength(1);
  });
});
