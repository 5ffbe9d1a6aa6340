import type { IncomingMessage as HttpRequest, ServerResponse } from 'node:http';
import { HTTPReceiver } from '@slack/bolt';
import { SILENT_LOGGER } from './client.js';

const PATH = '/slack/events';
/** Bolt takes no request that is older. */
const REPLAY_MS = 5 * 60_000;
const MOST_SIGNATURES = 100_000;

export type WebRequests = {
  readonly receiver: HTTPReceiver;
  readonly serve: (request: HttpRequest, response: ServerResponse) => boolean;
};

/** Requests of Slack to this server: signed, of the last five minutes, and each one once. */
export function webRequestsFor(signingSecret: string, isClosing: () => boolean): WebRequests {
  const receiver = new HTTPReceiver({ signingSecret, endpoints: [PATH], logger: SILENT_LOGGER });
  const seen = new Map<string, number>();

  /** Slack signs what was taken in no second time, so that the same signature again is somebody else's. */
  function isReplay(signature: string): boolean {
    const now = performance.now();
    for (const [each, at] of seen) {
      if (now - at < REPLAY_MS && seen.size <= MOST_SIGNATURES) break;
      seen.delete(each);
    }
    if (seen.has(signature)) return true;
    seen.set(signature, now);
    return false;
  }

  /** What failed comes again, and within the same second it comes with the same signature. */
  function allowAgainIfFailed(signature: string, response: ServerResponse): void {
    response.once('close', () => {
      if (!response.writableFinished || response.statusCode >= 300) seen.delete(signature);
    });
  }

  return {
    receiver,
    serve(request, response) {
      if (new URL(request.url ?? '/', 'http://localhost').pathname !== PATH) return false;
      const signature = String(request.headers['x-slack-signature'] ?? '');
      if (request.method !== 'POST') respond(response, 405);
      else if (isClosing()) respond(response, 503);
      else if (isReplay(signature)) respond(response, 401);
      else {
        allowAgainIfFailed(signature, response);
        receiver.requestListener(request, response);
      }
      return true;
    },
  };
}

const respond = (response: ServerResponse, status: number) => void response.writeHead(status).end();
