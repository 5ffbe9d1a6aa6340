import type { ModelReader } from '../../adapters/llm/reader.js';
import type { Config } from '../config.js';
import { modelInWords } from '../domain/model-access.js';
import type { Clock, Log, ReplyReader } from '../ports.js';
import { readReplyOffline } from '../reading/read-reply.js';
import { textSense } from '../reading/text-sense.js';

/** Who reads replies. */
export type Reader = {
  readonly readReply: ReplyReader;
  /** The language model, in words; null where the rules alone read. */
  readonly model: string | null;
  /** Gives up what a model is reading, so that it is read at the next start. */
  readonly stop: () => void;
};

/** The rules; and with them a language model where one is configured, loaded with the first reply. */
export function readerOf({ model: access }: Pick<Config, 'model'>, around: { readonly clock: Clock; readonly log: Log }): Reader {
  if (access === null) return { readReply: async (text) => readReplyOffline(text), model: null, stop: () => {} };
  let loading: Promise<ModelReader> | undefined;
  const load = () => {
    loading ??= import('../../adapters/llm/reader.js').then(({ modelReader }) =>
      modelReader({ access, offline: readReplyOffline, sense: textSense, ...around }),
    );
    return loading;
  };
  return {
    readReply: async (text) => (await load()).read(text),
    model: modelInWords(access),
    stop: () => void loading?.then((reader) => reader.stop()),
  };
}
