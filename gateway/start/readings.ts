/** Numbers of long-lived parts that are read when Prometheus asks, by metric name. */
import type { PlatformClient } from '../fetch/index.ts';
import type { Recorder } from '../record/index.ts';
import type { Readings } from '../telemetry/index.ts';
import type { OrganisationWatch } from './organisations/watch-organisations.ts';
import type { StartedConformance } from './start-conformance.ts';
import type { StartedVersions } from './start-versions.ts';

export interface ReadParts {
  readonly recorder: Recorder;
  readonly versions: StartedVersions;
  readonly platformClient: PlatformClient;
  readonly checks: Pick<StartedConformance, 'totals'>;
  readonly organisations: OrganisationWatch;
}

export function createReadings({ recorder, versions, platformClient, checks, organisations }: ReadParts): Readings {
  return {
    ...recordReadings(recorder),
    ...versionReadings(versions),
    ...platformReadings(platformClient),
    ...organisationReadings(organisations),
    yiwang_standard_breaches_total: {
      help: 'Values that break the standard, by platform and rule, whether or not they were let through',
      labels: ['platform', 'rule'],
      read: () => checks.totals().map(({ platform, rule, count }) => ({ labels: { platform, rule }, value: count })),
    },
  };
}

function organisationReadings(watch: OrganisationWatch): Readings {
  return {
    yiwang_organisations: { help: 'Organisations in the directory that is in use', read: () => watch.current().size },
    yiwang_organisation_reads_failed_total: {
      help: 'Reads of the organisation directory that failed',
      read: () => watch.failures,
    },
  };
}

function versionReadings({ versions, reloader }: StartedVersions): Readings {
  return {
    yiwang_schema_version: {
      help: 'Number of the schema version that is served',
      read: () => versions.served.number,
    },
    yiwang_schema_versions_draining: {
      help: 'Earlier schema versions that still have operations in flight',
      read: () => versions.draining,
    },
    yiwang_reload_failures_total: { help: 'Reloads that failed', read: () => reloader.failures },
  };
}

function platformReadings(client: PlatformClient): Readings {
  return {
    yiwang_endpoints: { help: 'Endpoints of platforms that are in use', read: () => client.state().endpoints },
    yiwang_platform_calls_in_flight: {
      help: 'Platform calls in flight',
      read: () => client.state().callsInFlight,
    },
    yiwang_platform_calls_queued: {
      help: 'Platform calls that wait for a connection',
      read: () => client.state().callsWaiting,
    },
    yiwang_circuit_breakers_open: {
      help: 'Endpoints whose circuit breaker is open',
      read: () => client.state().breakersOpen,
    },
    yiwang_platform_calls_deduplicated_total: {
      help: 'Platform calls that shared the request of an identical call',
      read: () => client.state().callsSharedTotal,
    },
    yiwang_platform_calls_hedged_total: {
      help: 'Hedged requests sent to a second endpoint',
      read: () => client.state().hedgesTotal,
    },
    yiwang_platform_calls_failed_over_total: {
      help: 'Platform calls retried at a second endpoint',
      read: () => client.state().failoversTotal,
    },
    yiwang_platform_calls_rejected_total: {
      help: 'Platform calls rejected before they were sent',
      read: () => client.state().refusedTotal,
    },
  };
}

function recordReadings(recorder: Recorder): Readings {
  return {
    yiwang_record_entries_queued: {
      help: 'Record entries that wait to be written',
      read: () => recorder.state().waiting,
    },
    yiwang_record_entries_written_total: { help: 'Record entries written', read: () => recorder.state().written },
  };
}
