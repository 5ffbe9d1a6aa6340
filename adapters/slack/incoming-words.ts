const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** What somebody typed, out of what Slack makes of it: links and mentions as they read, signs unescaped. */
export function wordsFrom(slackText: string): string {
  return slackText.replace(/<([^<>|]*)(?:\|([^<>]*))?>/g, linked).replace(/&(?:amp|lt|gt);/g, (each) => ENTITIES[each] ?? each);
}

/**
 * The same for an organiser's command, in which people, channels and groups stay as Slack writes them: `<#C012|general>` says which
 * channel is meant, its name does not.
 */
export function commandFrom(slackText: string): string {
  return slackText.replace(/<(?![@#]|!subteam)[^<>]*>|&(?:amp|lt|gt);/g, (each) => wordsFrom(each));
}

function linked(_: string, target: string, label: string | undefined): string {
  const isMention = /^[@#!]/.test(target);
  if (label !== undefined && label !== '')
    return isMention && !/^[@#]/.test(label) ? `${target.startsWith('#') ? '#' : '@'}${label}` : label;
  if (target.startsWith('!')) return `@${target.slice(1).split('^')[0]}`;
  return target.replace(/^mailto:/, '');
}

/** A message's time stamp as an instant. */
export const instantOf = (ts: string): Date => new Date(Math.floor(Number(ts) * 1_000));
/** An instant as a time stamp, to look from. */
export const stampOf = (instant: Date): string => (Math.max(0, instant.getTime()) / 1_000).toFixed(6);
