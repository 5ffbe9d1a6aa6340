import {
  formatDigestTime,
  formatDuration,
  formatReminders,
  formatRetention,
  formatSendDays,
  formatSendWindow,
  formatWaves,
  settingsProblems,
  spreadProblem,
} from '../../domain/durations.js';
import { formatOrganisations, formatTriggers } from '../../domain/own-words.js';
import type { Programme } from '../../domain/people.js';
import { aligned } from '../../domain/report-layout.js';
import { DEFAULT_SETTINGS, type Settings } from '../../domain/settings.js';
import { formatTracks } from '../../domain/tracks.js';
import { dayIn } from '../../domain/wording.js';
import type { RequestOf } from '../request.js';
import { COMMAND_LINE, type Room } from '../room.js';
import { DONE, jsonText, type Voice, wrongUse } from '../shell.js';
import { activeProgramme, theProgramme } from './find.js';
import { planLines } from './plan-lines.js';

/** As the command line takes them, so that what is printed can be typed again. */
export function settingsInWords(settings: Settings) {
  const { channel } = settings;
  return {
    timezone: settings.timeZone,
    waves: formatWaves(settings.waves),
    'send-window': formatSendWindow(settings.window),
    'send-days': formatSendDays(settings.sendDays),
    spread: formatDuration(settings.spreadMs),
    settle: formatDuration(settings.settleMs),
    reminders: formatReminders(settings.reminderAfterMs),
    lapse: formatDuration(settings.lapseMs),
    digest: formatDigestTime(settings.digest),
    channel: channel === null ? 'none' : `${channel.platform}:${channel.id}`,
    'channel-audience': settings.channelAudience,
    'min-cell': String(settings.minCell),
    retain: formatRetention(settings.retainMs),
    tracks: formatTracks(settings.tracks),
    model: settings.model,
    organisations: formatOrganisations(settings.organisations),
    words: formatTriggers(settings.triggers),
  };
}
type Words = ReturnType<typeof settingsInWords>;
type WordKey = keyof Words;

export async function setProgramme(room: Room, request: RequestOf<'programme_set'>, voice: Voice): Promise<number> {
  const { programmes, clock } = room.ports;
  const now = clock.now();
  const existing = await programmes.programmeNamed(request.name);
  if (existing) await activeProgramme(programmes, request.name);
  const before = existing?.settings ?? DEFAULT_SETTINGS;
  const given = Object.fromEntries(Object.entries(request.changes).filter(([, value]) => value !== undefined));
  const settings: Settings = { ...before, ...given };
  const spread = given.spreadMs === undefined ? null : spreadProblem(settings);
  const problems = [...settingsProblems(settings), ...(spread === null ? [] : [spread])];
  if (problems.length > 0) throw wrongUse(...problems, 'Nothing was changed.');
  const changes = changesBetween(settingsInWords(before), settingsInWords(settings));
  const programme = existing ?? (await programmes.createProgramme(request.name, settings, now));
  const replanned = existing && changes.length > 0 ? await programmes.saveSettings(existing, settings, now) : [];
  if (!existing || changes.length > 0) {
    const detail = Object.fromEntries(changes.map(({ setting, from, to }) => [setting, { from, to }]));
    const what = existing ? 'settings_changed' : 'programme_created';
    await programmes.writeLog({ programmeId: programme.id, at: now, actor: COMMAND_LINE, what, detail });
  }
  if (request.json) {
    const words = settingsInWords(settings);
    voice.out(jsonText({ programme: programme.name, created: existing === null, settings: words, changes, replanned }));
  } else voice.out(await told(room, { programme, settings, changes, isNew: existing === null, plan: planLines(replanned) }));
  return DONE;
}

type SettingChange = { readonly setting: WordKey; readonly from: string; readonly to: string };

function changesBetween(before: Words, after: Words): readonly SettingChange[] {
  return (Object.keys(after) as WordKey[])
    .filter((setting) => before[setting] !== after[setting])
    .map((setting) => ({ setting, from: before[setting], to: after[setting] }));
}

type Told = {
  readonly programme: Programme;
  readonly settings: Settings;
  readonly changes: readonly SettingChange[];
  readonly isNew: boolean;
  readonly plan: readonly string[];
};

async function told(room: Room, { programme, settings, changes, isNew, plan }: Told): Promise<string> {
  const next = await nextSteps(room, programme, settings);
  const changed = changes.map(({ setting, from, to }) => [setting, `${from} → ${to}`]);
  const lines = isNew
    ? [`Created ${programme.name}, with these settings:`, ...aligned(Object.entries(settingsInWords(settings)), ['left', 'left'])]
    : changes.length === 0
      ? [`${programme.name} is set so already: nothing was changed.`]
      : [`Changed ${programme.name}:`, ...aligned(changed, ['left', 'left'])];
  const replanned = plan.length > 0 ? ['Planned anew, for what has not been sent yet:', ...plan] : [];
  return `${[...lines, ...replanned, ...next.map((step) => `Next: ${step}`)].join('\n')}\n`;
}

async function nextSteps({ ports: { programmes } }: Room, { id, name }: Programme, { channel }: Settings): Promise<string[]> {
  const option = `--programme ${quoted(name)}`;
  const hasCohorts = (await programmes.cohortsOf(id)).length > 0;
  const hasOrganisers = (await programmes.organisersOf(id)).length > 0;
  return [
    ...(hasCohorts ? [] : [`afterwards cohort import roster.csv ${option} --cohort NAME --ended YYYY-MM-DD`]),
    ...(hasOrganisers ? [] : [`afterwards organiser add ada@example.org ${option}`]),
    ...(channel === null ? [`afterwards programme set ${quoted(name)} --channel slack:C0123 (for the weekly digest)`] : []),
  ];
}

/** As a shell takes it for one word. */
export function quoted(name: string): string {
  if (/^[\w.-]+$/.test(name)) return name;
  return /["$`\\!]/.test(name) ? `'${name.replaceAll("'", `'\\''`)}'` : `"${name}"`;
}

export async function listProgrammes({ ports }: Room, { json }: RequestOf<'programme_list'>, voice: Voice): Promise<number> {
  const all = await ports.programmes.allProgrammes();
  const withCohorts = await Promise.all(
    all.map(async (programme) => ({ programme, cohorts: await ports.programmes.cohortsOf(programme.id) })),
  );
  if (json) {
    voice.out(
      jsonText(
        withCohorts.map(({ programme, cohorts }) => ({
          name: programme.name,
          settings: settingsInWords(programme.settings),
          cohorts: cohorts.length,
          people: cohorts.reduce((sum, each) => sum + each.people, 0),
          archivedAt: programme.archivedAt,
          pausedAt: programme.pausedAt,
        })),
      ),
    );
  } else if (all.length === 0) voice.err('There are no programmes yet: make one with: afterwards programme set NAME\n');
  else voice.out(`${programmeTable(withCohorts).join('\n')}\n`);
  return DONE;
}

type Listed = {
  readonly programme: Programme;
  readonly cohorts: Awaited<ReturnType<Room['ports']['programmes']['cohortsOf']>>;
};

function programmeTable(all: readonly Listed[]): readonly string[] {
  const rows = all.map(({ programme: { name, settings, archivedAt, pausedAt }, cohorts }) => [
    name,
    String(cohorts.length),
    String(cohorts.reduce((sum, each) => sum + each.people, 0)),
    settings.timeZone,
    formatWaves(settings.waves),
    archivedAt ? `archived ${dayIn(settings.timeZone, archivedAt)}` : pausedAt ? 'paused' : '',
  ]);
  const header = ['programme', 'cohorts', 'people', 'time zone', 'waves', ''];
  return aligned([header, ...rows], ['left', 'right', 'right', 'left', 'left', 'left'], 0);
}

export async function markProgramme({ ports }: Room, { name, mark }: RequestOf<'programme_mark'>, voice: Voice): Promise<number> {
  const programme = await activeProgramme(ports.programmes, name);
  if ((programme.pausedAt !== null) === (mark === 'pause')) {
    voice.out(`${programme.name} ${mark === 'pause' ? 'is paused already' : 'is not paused'}.\n`);
    return DONE;
  }
  const now = ports.clock.now();
  await ports.programmes.markProgramme(programme.id, mark, now);
  const what = mark === 'pause' ? 'programme_paused' : 'programme_resumed';
  await ports.programmes.writeLog({ programmeId: programme.id, at: now, actor: COMMAND_LINE, what, detail: {} });
  voice.out(
    mark === 'pause'
      ? `${programme.name} is paused: nobody is asked until: afterwards programme resume ${quoted(programme.name)}\n`
      : `${programme.name} goes on: what fell due meanwhile is looked at now.\n`,
  );
  return DONE;
}

export async function archiveProgramme({ ports }: Room, { name }: RequestOf<'programme_archive'>, voice: Voice): Promise<number> {
  const programme = await theProgramme(ports.programmes, name);
  if (programme.archivedAt !== null) voice.out(`${programme.name} is archived already.\n`);
  else {
    const now = ports.clock.now();
    await ports.programmes.archiveProgramme(programme.id, now);
    const entry = { programmeId: programme.id, at: now, actor: COMMAND_LINE, what: 'programme_archived', detail: {} };
    await ports.programmes.writeLog(entry);
    voice.out(`Archived ${programme.name}: it sends nothing more; its answers and predictions stay.\n`);
  }
  return DONE;
}
