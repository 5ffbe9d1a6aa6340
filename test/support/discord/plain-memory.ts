import type { PlatformMemory } from '../../../src/platform-ports.js';

/** What of a platform outlives the process, in memory: for tests of the adapter alone. */
export function memoryOf(): PlatformMemory {
  const channels = new Map<string, string>();
  const facts = new Map<string, string>();
  const leases = new Map<string, { holder: string; until: number }>();
  const drafts = new Map<string, unknown>();
  return {
    directChannel: async ({ id }) => channels.get(id) ?? null,
    keepDirectChannel: async ({ id }, channelId) => void channels.set(id, channelId),
    fact: async (name) => facts.get(name) ?? null,
    keepFact: async (name, value) => void facts.set(name, value),
    holdLease: async (name, holder, leaseMs) => {
      const held = leases.get(name);
      if (held && held.holder !== holder && held.until > Date.now()) return false;
      leases.set(name, { holder, until: Date.now() + leaseMs });
      return true;
    },
    dropLease: async (name, holder) => {
      if (leases.get(name)?.holder === holder) leases.delete(name);
    },
    keepDraft: async ({ id }, name, payload) => void drafts.set(`${id} ${name}`, structuredClone(payload)),
    draft: async ({ id }, name) => drafts.get(`${id} ${name}`) ?? null,
  };
}
