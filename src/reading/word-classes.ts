import { monthNumber } from './calendar.js';
import type { Token } from './words.js';

// Classes of single words, from general knowledge: what a subject, a trade, a line of business, an office-holder or a tense looks
// like, whoever writes. A subject or trade says that the work is known and no AI; an office alone ("analyst") says nothing of it.

const SUBJECTS =
  'maths math mathematics physics chemistry biology history philosophy economics econ sociology anthropology psychology linguistics geography geology archaeology classics literature english french german spanish latin greek music art arts theology divinity law medicine nursing pharmacy dentistry veterinary architecture engineering mechanical civil electrical chemical aerospace materials statistics stats accounting finance marketing business management education pedagogy journalism film theatre drama dance design fashion agriculture forestry ecology botany zoology neuroscience biochemistry genetics immunology microbiology virology epidemiology astronomy astrophysics cosmology meteorology oceanography demography criminology translation humanities counselling psychotherapy physiotherapy midwifery radiology nutrition photography painting sculpture poetry fiction composition musicology numismatics palaeontology hydrology logistics tourism hospitality horticulture sustainability environment climate ecosystem glaciology topology algebra geometry combinatorics logic bioinformatics biostatistics biotech biotechnology actuarial taxation diplomacy development urban planning mathe physik chemie biologie geschichte philosophie medizin jura wirtschaft informatik psychologie histoire droit médecine économie historia derecho medicina economía filosofía direito história storia diritto economia filosofia rechten geneeskunde geschiedenis';
const TRADES =
  'nurse nursing midwife doctor gp surgeon physician registrar paramedic pharmacist dentist vet physio physiotherapist psychologist therapist counsellor psychiatrist radiographer optician carer teacher teaching headteacher lecturer tutor librarian archivist curator conservator translator interpreter editor subeditor journalist reporter correspondent presenter producer novelist poet playwright author copywriter writer photographer filmmaker cinematographer animator illustrator painter sculptor potter musician cellist violinist pianist singer conductor composer actor actress dancer choreographer director chef cook baker barista bartender waiter waitress butcher brewer winemaker farmer gardener forester florist fisherman carpenter joiner plumber electrician welder mechanic builder roofer bricklayer mason surveyor architect draughtsman planner driver pilot captain sailor conductor postman courier guard firefighter police policeman detective soldier officer-cadet lieutenant barrister solicitor lawyer paralegal notary judge magistrate accountant auditor bookkeeper actuary banker broker trader underwriter cashier clerk receptionist secretary hairdresser tailor cleaner caretaker hydrologist geologist chemist biologist ecologist physicist mathematician economist historian archaeologist meteorologist statistician epidemiologist frontend backend fullstack devops sysadmin dba webdev enfermera enfermero médico médica profesor profesora maestra abogado abogada periodista lehrer lehrerin krankenschwester arzt ärztin anwalt journalistin infirmière infirmier professeur avocat avocate professora enfermeira insegnante infermiera avvocato leraar verpleegkundige nauczycielka lekarz';
const TRADE_WORDS =
  'hospital clinic ward surgery hospice care-home school nursery kindergarten classroom pupils patients newspaper newsroom magazine gazette radio tv television theatre museum gallery orchestra choir opera ballet studio festival cinema publisher bookshop library archive bakery restaurant café cafe pub bar hotel brewery vineyard farm orchard allotment shop supermarket warehouse factory plant depot shipyard harbour railway rail railways airline airport bank insurer insurance brokerage hedge pension pensions mortgage loans payments payroll tax taxes accounting billing invoices crm erp retail ecommerce e-commerce fashion cosmetics furniture toys games gaming sport football rugby cricket tennis gym yoga pilates housing homeless shelter refugees asylum charity church parish mosque synagogue temple monastery council town-hall courts court prison probation police army navy raf military energy solar wind turbines battery batteries grid oil gas mining steel cement concrete bridges roads traffic water sewage irrigation flood floods waste recycling weather satellites aerospace aviation cars automotive trucks bikes bicycles trains shipping freight logistics parcels telecoms telecom broadband crypto blockchain fintech adtech edtech proptech accountancy audit recruitment-agency estate lettings construction property tourism travel wedding weddings web website websites wordpress app apps ios android mobile dashboards sql spreadsheets excel kubernetes aws terraform database databases compilers embedded firmware fpga semiconductors hardware malaria vaccines vaccine hiv tuberculosis cancer diabetes dementia surgery poverty microfinance elections democracy biodiversity rivers forests soil wheat rice crops livestock dairy fish fisheries';
const OFFICES =
  'analyst researcher scientist engineer developer dev officer adviser advisor associate assistant fellow manager director lead head consultant coordinator specialist strategist intern trainee contractor staffer member employee resident postdoc professor student scholar candidate administrator executive chief secretary programme-officer cto ceo coo pm';
const AI_WORDS =
  'ai a.i. ml llm llms gpt model models neural agi asi superintelligence alignment interpretability interp evals safety x-risk xrisk gpu gpus transformers transformer agent agents agentic chatbot chatbots robotics vision nlp rl rlhf';

const CLASSES: ReadonlyMap<string, string> = new Map(
  (
    [
      ['ai', AI_WORDS],
      ['office', OFFICES],
      ['trade', TRADES],
      ['line', TRADE_WORDS],
      ['subject', SUBJECTS],
    ] as const
  ).flatMap(([name, list]) => list.split(' ').map((word) => [word, name] as const)),
);

/** What sort of word it is: a subject of study, a trade, a line of business, an office, AI's own words; '' for any other. */
export function classOf({ lower }: Token): string {
  return CLASSES.get(lower) ?? (lower.endsWith('s') ? (CLASSES.get(lower.slice(0, -1)) ?? '') : '');
}

const TENSES: ReadonlyMap<string, string> = new Map(
  (
    [
      ['was', "was were had did didn't wasn't weren't hadn't used estuve fui war hatte hab habe étais"],
      ['is', "am is are i'm im we're isn't soy estoy bin ist suis sono sou estou ben jestem"],
      ['has', "have has i've ive we've haven't been hasn't he llevo"],
      ['will', "will i'll ill we'll gonna shall won't going voy werde vais vou ga"],
      ['may', 'would might could may should want hope plan hoping planning considering thinking'],
      [
        'left',
        'left quit resigned finished ended wrapped completed graduated stopped dropped sold closed folded handed defended passed retired wound terminé dejé quitté aufgehört beendet',
      ],
      [
        'did',
        'began ran led taught wrote got went came made built spent took gave held won saw met kept knew became thought found sent did stood grew drove put hit cut let set',
      ],
      [
        'does',
        'work run lead teach do study research write build help manage write live spend host organise organize mentor keep own sit edit trabajo arbeite travaille lavoro trabalho werk pracuję',
      ],
      ['starts', 'start starts starting begin begins beginning join joining joins moving enrol enrolling commence'],
      ['started', 'started joined began moved enrolled switched became founded'],
      ['applied', 'applied applying apply interviewing interview interviews interviewed waiting awaiting shortlisted submitted'],
      ['now', 'now currently nowadays still atm rn presently ongoing ahora maintenant jetzt agora ora nu'],
      ['then', 'then before previously formerly earlier after until till ago last afterwards ex former'],
      ['next', 'next soon upcoming incoming tomorrow later'],
      ['since', 'since from seit desde depuis dal sinds'],
      ['not', "not no never don't didn't nothing nor neither without"],
    ] as const
  ).flatMap(([name, list]) => list.split(' ').map((word) => [word, name] as const)),
);

/** What a word tells about when: an auxiliary, a telling verb, a form in -ing or -ed, a word of time; '' for any other. */
export function tenseOf({ lower, text }: Token): string {
  const listed = TENSES.get(lower);
  if (listed) return listed;
  if (/^(?:19|20)\d\d$/.test(text) || (text.length > 2 && monthNumber(lower) !== null && lower !== 'may')) return 'date';
  if (lower.length > 4 && lower.endsWith('ing')) return 'ing';
  return lower.length > 4 && lower.endsWith('ed') ? 'ed' : '';
}
