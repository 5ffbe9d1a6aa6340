import { discordProblems } from './limits.js';
import { bodyProblems } from './request-bodies.js';
import { ApiError, type Request } from './server.js';
import type { Attachment, Body, State } from './state.js';

export type Content = {
  readonly content: string;
  readonly embeds: readonly Body[];
  readonly components: readonly Body[];
  readonly attachments: readonly Attachment[];
};

export function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const textIn = (body: Body, name: string): string | null => {
  const value = body[name];
  return typeof value === 'string' ? value : null;
};
export const bodiesIn = (body: Body, name: string): readonly Body[] => {
  const value = body[name];
  return Array.isArray(value) ? value.filter(isBody) : [];
};

/** Which bodies hold a message: what Discord says of those is not all that it refuses. */
const MESSAGES = ['POST messages', 'PATCH message', 'POST webhook', 'PATCH webhook message'];

/** The body, where nothing is wrong with it. */
export function checked(kind: string, body: unknown, complain: (problem: string) => void): Body {
  const problems = [...bodyProblems(kind, body), ...(MESSAGES.includes(kind) ? discordProblems(body) : [])];
  if (problems.length === 0 && isBody(body)) return body;
  complain(`${kind}: ${problems.join('; ')}`);
  throw new ApiError(400, 50035, 'Invalid Form Body', problems);
}

/** What a message says, its files taken in. An edit that does not name a part leaves it as it was. */
export function contentOf(state: State, body: Body, files: Request['files'], before?: Content): Content {
  const kept = (before?.attachments ?? []).filter(({ id }) =>
    bodiesIn(body, 'attachments').some((each) => String(each.id) === id),
  );
  const described = new Map(bodiesIn(body, 'attachments').map((each) => [String(each.id), each]));
  const added = [...files].map(([number, { name, bytes }]) => {
    const about = described.get(number);
    const filename = (about && textIn(about, 'filename')) ?? name;
    return { id: state.nextId(), filename, description: (about && textIn(about, 'description')) ?? null, bytes };
  });
  const content: Content = {
    content: 'content' in body ? (textIn(body, 'content') ?? '') : (before?.content ?? ''),
    embeds: 'embeds' in body ? bodiesIn(body, 'embeds') : (before?.embeds ?? []),
    components: 'components' in body ? bodiesIn(body, 'components') : (before?.components ?? []),
    attachments: [...('attachments' in body ? kept : (before?.attachments ?? [])), ...added],
  };
  const isEmpty =
    content.content.trim() === '' && [content.embeds, content.components, content.attachments].every((each) => each.length === 0);
  if (isEmpty) throw new ApiError(400, 50006, 'Cannot send an empty message');
  return content;
}
