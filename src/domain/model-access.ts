/** How a language model is reached. */
export type ModelAccess = {
  readonly provider: 'openai-compatible' | 'anthropic';
  /** Null: the provider's own. */
  readonly baseUrl: string | null;
  readonly model: string;
  readonly apiKey: string | null;
};

const ANTHROPIC_API = 'https://api.anthropic.com/v1';
/** A model on one's own machine is slower to answer than a provider's, and nobody else waits for it. */
const DEADLINE_MS = { own: 60_000, elsewhere: 12_000 };

export const modelUrl = ({ baseUrl }: ModelAccess): string => baseUrl ?? ANTHROPIC_API;

/** How long a reply may take to be read, all tries together. */
export const modelDeadlineMs = (access: ModelAccess): number =>
  isOwnMachine(modelUrl(access)) ? DEADLINE_MS.own : DEADLINE_MS.elsewhere;

/** Who reads what people write, as they are told it. */
export function modelInWords(access: ModelAccess): string {
  const url = modelUrl(access);
  if (isOwnMachine(url)) return 'a language model on the organisers’ own machines';
  return `a language model of another company, at ${new URL(url).hostname}`;
}

/** This machine, its neighbours in a private network, and names that only such a network knows ("ollama" in a compose file). */
export function isOwnMachine(url: string): boolean {
  const host = new URL(url).hostname.toLowerCase().replace(/^\[|\]$/g, '');
  if (host === '::1' || /^f[cd][0-9a-f]{2}:/.test(host) || /^fe80:/.test(host)) return true;
  if (/^\d+(?:\.\d+){3}$/.test(host))
    return /^(?:127|10|192\.168|169\.254)\./.test(host) || /^172\.(?:1[6-9]|2\d|3[01])\./.test(host);
  return !host.includes('.') && !host.includes(':') ? true : /\.(?:localhost|local|internal|lan|home\.arpa)$/.test(host);
}
