import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the stub does with one request. */
export type Act =
  /** Answers with this text, as a model would. */
  | { readonly say: string }
  | { readonly status: number; readonly retryAfter?: string; readonly body?: string }
  /** Takes the request and never answers. */
  | 'hang'
  | 'drop';

export type Heard = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
  /** All words of the prompt. */
  readonly words: string;
};

/** A model's endpoint on this machine, that speaks OpenAI's and Anthropic's protocols and does what it is told. */
export class StubModel {
  readonly heard: Heard[] = [];
  private readonly server = createServer((request, response) => void this.take(request, response));
  private script: Act[] = [];
  private always: Act | ((heard: Heard) => Act) = { status: 500 };

  private constructor() {}

  static async open(): Promise<StubModel> {
    const stub = new StubModel();
    await new Promise<void>((listening) => stub.server.listen(0, '127.0.0.1', listening));
    return stub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  /** These one after the other; the last one for ever. */
  does(...acts: readonly (Act | ((heard: Heard) => Act))[]): void {
    this.heard.length = 0;
    this.always = acts.at(-1) ?? { status: 500 };
    this.script = acts.slice(0, -1).filter((act): act is Act => typeof act !== 'function');
  }

  /** The first request since it was last told what to do. */
  get first(): Heard {
    const [first] = this.heard;
    if (!first) throw new Error('the model was not asked');
    return first;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((closed) => this.server.close(() => closed()));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    const heard = { path: request.url ?? '', headers: request.headers, body, words: wordsOf(body) };
    this.heard.push(heard);
    const next = this.script.shift() ?? this.always;
    this.act(typeof next === 'function' ? next(heard) : next, heard, response);
  }

  private act(act: Act, { path }: Heard, response: ServerResponse): void {
    if (act === 'hang') return;
    if (act === 'drop') return void response.destroy();
    const headers = { 'content-type': 'application/json' };
    if ('status' in act) {
      const later = act.retryAfter === undefined ? {} : { 'retry-after': act.retryAfter };
      response.writeHead(act.status, { ...headers, ...later });
      return void response.end(act.body ?? JSON.stringify({ error: { message: 'no', type: 'no' } }));
    }
    response.writeHead(200, headers);
    response.end(JSON.stringify(path.endsWith('/messages') ? anthropicAnswer(act.say) : openAiAnswer(act.say)));
  }
}

function wordsOf(body: Readonly<Record<string, unknown>>): string {
  const strings: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') strings.push(value);
    else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) walk(each);
  };
  walk(body.system);
  walk(body.messages);
  return strings.join('\n');
}

const openAiAnswer = (content: string) => ({
  id: 'stub',
  object: 'chat.completion',
  created: 1,
  model: 'stub',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1200, completion_tokens: 80, total_tokens: 1280 },
});

const anthropicAnswer = (text: string) => ({
  id: 'msg_stub',
  type: 'message',
  role: 'assistant',
  model: 'stub',
  content: [{ type: 'text', text }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 1200, output_tokens: 80 },
});
