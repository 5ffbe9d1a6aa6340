import { isDay } from '../domain/iso-day.js';
import { parseProbability, parseThreshold } from '../domain/prediction.js';
import type { Result } from '../domain/result.js';
import type { Request, RequestOf } from './request.js';
import { wrongUse } from './shell.js';

export type ReportOptions = {
  readonly cohort?: readonly string[];
  readonly wave?: string;
  readonly asOf?: string;
  readonly audience: string;
  readonly format: string;
  readonly out?: string;
};

const wholeMonths = (text: string) => (/^\d{1,3}$/.test(text.trim()) ? Number(text) : null);

export function reportRequest(programme: string, options: ReportOptions): Request {
  const format = REPORT_FORMATS.find((each) => each === options.format);
  const { problems, ...about } = aboutReport(options);
  if (!format) problems.push(`--format ${options.format} is not known: use ${listed(REPORT_FORMATS)}`);
  if (format === 'png' && options.out === undefined) problems.push('--format png needs --out, with a file to write it into');
  if (problems.length > 0 || !format) throw wrongUse(...problems);
  return { kind: 'report', programme, format, ...about };
}

/** Several programmes, or cohorts of one. */
export function compareRequest(programmes: readonly string[], options: ReportOptions): Request {
  const format = TABLE_FORMATS.find((each) => each === options.format);
  const { problems, ...about } = aboutReport(options);
  if (!format) problems.push(`--format ${options.format} is not known: use ${listed(TABLE_FORMATS)}`);
  if (programmes.length > 1 && about.cohorts.length > 0)
    problems.push('--cohort goes with one programme: name either one programme and cohorts of it, or several programmes');
  if (about.cohorts.length === 1) problems.push('One cohort has nothing beside it: name another, or none for all of them');
  if (problems.length > 0 || !format) throw wrongUse(...problems);
  return { kind: 'compare', programmes: [...programmes], format, ...about };
}

const TABLE_FORMATS = ['text', 'json', 'csv'] as const;
const REPORT_FORMATS = [...TABLE_FORMATS, 'html', 'png'] as const;
const listed = (formats: readonly string[]) => `${formats.slice(0, -1).join(', ')} or ${formats.at(-1)}`;

function aboutReport({ cohort, wave, asOf, audience }: ReportOptions) {
  const problems: string[] = [];
  const waveMonths = wave === undefined ? null : wholeMonths(wave);
  if (wave !== undefined && waveMonths === null) problems.push(waveProblem(wave));
  if (asOf !== undefined && !isDay(asOf.trim()) && !isInstant(asOf.trim()))
    problems.push(`--as-of ${asOf} is not a date: write it as 2024-06-30`);
  const who = (['organisers', 'public'] as const).find((each) => each === audience);
  if (!who) problems.push(`--audience ${audience} is not an audience: write organisers or public`);
  return { problems, cohorts: [...(cohort ?? [])], waveMonths, asOf: asOf ?? null, audience: who ?? ('public' as const) };
}

const isInstant = (text: string) => /^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text));

const waveProblem = (text: string) => `--wave ${text} is not a wave: write whole months after the end of a cohort, such as 12`;

export type DigestOptions = { readonly post?: boolean; readonly audience?: string; readonly json?: boolean };

export function digestRequest(programme: string, { post = false, audience, json = false }: DigestOptions): Request {
  if (audience === undefined) return { kind: 'digest', programme, post, audience: null, json };
  if (post)
    throw wrongUse('--audience is for looking only: what is posted follows the channel, see programme set --channel-audience');
  if (audience === 'organisers' || audience === 'public') return { kind: 'digest', programme, post, audience, json };
  throw wrongUse(`--audience ${audience} is not an audience: write organisers or public`);
}

export type PredictOptions = {
  readonly cohort: readonly string[];
  readonly wave: string;
  readonly track: string;
  readonly any?: boolean;
  readonly lessThan?: string;
  readonly moreThan?: string;
  readonly probability: string;
  readonly closes: string;
  readonly author: string;
  readonly text?: string;
  readonly seenData?: boolean;
  /** A file for the text to publish. */
  readonly statement?: string;
  readonly json?: boolean;
};

type Forecast = RequestOf<'predict_add'>['forecast'];

/** Every option that is wrong, at once. */
export function predictRequest(programme: string, options: PredictOptions): RequestOf<'predict_add'> {
  const problems: string[] = [];
  const take = <T>(name: string, value: Result<T, string>): T | null => {
    if (value.ok) return value.value;
    problems.push(`--${name}: ${value.error}`);
    return null;
  };
  const waveMonths = wholeMonths(options.wave);
  if (waveMonths === null) problems.push(waveProblem(options.wave));
  const track = options.track.trim();
  if (track === '') problems.push('--track needs the name of a track, such as capabilities');
  const bounds = [
    ...(options.lessThan === undefined ? [] : [['less-than', 'less_than', options.lessThan] as const]),
    ...(options.moreThan === undefined ? [] : [['more-than', 'more_than', options.moreThan] as const]),
  ];
  const [bound] = bounds;
  if (bounds.length !== 1) problems.push('Say either --less-than or --more-than, with a share such as 10%');
  const threshold = bound ? take(bound[0], parseThreshold(bound[1], bound[2])) : null;
  const probability = take('probability', parseProbability(options.probability));
  if (!isDay(options.closes)) problems.push(`--closes ${options.closes} is not a day: write it as 2027-03-31`);
  if (options.author.trim() === '') problems.push('--author needs a name: predictions are scored by author');
  if (problems.length > 0 || waveMonths === null || !bound || threshold === null || probability === null)
    throw wrongUse(...problems);
  const forecast: Forecast = {
    cohorts: [...options.cohort],
    waveMonths,
    class: { track, scope: options.any === true ? 'any' : 'main' },
    comparator: bound[1],
    threshold,
    probability,
    closesOn: options.closes,
    author: options.author,
    text: options.text ?? null,
    seenData: options.seenData === true,
  };
  return { kind: 'predict_add', programme, forecast, json: options.json === true };
}

export type AmendOptions = {
  readonly probability?: string;
  readonly text?: string;
  readonly reason?: string;
  readonly author?: string;
  readonly json?: boolean;
};

export function amendRequest(id: string, { probability, text, reason, author, json = false }: AmendOptions): Request {
  const share = probability === undefined ? null : parseProbability(probability);
  if (share?.ok === false) throw wrongUse(`--probability: ${share.error}`);
  if (share === null && text === undefined)
    throw wrongUse('Say what changes: --probability, or --text. What is claimed cannot change: withdraw it, and predict anew');
  return {
    kind: 'predict_amend',
    id,
    probability: share?.value ?? null,
    text: text ?? null,
    reason: reason ?? null,
    by: author ?? null,
    json,
  };
}
