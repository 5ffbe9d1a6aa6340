import type { Kind } from '../domain/career-update.js';
import { type Cue, cues } from './lexicon.js';

/**
 * Wordings that settle a kind nearly always. They enter the learned part as weights that it starts from,
 * since rare kinds have too few labelled examples to teach it the plain cases.
 */
export const STRONG_KIND_CUES: readonly Cue<Kind>[] = cues<Kind>([
  [
    'work_trial',
    'work.trials?|trial (?:period|week|day|shift|month|task|fortnight)s?|work tests?|try-?out|probearbeit\\w*|periodo de prueba|(?:on|into|doing|finishing|finished) (?:an? |my |the )?(?:\\S+ ){0,3}trial|trial(?:l)?(?:ed|ing) (?:at|with|for|a|an|\\d)|(?:paid|unpaid) trial|trial (?:at|with)',
  ],
  [
    'internship',
    'intern|internships?|interned|interning|summer (?:associate|analyst)|vac(?:ation)? scheme|placement year|industrial placement|stagiaire|en stage|praktikum|praktikant\\w*|pasant[ií]a|pasante|becari[oa]|est[aá]gio|estagi[aá]ri[oa]|tirocinio|tirocinante|staż|three.month attachment',
  ],
  [
    'publication',
    '(?:paper|preprint|manuscript|article|report|book|chapter|poster|novel|essay|collection|brief|work|thing|submission|artículo|artigo|articolo)\\b(?:[^.!?\\n]{0,60})\\b(?:accepted|published|came out|is out|out (?:in|now|on|at|since|last)|appeared|got into|went up|in print|under review|submitted|is in at|made (?:it|the|into)|presented|won|aceptad\\w|aceito|publi\\w+)|(?:published|submitted|co-?authored|co-?wrote|posted) (?:an?|my|our|the|two|three) (?:\\S+ ){0,4}(?:paper|preprint|article|report|book|piece|chapter|brief|thing)|preprint|on arxiv|camera.ready',
  ],
  [
    'job_search',
    '(?:job|work) (?:search\\w*|hunt\\w*)|looking for (?:\\w+ ){0,3}(?:work|jobs?|roles?|positions?|posts?|gigs?)|hunting (?:for )?(?:\\w+ ){0,3}(?:roles?|jobs?|work|posts?)|on the (?:job )?market|unemployed|jobless|between (?:jobs|contracts|roles|things)|out of work|sending (?:out )?(?:my |the )?(?:cvs?|r[eé]sum[eé]s?|applications?|stuff)|still looking|still hunting|jobsuche|busc(?:o|ando) (?:trabajo|empleo)|cherche (?:du travail|un emploi|un poste)|procurando (?:emprego|trabalho)|cerco lavoro',
  ],
  [
    'career_break',
    "(?:parental|maternity|paternity|mat|pat|sick|medical|compassionate|gardening|garden|adoption|carer'?s|stress) leave|sabbatical|career break|signed off (?:from|by|sick|work|until|till|on|with)|burn(?:ed|t) out|taking (?:care of (?:him|her|my|our)|(?:\\w+ ){0,4}(?:off|of nothing))|caring for|time off|gap year|elternzeit|mutterschutz|krankgeschrieben|congé (?:parental|maternité|maladie)|licença|resting|travelling|backpacking",
  ],
  [
    'founding',
    'co-?founded|co-?founding|i founded|we founded|founded (?:a|an|my|our|the|\\p{Lu})|(?:started|starting|launched|launching|set up|setting up|incorporated|incorporating|registered|opened|opening|built|building) (?:a|an|my|our|my own|our own) (?:\\S+ )?(?:\\S+ )?(?:company|startup|start-up|business|studio|agency|charity|org|non-?profit|ngo|lab|firm|shop|practice|consultancy|cooperative|cic|think tank)|(?:my|our) own (?:startup|start-up|company|business)|my startup|incorporat(?:ed|ing)|gegründet|mitgegründet|cofund(?:é|ei|amos)|fondé|opgericht',
  ],
  [
    'independent_research',
    "independent(?:ly)? (?:\\w+ )?research\\w*|independent (?:rn|now|scholar)|research\\w* (?:\\w+ ){0,4}(?:independently|on my own|by myself|solo|alone)|(?:my )?own research|on my own (?:account|dime|time)|self.?funded|unaffiliated|(?:ltff|long.term future fund|manifund|open ?phil\\w*|lightspeed|foresight institute|foresight|sff|survival and flourishing|ea funds|coefficient giving|emergent ventures|leverhulme)(?:'s)?(?: \\S+){0,2} (?:grant\\w*|regrant|gave me|funds me|is funding|pays(?: for)?|money|speculation grant)|grant (?:from|by) (?:the )?(?:ltff|long.term future fund|manifund|open ?phil\\w*|lightspeed|foresight|sff|survival|ea funds|coefficient)|on an? (?:ltff|manifund|open ?phil\\w*|sff|lightspeed) grant",
  ],
  [
    'collaboration',
    "collaborat(?:e|es|ing|ed|ion) (?:with|on)|(?:mostly |mainly |been |still |now )?working (?:closely |mostly |mainly )?(?:together )?with \\p{Lu}\\p{Ll}+ (?:\\p{Lu}\\p{Ll}+|and)|co-?author(?:ing)? with|no contract|not on (?:their|the) payroll|not (?:staff|employed) there|employed by nobody|don't share an employer|no lab, no pay|for love,? not money|colaborando con|zusammen mit",
  ],
  [
    'volunteering',
    'volunteer(?:ing|ed|s)?|unpaid|for free|for nowt|pro bono|trustee|ehrenamtlich|bénévol\\w*|voluntari[oa]|vrijwillig\\w*|as volunteer',
  ],
  [
    'community_building',
    '(?:run|running|ran|organi[sz]e|organi[sz]ing|organi[sz]ed|host|hosting|hosted|co-?organi[sz]\\w*|co-?run\\w*|co-?lead|lead|leading|led|convene|keep|keeping|maintain|maintaining|moderate|moderating|started|put on) (?:\\S+ ){0,7}?(?:reading group|group|meet-?ups?|circle|club|community|communities|society|chapter|hackathons?|retreats?|discord|slack|salon|book club|study group|repair cafés?|evenings?|office hours)',
  ],
  [
    'fellowship',
    '(?:still |now |currently )?(?:on|doing|did|in) (?:the |my |a )?(?:mats )?(?:extension|ext)|extension (?:phase|until|til|till|done|w/|with|@)|(?:research |visiting |policy )?fellow (?:at|with)|fellowship (?:at|with|in|from)|residency at|accelerator|(?:in|into|for|joined|joining|got into|accepted (?:to|into)) (?:the )?(?:\\S+ )?(?:mats|astra|lasr|pibbss|anthropic fellows)|mats (?:scholar|stream|cohort|summer|winter|extension)',
  ],
  [
    'study',
    "ph\\.?d|d\\.?phil|doctorado|doctorate|master'?s? (?:in|at|of|degree|thesis|programme|program)|m\\.?sc|mphil|mba|undergrad\\w*|bachelor'?s?|law school|med(?:ical)? school|mestrado|doutorado|máster|maestría|promoviere|masterarbeit|en thèse|dottorato|laurea magistrale|conversion course|final year",
  ],
  [
    'other',
    '(?:military|national|jury|civil) service|reservist|revising (?:\\w+ ){0,3}for|(?:cramming|studying|revising) for the (?:\\S+ ){0,2}(?:exam|bar|sqe)|running for (?:\\S+ ){0,2}(?:council|office|mp|parliament)|elected (?:me )?to|to the army|called up',
  ],
  [
    'employment',
    '(?:hired|employed) (?:me|by|as)|(?:permanent|full-time) (?:job|role|post|position)|working as an?|work as an?|i work (?:for|at|on)|joined \\p{Lu}|job at|on staff at|contracting (?:for|at|with)|contractor (?:at|for|with)|promoted to|postdoc',
  ],
]);
