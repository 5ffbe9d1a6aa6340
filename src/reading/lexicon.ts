import type { Kind, Status, Track } from '../domain/career-update.js';
import { words } from './words.js';

/** A rule over a run of words: what its hit speaks for, and a name under which a learned part weighs it. */
export type Cue<Label> = { readonly label: Label; readonly name: string; readonly rule: RegExp };

/** Rules over whole words from lists of alternatives, named after their label. */
export function cues<Label extends string>(listed: readonly (readonly [Label, ...string[]])[]): readonly Cue<Label>[] {
  return listed.flatMap(([label, ...rules]) =>
    rules.map((rule, index) => ({ label, name: `${label}${index}`, rule: words(rule) })),
  );
}

/** Words that speak for a kind, surest kinds first; the later ones are everyday words. */
export const KIND_CUES: readonly Cue<Kind>[] = cues<Kind>([
  [
    'work_trial',
    'work.trials?|trial (?:period|week|day|shift|month|task)s?|work tests?|probearbeit\\w*|periodo de prueba|paid trial',
    '(?:on|in|doing|into|finish\\w*|through) (?:an? )?(?:\\S+ )?(?:\\S+ )?(?:\\S+ )?trial(?:l?ing)?|trial(?:l)?(?:ed|ing) (?:at|with|for|a)|trial (?:at|with)',
  ],
  [
    'internship',
    'intern|interns|internships?|interned|interning|internee|summer (?:associate|analyst|student)|vac(?:ation)? scheme|industrial placement|placement (?:year|at|with)|co-?op',
    'placement',
    'stagiaire|en stage|stage (?:chez|à|de|bij|in|presso)|praktikum|praktikant\\w*|pasant[ií]a|pr[aá]cticas|becari[oa]|est[aá]gio|estagi[aá]ri[oa]|tirocinio|tirocinante|stageplek|staż|praktyki|traineeship',
  ],
  [
    'publication',
    '(?:our|my|the|a|first|second|third|last|new|\\w+) (?:\\S+ )?(?:\\S+ )?(?:paper|preprint|pre-print|manuscript|article|report|book|chapter|poster|novel|thesis chapter|review|essay|collection|memoir)',
    'papers?|preprints?|arxiv|camera.ready|proceedings|publication',
    'published|came out|is out|was accepted|got accepted|accepted (?:at|to|in|by)|got into|in print|appeared in|under review|submitted|resubmit\\w*|spotlight|oral|workshop|publi[ée]\\w*|publicamos|veröffentlicht\\w*|artículo|artigo|articolo|aufsatz|aceptad\\w+|aceito|accepté',
  ],
  [
    'independent_research',
    'independent(?:ly)?(?: \\w+)? research\\w*|research(?:ing|er)? (?:\\w+ )?(?:independently|on my own|by myself|solo)|independent (?:rn|now|researcher)|self.?funded|unaffiliated|freelance research\\w*',
    "(?:ltff|manifund|sff|open ?phil\\w*|coefficient|ea funds|lightspeed|foresight|survival and flourishing|emergent ventures|long.term future fund|aisf)(?:'s)?(?: \\w+)? (?:grant\\w*|gave|funds?|funded|funding|pays?|money|regrant\\w*)|(?:funded|paid|supported|backed|grant) (?:by|from|through|via) (?:the |an? )?(?:ltff|manifund|sff|open ?phil\\w*|ea funds|lightspeed|foresight)",
    'grants?|regrant|granted|stipend|bourse|beca',
    'on my own|by myself|solo|alone|own (?:stuff|research|projects?|thing|agenda)|my own',
  ],
  [
    'founding',
    'co-?found(?:ed|er|ing|ers)?|founded|founding|founder|(?:started|starting|launched|launching|set up|setting up|incorporated|registered|opened|built) (?:a|an|my|our|my own|our own|the) (?:\\S+ )?(?:\\S+ )?(?:company|startup|start-up|business|studio|agency|charity|org|organisation|organization|non-?profit|ngo|lab|firm|shop|practice|consultancy|thing|cooperative|co-op|press|label)',
    'my (?:own )?(?:startup|start-up|company|business|studio|bakery|shop|practice)|our (?:startup|start-up|company|seed|pre-seed|first customers?)|pre-?seed|seed round|\\bYC\\b|wound up|incorporat\\w+|started \\p{Lu}\\w+',
    'fond[ée]\\w*|cofund\\w*|fund[éeo]\\w*|gegründet|gründ\\w+|mitgründ\\w+|cofond\\w*|opgericht|założy\\w+|fundei',
  ],
  [
    'job_search',
    '(?:job|work|role|position|post)[- ]?(?:search\\w*|hunt\\w*|seek\\w*)|looking for (?:\\w+ ){0,4}(?:work|jobs?|roles?|positions?|something|posts?|gigs?|opportunit\\w+|internships?|employment|next)|still looking|applying (?:for|to|everywhere|around|widely)|hunting|on the (?:job )?market|unemployed|jobless|between (?:jobs|things|roles)|out of work|no job|sending (?:out )?(?:cvs?|applications?|stuff)|applications? out|(?:open|available) (?:to|for) work',
    'searching|looking|applied to (?:like )?\\d+|rejections?|no luck|nothing yet|cv|job centre|dole|recruiters?',
    'busc(?:o|ando) (?:trabajo|empleo)|busco|cherche (?:du|un|une)|recherche (?:d|un)|auf (?:job|stellen)suche|jobsuche|suche (?:eine|einen|arbeit|job|stelle)|procur(?:o|ando) (?:emprego|trabalho)|cerco lavoro|zoek(?: nog)? (?:werk|een baan)|szukam',
  ],
  [
    'career_break',
    "(?:parental|maternity|paternity|mat|pat|sick|medical|compassionate|unpaid|gardening|garden|adoption|carer'?s|family|long service|stress) leave|on leave|leave (?:from|until|till)|sabbatical|career break|(?:taking|took|having|had) (?:\\w+ )?(?:\\w+ )?(?:time off|break|rest|gap year|year off|off|year out)|burn(?:ed|t)? ?out|burnout|signed off|long covid|recover\\w*|convalesc\\w*",
    "travell?ing|backpack\\w*|at home with|(?:new )?baby|caring for|look(?:ing)? after (?:my|our|mum|dad)|my (?:mum|mother|dad|father|gran\\w*)'?s? (?:illness|carer|care)|resting|breather|doing nothing|absolutely nothing|time off|off work|gap year|surgery|chemo|cancer|ill|illness|sick",
    'elternzeit|mutterschutz|krankgeschrieben|baja (?:por|de|médica)|congé (?:parental|maternité|maladie|sabbatique)|licença|licencia|verlof|urlop|maternità|excedencia|krank|année sabbatique',
  ],
  [
    'community_building',
    '(?:run|running|ran|organi[sz]e\\w*|organi[sz]ing|host\\w*|co-?organi[sz]\\w*|co-?run\\w*|lead\\w*|led|start(?:ed|ing)?|set up|keep\\w*|maintain\\w*|head\\w*|coordinat\\w*|moderat\\w*|helm\\w*|build\\w*|grow\\w*) (?:\\S+ ){0,6}?(?:group|meet-?ups?|reading (?:group|circle|club)|club|community|communities|society|chapter|circle|hackathons?|retreats?|events?|network|discord|slack|forum|salon|book club|conference|seminars?|meetings|study group|socials?|library|repo|project)',
    'reading (?:group|circle|club)|community|meet-?ups?|hackathon|retreat|chapter|discord (?:server|with)|slack (?:community|workspace)|office hours|issue triage|open.source',
    'grupo de (?:lectura|estudio)|lesekreis|lesegruppe|groupe (?:de lecture|local)|leesgroep|comunidad|comunidade|communauté',
  ],
  [
    'volunteering',
    'volunteer\\w*|unpaid|for free|pro bono|without pay|trustee|on the board|(?:ehrenamt\\w*|voluntari\\w*|bénévol\\w*|vrijwillig\\w*|wolontari\\w*|volontari\\w*)',
    'mentor(?:ing|ed|s)?|help(?:ing)? (?:out|with|run)|supervis(?:e|ing) (?:two|three|\\d|a|some|mats|spar)|school governor|soup kitchen|food ?bank|maintain\\w*|maintainer',
  ],
  [
    'fellowship',
    'fellow|fellows|fellowships?|residency|resident|scholars?|scholar program\\w*|mats|seri.?mats|astra|lasr|pibbss|pivotal|era|spar|mlab|arena|ml4good|constellation|horizon|tarbell|anthropic fellows|mentee|stream|cohort|upskill\\w*|accelerator|boot ?camp|traineeship|apprentic\\w+|graduate scheme|residência|résidence|stipendium|the extension|mats extension',
  ],
  [
    'study',
    "ph\\.?d\\.?s?|d\\.?phil|doctora\\w+|masters?'?|master's|m\\.?sc|mphil|m\\.?res|ma|mba|llm|mpp|mpa|b\\.?sc|bachelor'?s?|undergrad\\w*|degree|thesis|dissertation|viva|law school|grad(?:uate)? school|med(?:ical)? school|diploma|pgce|a-?levels|conversion course|foundation degree|mestrado|doutorado|máster|maestría|doctorado|laurea|dottorato|magistrale|promotion|promovier\\w*|studier\\w*|studium|masterarbeit|étud\\w+|thèse|licence|estudi\\w+|tesis|studi[aeo]\\w*|doktorat\\w*|magister\\w*|opleiding|studeer",
    'stud(?:y|ying|ies|ied)|course|uni|university|college|semester|final year|enrol\\w*|modules?|lectures|exams|freshers|year (?:one|two|three|1|2|3|4)|\\d(?:st|nd|rd|th) year',
  ],
  [
    'collaboration',
    'collab\\w*|working (?:\\w+ ){0,2}with \\p{L}+|work (?:\\w+ )?with|co-?author\\w*|together with|joint(?:ly)?(?: \\w+)? with|teamed up|pairing with|alongside|zusammen mit|avec|junto (?:a|con|com)',
  ],
  [
    'other',
    'revis(?:ing|ion)|exam prep\\w*|(?:military|national|civil|jury) service|elected|councillor|cramming|campaigning|candidate|barista exam|bar exam|sqe|conscript\\w*|reservist|novel|writing a|blog|podcast|training for|streaming|youtube|hobby|civil service exam|upsc',
  ],
  [
    'employment',
    '(?:employed|hired|hire|poached|recruited|seconded|promoted|working|work|works|worked|job|position|post|role|gig|shifts?|contract(?:ing|or|ed)?|freelanc\\w*|self.employed|consult\\w*|locum|agency|temping|payroll|salary|permanent|probation|joined|join|joining) ?(?:at|for|as|with|in|on|by|to)?',
    'engineer\\w*|develop\\w*|dev|analyst|scientist|manager|director|officer|researcher|teacher|nurse|lecturer|professor|postdoc\\w*|editor|reporter|journalist|producer|designer|assistant|associate|consultant|trader|lead|head of|chief|ceo|cto|coo|swe|mle|pm|re|lawyer|solicitor|midwife|doctor|physio\\w*|chef|driver|clerk|accountant|advis[eo]r|administrator|coordinator|technician|architect|curator|librarian|secretary|member of technical staff|mots|ta',
    'team|left|quit|resigned|laid off|redundan\\w+|fired|sacked|let go|notice|offer|still (?:at|with|in)|back at|now at|moved to|switched to|started (?:at|as)|arbeite|trabajo|trabalho|travaille|lavoro|werk|pracuj\\w*|stelle|puesto|poste|emprego|baan|angestellt|contratad\\w*|embauch\\w*|assunt\\w*',
  ],
]);

/** Words that speak for a status. */
export const STATUS_CUES: readonly Cue<Status>[] = cues<Status>([
  [
    'applying',
    'appl(?:ied|ying|ication|ications)|interview\\w*|waiting (?:to hear|for|on)|wait for|await\\w*|under review|shortlist\\w*|(?:final|last|second|third|first) (?:round|stage)|on-?site|waitlist\\w*|in the running|fingers crossed|hear(?:ing)? back|pending|hoping to hear|decision',
    "submitted|offer(?: in hand)?|deciding|mulling|haven't (?:said yes|signed|decided)|sent off|put in for|beworben|postul\\w+|candidat\\w+|solicitud|bewerb\\w+|gesolliciteerd|sollicit\\w+|nadal czekam",
  ],
  [
    'upcoming',
    "will|i'll|we'll|gonna|going to|about to|due to|(?:start|starts|starting|begin|begins|beginning|join|joining|moving) (?:\\S+ ){0,3}?(?:in|on|next|from|this|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|monday|tomorrow|soon|\\d)|incoming|upcoming|soon",
    'accepted (?:an|the|their|a) (?:offer|place|post)|signed|got (?:in|into|the|an? offer|a place)|said yes|from next|next (?:month|week|year|autumn|spring|summer|fall|term)|starts?|starting|deferred|empiezo|empezar\\w*|commencer\\w*|commence|fange|anfangen|beginne|inizio|inizier\\w*|começo|vou|voy a|je vais|werde|ga ik|zaczynam|ab (?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)',
  ],
  [
    'past',
    'left|quit|resigned|was|were|used to|finish(?:ed)?|wrapped|ended|complet(?:ed|e)|did|spent|ex|former(?:ly)?|previously|redundan\\w+|laid off|fired|sacked|let (?:me|us|all|go)|came out|published|accepted|graduated|handed in|concluded|sold|closed|folded|shut|wound|dropped out|interned|worked|ran|had|got|taught|done|over|until|till|back from|last (?:year|summer|spring|autumn|winter|month)|no longer|passed|defended|trialed|trialled|volunteered|organised|hosted|taught|led|before that|prior to|at first|then i|first',
    'dejé|terminé|quitté|fini|verlassen|aufgehört|gekündigt|beendet|war|lasciato|finito|saí|terminei|deixei|gestopt|klaar|skończył\\w*|fui|estuve|trabajé',
  ],
  [
    'current',
    'now|currently|still|these days|nowadays|at the moment|since|rn|atm|ongoing|at present|presently|for now|this (?:year|term|month)|day job|full.?time|part.?time|so far|weeks? in|months? in|year \\d|half ?way|meanwhile|otherwise|on the side',
    "i'm|im|am|is|are|'re|have been|been|has|doing|working|running|building|leading|studying|teaching|writing|seit|actualmente|ahora|actuellement|maintenant|aktuell|jetzt|gerade|atualmente|agora|attualmente|ora|momenteel|nu|teraz|obecnie|sigo|ando|continuo|immer noch|toujours|ancora|nog steeds",
  ],
]);

/** Words that speak for a track. */
export const TRACK_CUES: readonly Cue<Track>[] = cues<Track>([
  [
    'capabilities',
    'pre-?train\\w*|scaling(?: laws?)?|scale ?up|post-?training|(?:inference|cuda|triton|gpu|training) (?:kernels?|stack|infra\\w*|optimi[sz]\\w*|efficiency|runs?)|kernels?|moe|mixture.of.experts|data mixtures?|tokeni[sz]\\w*|architectures?|coding agents?|(?:computer|browser|browsing|web).?(?:use|agents?)|agent scaffold\\w*|autonomous agents?|general.purpose agents?|agentic (?:coding|products?|workflow\\w*|capabilit\\w*)|frontier (?:models?|training)|long.context|reasoning models?|rl (?:for|environments?|envs?|infra|on)|distillation|optimi[sz]ers?|model training|foundation models?|capabilities|world models?|synthetic data|code generation|tool use|multimodal',
  ],
  [
    'governance',
    'governance|polic(?:y|ies)|regulat\\w+|standards?|ai act|code of practice|export controls?|compute (?:caps?|thresholds?|reporting|monitoring|verification)|treat(?:y|ies)|diplomacy|legislat\\w+|bill|lobbying|think.?tank|ministry|parliament|senat\\w+|congress\\w*|mep|liability|audit(?:s|ing)?|licensing|advocacy|national security|verification|chip|gobernanza|governança|gouvernance|politik|regulier\\w+|política',
  ],
  [
    'field_building',
    "field.?building|facilitat\\w*|teach(?:ing)? (?:assistant|arena)|ta'?(?:d|ing|s)?|mentor\\w*|reading (?:group|circle|club)|community|organi[sz]\\w*|outreach|curricul\\w+|ops|operations|talent|recruit\\w*|programme? (?:manager|lead|associate|officer|director)|cohort|course|group|chapter|hackathon|events?|grantmak\\w*|bootcamp|seminar",
  ],
  [
    'alignment',
    "alignment|align|interp\\w*|mech.?interp|mechanistic|elk|eliciting|latent knowledge|evals?|evaluations?|dangerous|schem(?:ing|ers?)|decept\\w*|sandbag\\w*|(?:ai )?control|oversight|red.?team\\w*|jailbreak\\w*|saes?|sparse auto-?encoders?|steering|prob(?:es|ing)|faithfulness|monitorab\\w*|monitor(?:s|ing)|reward hack\\w*|model organisms?|debate|agent foundations|slt|singular learning|safety (?:research|team|evals?|cases?)|unlearning|sleeper agents?|circuits?|honesty|misgenerali[sz]\\w*|corrigib\\w*|situational awareness|introspect\\w*|self.knowledge|know about themselves|inner|mesa|guarantee\\w*|safeguard\\w*|misalign\\w*|chain.of.thought|cot|activation\\w*|transcoders?|crosscoders?|attribution|features?|weak.to.strong|value learning|assistance games|cooperative ai|backdoors?|adversarial|robustness|transformerlens|superposition|representation engineering|evaluation awareness|alineamiento|seguridad de (?:la )?ia|sécurité de l'ia|ki.?sicherheit",
    'ai safety|safety|x-?risk|existential',
  ],
  [
    'applied_ai',
    'machine learning|ml|mle|mlops|computer vision|nlp|deep learning|data scien\\w+|recommend\\w*|recsys|forecast\\w*|llms?|rag|chatbots?|neural|predict\\w*|classif\\w*|detect\\w*|segmentation|speech|translation models?|ai (?:engineer|products?|startup|tools?|features?|lead|for)|robot\\w*|drug discovery|protein|genomics|imaging|maschinelles lernen|apprentissage|aprendizaje|aprendizado|ki',
  ],
  [
    'non_ai',
    'nurs\\w+|teach\\w*|school|journalis\\w*|report(?:er|ing)|front.?end|back.?end|web ?dev\\w*|full.?stack|software|trading|trader|quant\\w*|hospital|council|novel|poe\\w+|film\\w*|museum|law(?:yer)?|solicitor|legal aid|accounting|sales|marketing|dashboards?|sql|climate|energy|housing|midwi\\w+|ward|clinic\\w*|patients?|farm\\w*|theatre|music|garden\\w*|kitchen|bakery|cafe|shop|charity|physics|maths?|economics|history|biology|chemistry|medicine|engineering|bank\\w*|insurance|logistics|payments?|crypto|games?|ux|product',
  ],
]);

/** Said of what did not happen, or is only thought of. */
export const NOT_AN_ACTIVITY = words(
  "didn't get|did not get|rejected|turned (?:me|us|it|them|down)|declined|said no to|might|maybe|thinking (?:about|of)|considering|would (?:love|like)|hope to|hoping to|if only|wish|didn't make|no (?:luck|offer)|ghosted",
);

/** Other people's lives. */
export const OTHER_PEOPLE = words(
  "my (?:wife|husband|partner|sister|brother|mum|dad|mother|father|friend|flatmate|cousin|boyfriend|girlfriend|son|daughter|old|ex|former|housemate|co-?host)|he|she|he's|she's|they|they're|his|her",
);
