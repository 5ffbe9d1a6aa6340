import type { Kind } from '../domain/career-update.js';
import { plain, words } from './words.js';

const SHORT_FORMS: readonly (readonly [RegExp, string])[] = [
  [words('founding eng(?:ineer)?'), 'founding engineer'],
  [words('research eng(?:ineer)?|\\bRE\\b(?= (?:at|on|roles?|@))|RE'), 'research engineer'],
  [words('swe|software dev(?:eloper)?|softwareentwickler\\w*'), 'software engineer'],
  [words('mle|ml engineer|machine learning engineer'), 'machine learning engineer'],
  [words('mots|mts|member of technical staff'), 'member of technical staff'],
  [words('head ta'), 'head TA'],
  [words("ta|ta'd|taing|ta'ing|teaching assistant"), 'TA'],
  [words('post-?doc(?:toral)?(?: (?:researcher|fellow))?'), 'postdoc'],
  [words('werkstudent\\w*'), 'working student'],
  [words('co-?found(?:ed|er|ing)?|mitgründ\\w*|cofund\\w*'), 'co-founder'],
  [words('contract(?:ing|or)'), 'contractor'],
  [words('locum'), 'locum'],
  [words('freelanc\\w+'), 'freelancer'],
  [words('entrepreneur in residence'), 'entrepreneur in residence'],
  [words('mentor(?:ing)?|supervise'), 'mentor'],
];

const STUDIES: readonly (readonly [RegExp, string])[] = [
  [words('d\\.?phil'), 'DPhil student'],
  [words('ph\\.?d\\.?|doctora\\w*|dottorato|doktorat\\w*|thèse|promovier\\w*|promotion'), 'PhD student'],
  [words('mphil'), 'MPhil student'],
  [words('mba'), 'MBA student'],
  [words("master'?s?|m\\.?sc|m\\.?res|ma|mpp|llm|mestrado|máster|maestría|magistrale|masterarbeit"), "master's student"],
  [words("undergrad\\w*|b\\.?sc|ba|bachelor'?s?|final year|licence|third year|second year|first year"), 'undergraduate'],
  [words('law school'), 'law student'],
  [words('med(?:ical)? school'), 'medical student'],
];

const MODIFIER =
  '(?:senior|junior|lead|staff|principal|chief|head|assistant|associate|deputy|trainee|visiting|founding|part-time|research|policy|data|software|machine|learning|ml|ai|safety|quant(?:itative)?|web|full-?stack|front-?end|back-?end|frontend|backend|devops|security|product|project|programme|program|operations|ops|field|community|clinical|charge|staff|registered|district|school|primary|secondary|maths?|physics|latin|english|science|history|legal|investigative|freelance|features|news|political|climate|energy|solar|mechanical|civil|electrical|structural|hardware|firmware|embedded|cloud|platform|infrastructure|solutions|sales|marketing|content|communications|comms|ux|ui|graphic|sound|film|documentary|podcast|night|picture|sub|copy|technical|teaching|graduate|postdoctoral|scientific|applied|general|medical|social|youth|family|care|public|health|economic|financial|business|systems?|test|qa|bi|analytics|governance|alignment|interpretability|evals?|control|growth|talent|grants?|finance|people|hr)';
const HEAD_NOUN =
  '(?:engineer|developer|dev|analyst|scientist|manager|director|officer|researcher|teacher|nurse|lecturer|professor|editor|reporter|journalist|producer|designer|assistant|associate|consultant|trader|lawyer|solicitor|barrister|midwife|doctor|physio(?:therapist)?|pharmacist|chef|driver|clerk|accountant|adviser|advisor|administrator|coordinator|technician|architect|curator|librarian|secretary|lead|tutor|writer|correspondent|fellow|resident|registrar|matron|sister|ceo|cto|coo|president|partner|planner|surveyor|electrician|carpenter|translator|therapist|psychologist|counsellor|social worker|generalist|specialist|strategist|fundraiser|organiser|moderator|photographer|actor|musician|pilot|vet|paralegal|trainee|apprentice|intern|head of [a-z]+(?: [a-z]+)?|chief of staff|team lead|tech lead|team leader)';
const TITLE = new RegExp(`(?<![\\p{L}-])((?:${MODIFIER}[ -]){0,4}${HEAD_NOUN})s?(?![\\p{L}])`, 'iu');
const TEACHES = words(
  '(?:i |now )?teach(?:ing|es)? (?:\\w+ )?(maths?|physics|chemistry|biology|english|latin|french|german|spanish|history|geography|music|art|yoga|piano|science|computer science|economics|philosophy|python|drama|primary|year \\d)',
);
const REPEATS_KIND = /^(?:intern|volunteer|fellow|apprentice|research fellow)$/;

/** The position that the words name, as a reader would write it ("PhD student", "research engineer"); null where they name none. */
export function roleIn(text: string, kind: Kind): string | null {
  if (kind === 'publication' || kind === 'career_break' || kind === 'community_building') return null;
  if (kind === 'study') return firstOf(STUDIES, text);
  const subject = TEACHES.exec(plain(text))?.[1];
  if (subject && (kind === 'employment' || kind === 'volunteering')) return `${subject} teacher`;
  const title = TITLE.exec(plain(text))?.[1]?.trim() ?? null;
  if (title && !REPEATS_KIND.test(title) && !(kind === 'internship' && /intern$/.test(title))) return spelledOut(title);
  if (kind === 'internship' || kind === 'independent_research') return null;
  const short = firstOf(SHORT_FORMS, text);
  if (short === 'mentor') return kind === 'volunteering' || kind === 'employment' ? short : null;
  if (short === 'co-founder') return kind === 'founding' ? short : null;
  return short;
}

function firstOf(forms: readonly (readonly [RegExp, string])[], text: string): string | null {
  return forms.find(([rule]) => rule.test(text))?.[1] ?? null;
}

function spelledOut(title: string): string {
  return title
    .replace(/\bdev\b/, 'developer')
    .replace(/\bml\b/, 'machine learning')
    .replace(/\bai\b/, 'AI')
    .replace(/\b(ceo|cto|coo)\b/, (letters) => letters.toUpperCase());
}
