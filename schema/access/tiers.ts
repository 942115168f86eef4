/** The tiers of government that run platforms, and the callers without one. */
export const PLATFORM_TIERS = ['NATIONAL', 'PROVINCIAL', 'MUNICIPAL', 'DISTRICT', 'STREET'] as const;
/** Those of callers: the public belongs to no government. */
export const TIERS = [...PLATFORM_TIERS, 'PUBLIC'] as const;

export type Tier = (typeof TIERS)[number];
