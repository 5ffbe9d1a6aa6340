// Faults that are planted in the bot, to see whether the campaign notices. Each stands between the built bot and its ports.

const STORED_LATE_MS = 1_500;

/** @param {(messenger: any) => any} around */
const aroundMessengers = (around) => (plugs) => plugs.map((plug) => ({ ...plug, messenger: around(plug.messenger) }));

/** @param {(hearing: any) => any} around */
const aroundHearing = (around) => (plugs) =>
  plugs.map((plug) => ({ ...plug, listen: (hearing, memory) => plug.listen(around(hearing), memory) }));

/** By name: what it replaces of a bot's surroundings. */
export const MUTANTS = {
  'reconcile-dropped': {
    ports: (ports) => ({
      ...ports,
      outbox: {
        ...ports.outbox,
        claimDue: async (...given) => (await ports.outbox.claimDue(...given)).map((each) => ({ ...each, attemptedAt: null })),
      },
    }),
  },
  'send-twice': {
    plugs: aroundMessengers((messenger) => ({
      ...messenger,
      send: async (address, key, message) => {
        await messenger.send(address, key, message);
        return messenger.send(address, `${key.slice(1)}x`, message);
      },
    })),
  },
  'stop-ignored': {
    plugs: aroundHearing((hearing) => ({
      ...hearing,
      message: async (incoming) => (incoming.text.trim() === 'stop' ? undefined : hearing.message(incoming)),
    })),
  },
  'digest-key-ignored': {
    ports: (ports) => ({
      ...ports,
      digests: {
        ...ports.digests,
        candidates: async () => (await ports.digests.candidates()).map((each) => ({ ...each, latest: [] })),
        isWrittenDown: async () => false,
        toldUntil: async (_, before) => new Date(before.getTime() - 7 * 86_400_000),
        add: (digest) => ports.digests.add({ ...digest, what: `${digest.what}-${ports.random.token()}` }),
      },
    }),
  },
  'stored-after-acknowledgement': {
    plugs: aroundHearing((hearing) => ({
      ...hearing,
      message: async (incoming) => void setTimeout(() => hearing.message(incoming).catch(() => {}), STORED_LATE_MS),
    })),
  },
};
