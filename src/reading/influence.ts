import type { Channel, Influence } from '../domain/career-update.js';
import { withoutQuotes, words } from './words.js';

const OUT_OF_FIVE = /\b([1-5])(?:\.\d)? ?(?:\/|out of|von|sur|de|su) ?(?:5|five)\b/iu;
const OUT_OF_TEN = /\b(10|[1-9]) ?(?:\/|out of|von|sur|de) ?10\b/iu;
const WORD_OUT_OF_FIVE = /\b(one|two|three|four|five) out of (?:5|five)\b/iu;
const INFLUENCE_NUMBER =
  /\b(?:influence|impact|rating|score|i'd (?:give|say) (?:it|you|arena|mats|a)|how much)\b[^.\d\n]{0,40}\b([1-5])\b(?![\d/%]| (?:days|weeks|months|years|people|papers))/iu;
const NUMBERS = ['one', 'two', 'three', 'four', 'five'];

const CREDITS = words(
  "thanks? to|because of|without|owe|through|via|at (?:arena|mats|spar|the programme|the program|the course|camp|the fellowship|bluedot)|from (?:arena|mats|spar|the programme|the program|the course|the fellowship|the cohort|my cohort|my stream)|would(?:n't| not| never)|only (?:because|know|knew)|helped|credit|due to|met (?:\\w+ )?(?:\\w+ )?(?:at|through|on|during|in)|came (?:through|from|via)|got me|made me|gave me|taught me|learn(?:ed|t)|grateful|influence|on my (?:cv|application|resume)|never have|matter(?:ed|s)|opened|introduced|referred|the reason",
);
const CHANNEL_RULES: readonly (readonly [Channel, RegExp])[] = [
  [
    'connections',
    words(
      'met|people i (?:met|know|knew)|the people|introduc\\w+|referr\\w+|network|connect\\w*|know (?:the|my|her|him|them|jesse|each)|knew (?:the|him|her|each)|through (?:a |someone |people |my |the )?(?:\\w+ )?(?:mentor|alum\\w*|cohort|friend|contact|from)|vouch\\w*|put me in touch|contacts?|mentor (?:introduced|recommended|forwarded)|from my (?:cohort|stream|table|group)|via (?:someone|a contact|my)|recommend(?:ed|ation)|lunch table|same cohort',
    ),
  ],
  [
    'motivation',
    words(
      "motivat\\w+|courage|confiden\\w+|belong\\w*|inspir\\w+|push(?:ed)?|kick|drive|community|nudge\\w*|believ\\w+|permission|brave\\w*|the nerve|made me (?:want|believe|realise|think|quit|apply|feel)|kept me going|not alone|would(?:n't| not| never) have (?:dared|tried|applied|bothered|started)|conviction|serious about|gave me the (?:push|nerve|courage)",
    ),
  ],
  [
    'skills',
    words(
      'skills?|taught|learn(?:ed|t)|(?:the )?curriculum|technical (?:grounding|background|base)|exercises|research taste|coding|pytorch|transformers from|what i (?:know|learned)|knowledge|practice|trained|ready for|prepar\\w+|upskill\\w*',
    ),
  ],
  [
    'credential',
    words(
      '(?:on|to) (?:my|the) (?:cv|resume|application)|\\bcv\\b|r[ée]sum[ée]|credential|the name|name on|brand|shortlist\\w*|got me (?:the|an|past|through|in)|line on|prestige|they (?:asked|knew|recognised) (?:about )?(?:it|the|arena|mats)|opened (?:the |a )?doors?|door',
    ),
  ],
];

/** What the reply says the programme did for them: a rating from 1 to 5, and the ways it credits the programme with. */
export function influenceIn(messages: readonly string[], programme: string): Influence {
  const text = withoutQuotes(messages.join('\n')).slice(0, 5000);
  const sentences = text.split(/(?<=[.!?\n])\s+|\n|\/\//);
  const short = programme.split(' ')[0]?.toLowerCase() ?? '';
  const credited = sentences.filter((sentence) => CREDITS.test(sentence) && speaksOf(sentence, short));
  const channels = CHANNEL_RULES.filter(([, rule]) => credited.some((sentence) => rule.test(sentence))).map(
    ([channel]) => channel,
  );
  return { rating: ratingIn(text), channels };
}

const THE_PROGRAMME = words(
  'programme|program|fellowship|course|camp|cohort|bootcamp|stream|scheme|you (?:lot|all|guys|people)|you|alumni|the residency|mentor|people i met|influence|impact|during it|there',
);

function speaksOf(sentence: string, programme: string): boolean {
  return THE_PROGRAMME.test(sentence) || (programme.length > 2 && sentence.toLowerCase().includes(programme));
}

function ratingIn(text: string): number | null {
  const five = OUT_OF_FIVE.exec(text)?.[1];
  if (five) return Number(five);
  const word = WORD_OUT_OF_FIVE.exec(text)?.[1];
  if (word) return NUMBERS.indexOf(word.toLowerCase()) + 1;
  const ten = OUT_OF_TEN.exec(text)?.[1];
  if (ten) return Math.max(1, Math.round(Number(ten) / 2));
  const said = INFLUENCE_NUMBER.exec(text)?.[1];
  return said ? Number(said) : null;
}
