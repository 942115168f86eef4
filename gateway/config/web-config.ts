/** Settings of the listeners: CORS, forwarded headers, the operator's address and host names. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CorsOptions, OperatorAddress } from '../model/listener.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const ORIGIN = /^https?:\/\/([\w.*-]+|\[[\da-f:]+\])(:(\d{1,5}|\*))?$/i;

/**
 * `CORS_ORIGINS` and `CORS_CREDENTIALS`; undefined if no page of another origin may read responses. Adds faults to
 * `faults`.
 */
export function readCors(env: Environment, preflightSeconds: number, faults: string[]): CorsOptions | undefined {
  const origins = parseList(env.CORS_ORIGINS);
  const credentials = readSwitch('CORS_CREDENTIALS', env.CORS_CREDENTIALS, false, faults);
  if (credentials && origins.length === 0) faults.push('CORS_CREDENTIALS is set, but CORS_ORIGINS is empty.');
  if (origins.length === 0) return undefined;
  const allowsAll = origins.includes('*');
  if (allowsAll && credentials)
    faults.push('CORS_CREDENTIALS is set, but CORS_ORIGINS is "*": name the origins that may use credentials.');
  const patterns = origins.filter((origin) => origin !== '*');
  for (const origin of patterns) {
    if (!ORIGIN.test(origin))
      faults.push(
        `CORS_ORIGINS holds "${origin}"; expected "*" or origins such as https://app.example.cn, https://*.example.cn or http://localhost:*, separated by commas.`,
      );
  }
  const tests = patterns.map(toPattern);
  return { allowsAll, credentials, preflightSeconds, allows: (origin) => tests.some((test) => test.test(origin)) };
}

/** A star in a name matches one or more labels; in place of a port it matches any port, or none. */
function toPattern(origin: string): RegExp {
  const [, scheme = '', host = '', port] = /^(\w+):\/\/(.*?)(?::(\d+|\*))?$/.exec(origin) ?? [];
  const name = host.replace(/[.[\]]/g, '\\$&').replaceAll('*', '[\\w-]+(?:\\.[\\w-]+)*');
  const after = port === '*' ? '(?::\\d+)?' : port === undefined ? '' : `:${port}`;
  return new RegExp(`^${scheme}://${name}${after}$`, 'i');
}

/** Headers that describe a connection or a body, and those that the gateway sets itself. */
const OWN_HEADERS =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|content-.*|accept|accept-encoding|expect|x-request-id|x-yiwang-.*)$/;

/** Headers that are always forwarded to subgraphs: the credential and the trace (W3C Trace Context and Baggage). */
const ALWAYS_FORWARDED = ['authorization', 'traceparent', 'tracestate', 'baggage'];

/** `FORWARD_HEADERS`: exact names of further headers. */
export function readForwardedHeaders(env: Environment, open: boolean, faults: string[]): readonly string[] {
  const named = parseList(env.FORWARD_HEADERS).map((name) => name.toLowerCase());
  if (!open) {
    if (named.length > 0)
      faults.push('FORWARD_HEADERS is set, but only an open gateway (--open) forwards headers of clients.');
    return [];
  }
  return withForwardedNames('FORWARD_HEADERS', named, faults);
}

/** `names` in lower case, and those that are always forwarded. Adds faults to `faults`. */
export function withForwardedNames(setting: string, names: readonly string[], faults: string[]): readonly string[] {
  for (const name of names) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || name.includes('*'))
      faults.push(`${setting} holds "${name}"; expected exact names of headers, separated by commas.`);
    else if (OWN_HEADERS.test(name)) faults.push(`${setting} holds "${name}", which the gateway sets itself.`);
  }
  return [...new Set([...ALWAYS_FORWARDED, ...names])];
}

/**
 * `OPERATOR_HOST` and `OPERATOR_PORT`; default: loopback, and the port after the public one. Undefined if it is off.
 */
export function readOperator(env: Environment, port: number, faults: string[]): OperatorAddress | undefined {
  const host = env.OPERATOR_HOST || '127.0.0.1';
  const text = env.OPERATOR_PORT;
  if (text === 'off') return undefined;
  if (!text) return { host, port: port === 0 || port >= 65_535 ? 0 : port + 1, isDefault: true };
  const operatorPort = Number(text);
  if (!/^\d+$/.test(text) || operatorPort > 65_535)
    faults.push(`OPERATOR_PORT is "${text}"; expected a whole number from 0 to 65535, or off.`);
  else if (operatorPort !== 0 && operatorPort === port)
    faults.push(`OPERATOR_PORT is ${operatorPort}, which is the public port.`);
  return { host, port: operatorPort, isDefault: false };
}

/** `OWN_HOSTS`: names that the gateway is reached by, for paths that refuse other names. */
export function readOwnHosts(env: Environment, faults: string[]): readonly string[] {
  const names = parseList(env.OWN_HOSTS);
  for (const name of names) {
    if (!/^[\w.-]+$/.test(name))
      faults.push(`OWN_HOSTS holds "${name}"; expected names such as yiwang.example.cn, without scheme and port.`);
  }
  return names;
}

/** `--plugins`, `APOLLO_PLUGINS`: absolute paths of modules. */
export function readApolloPlugins(list: string | undefined, faults: string[]): readonly string[] {
  const files = parseList(list).map((file) => resolve(file));
  for (const file of files) if (!existsSync(file)) faults.push(`The plugin ${file} does not exist.`);
  return files;
}

/** `SUBGRAPH_ERRORS`: true if clients get error messages of subgraphs unmasked. */
export function readShowsSubgraphErrors(env: Environment, faults: string[]): boolean {
  const value = env.SUBGRAPH_ERRORS;
  if (value && value !== 'masked' && value !== 'shown')
    faults.push(`SUBGRAPH_ERRORS is "${value}"; expected masked or shown.`);
  return value === 'shown';
}

function readSwitch(name: string, value: string | undefined, fallback: boolean, faults: string[]): boolean {
  if (!value) return fallback;
  if (value !== 'true' && value !== 'false') faults.push(`${name} is "${value}"; expected true or false.`);
  return value === 'true';
}

function parseList(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
