/** PostgreSQL for the scripts: embedded by default, or any server by its URL. */

export { SetupError } from '../setup-error.ts';
export { connectPostgres } from './connect.ts';
export { databaseName, networkName, type PostgresServer } from './server.ts';
export { type EmbeddedPostgres, type StartOptions, startPostgres } from './start-postgres.ts';
