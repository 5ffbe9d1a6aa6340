import { bare } from './words.js';

// Further ways to say it: idiom, slang, jest, single words in many languages. Matched as the rules beside them: sentence by
// sentence, lower case without accents.

const any = (...parts: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${parts.join('|')})(?![\\p{L}\\p{N}])`, 'u');
/** For scripts whose letters lose their marks, or fall apart into jamo, in the form that rules are matched against. */
const inScript = (alternatives: string): RegExp => new RegExp(bare(alternatives), 'u');

const NEWS =
  '(?:messages?|msgs?|check.?ins?|bots?|pings?|questions?|surveys?|e?.?mails?|dms?|reminders?|texts?|notifications?|things?|nudges?)';
const THESE =
  '(?:these|this|those|them|your|ur|the|such|any|more|anything)(?: \\w+)? ?(?:messages?|msgs?|check.?ins?|bots?|pings?|questions?|surveys?|e?.?mails?|dms?|reminders?|texts?|notifications?|things?|anymore|any more)?';
const AT_END = '(?= ?(?:$|[.!,;:)]|please|pls|plz|thanks|thx|now|bot|robot|for (?:me|good)|forever))';
const BOT = ',? (?:you )?(?:\\w+ )?(?:bot|robot|machine|clanker)';
const RECORDS = '(?:data|info|information|records?|details|answers|file|files|history|profile|account|stuff)';

export const STOP_IDIOMS: readonly RegExp[] = [
  any(
    'quit (?:it )?with (?:the|these|this|your|all)(?: \\w+){1,2}',
    `enough (?:already|with (?:the|these|this|your) \\w+(?:.ins)?)${AT_END}`,
    "(?:don't|dont|do not|never) (?:@|tag|at) me (?:again|any ?more|ever)",
    "(?:don't|dont|do not|never) ask (?:me )?again(?! (?:until|till?|before|in|for|about|next|this))",
    'no need to (?:write|ping|message|text|check|contact|ask|follow up|reach out)(?: to| in| on| with| up){0,2}(?: me)? (?:again|any ?more|ever)',
    "(?:don't|dont|do not) (?:need|have) to (?:check|ask|message|write|contact|ping|follow|keep)(?: \\w+){0,4} (?:again|any ?more|ever|from now on)",
    `(?:don't|dont|do not|no longer) (?:want to|wanna|wish to|care to|need to) (?:keep )?(?:get|getting|receive|receiving|see|hear from) ${THESE}`,
    `(?:don't|dont|do not|no longer) (?:want to|wanna|wish to) (?:take part|participate|be (?:part of this|included|asked|messaged))${AT_END}`,
    "(?:i'd|i would|would) (?:prefer|rather|like) not (?:to )?(?:receive|get|be (?:asked|contacted|messaged|on this|included)|hear from you|take part)(?: \\w+)?",
    `make (?:it|this|them|these) stop${AT_END}`,
    `(?:shoo|begone|be gone|buzz off|shut up|do one|jog on|hop off|kick rocks|scram|get stuffed|take a hike|zip it|bye bye)${BOT}`,
    `we(?:'re| are) done(?: here)?${BOT}`,
    "let's not (?:see|talk to|write to|speak to) each other",
    '(?:this|that) (?:is|was|will be) (?:my|the) last (?:reply|answer|response|time i (?:answer|reply|respond))',
    '(?:block|ban|blacklist|exclude) me from (?:your|this|the|these)(?: \\w+)?',
    '(?:the|your|a) do.not.contact list',
  ),
  any(
    '(?:withdraw|withdrawing|retract|retracting|revoking|revoke) (?:my )?(?:consent|permission)',
    'consent (?:is )?(?:hereby )?(?:withdrawn|revoked)',
    'withdraw(?:ing)? from (?:this|these|the|your|all)(?: \\w+)? ?(?:follow.?ups?|surveys?|check.?ins?|messag\\w+|study|mailing|list|questionnaires?)',
    '(?:sign|signed|signing) up for (?:this|these|any of this)\\b.{0,10}\\b(?:stop|remove me|take me|leave me|go away)',
    '(?:bro|dude|man|mate|omg|ffs|seriously|guys|yo|hey|bhai|yaar|hermano|bitte|svp|por favor|oh my god|for the love of god)[,!]? (?:please |just )?stop(?= ?(?:$|[.!]|it|this))',
    `let me (?:out|off)(?: of)? (?:this|these|here|the list|your list)`,
    `(?:want|wanna|like) out of (?:this|these|it|the list|here)${AT_END}`,
    'consider (?:me|this)(?: as)? (?:unsubscribed|opted out|my (?:resignation|notice|unsubscribe|opt.?out|goodbye)|gone)',
    `(?<!we |they |i )(?:turn|switch|shut) (?:this|these|them|the bot|(?:these|the|this) ${NEWS}) (?:off|down)${AT_END}`,
    'turn off (?:these|this|the (?:bot|pings|messages|check.ins|reminders))(?: \\w+)?',
    '(?:disable|deactivate|discontinue) (?:this|these|the|all)(?: \\w+)?(?: for me| please| pls)',
    '(?:please|pls|plz|kindly) (?:discontinue|disable|deactivate|end|cancel) (?:this|these|all)',
    // The formal register of lawyers and civil servants.
    `(?<!we |they |i )(?:cease|discontinue|desist from|refrain from|suspend) (?:all |any |sending |making )*(?:these|those|this|your|all|any|further|such|future)(?: \\w+){0,2} (?:inquir|enquir|messag|contact|correspond|communicat|solicit|notif|check.?in|questionnaire|survey|e.?mail|remind|outreach|approach)\\w*`,
    '(?:i (?:must|shall|have to)|i am obliged to) (?:ask|request|insist) (?:that )?(?:you|that this|to be) (?:cease|stop|removed|left)',
    'mute me',
    'retire from (?:answering|these|this bot|replying|the bot)',
    '(?:forget|lose) (?:that you have )?my (?:e?.?mail|address|number|contact|handle|name)(?! is)',
    `(?:keep|leave) me out of (?:this|these|it|the loop|your)(?: \\w+)?`,
    'spare me (?:these|the|your|this|further)(?: \\w+)?',
    `enough of (?:these|your)(?: ${NEWS})?${AT_END}`,
    'enough of (?:this bot|being (?:asked|messaged|pinged))',
    "i'm (?:so )?over (?:these|this bot|your (?:messages|bot|pings))",
    'ghost(?:ing)? (?:you|this bot)(?: now)?(?= ?(?:$|[.!]|bot))',
    'find (?:someone|somebody) else to (?:bother|ask|pester|ping|message)',
    'go bother (?:someone|somebody) else',
    '(?:delete|lose|erase) my (?:number|address|contact|e?-?mail|contact details|dm)\\b(?! (?:and|&) (?:my )?(?:data|everything)| ?\\?)',
    'stop kar(?:o|do| do|en| dijiye|na)',
  ),
  // es, pt
  any(
    'basta ya(?=$|[ .!,])',
    'no quiero saber (?:nada )?(?:mas )?(?:de|nada)(?: \\w+){0,2}',
    '(?:borr|quit|sac|elimin|retir)(?:adme|enme|ame|arme|eme|adnos) (?:de|del) (?:la|esta|su|vuestra|tu)? ?(?:lista|grupo)',
    '(?:me |nos )?deix(?:a|e|em)(?:-me)? em paz',
    'quero (?:sair|ser removid[oa]|me desinscrever|cancelar)(?: \\w+){0,3}',
    'dej(?:a|e|ad|en) (?:de|ya) (?:dar la lata|joder|fastidiar)|dejad de (?:dar|mandar|escribir)\\w*',
    'no (?:mas|me mandes|me envies) (?:de )?(?:estos|esto|eso|esas)',
  ),
  // fr, it
  any(
    '(?:enleve|retire|supprime|raye|vire|ote)(?:z|s)?.(?:moi|nous) (?:de|du|des)(?: \\w+){0,2}',
    '(?:fichez|fiche|fous|foutez|laisse|laissez).moi (?:la paix|tranquille|en paix)',
    'stop (?:aux|a vos|a ces|avec ces|les) \\w+',
    "ne plus (?:me |m'|nous )(?:ecrire|contacter|envoyer|deranger|solliciter)(?: \\w+){0,2}",
    '(?:lasciat|lasci|lasc)(?:emi|ami|iami|atemi|atemi)? ?(?:in pace|stare)|lasciatemi (?:in pace|stare)|lasciami (?:in pace|stare)',
    'finitela|piantatela|smettila',
  ),
  // de, nl
  any(
    '(?:nimm|nehmt|streich|streicht|werft|wirf|setzt) mich (?:bitte )?(?:aus|von|vom)(?: \\w+){1,2}',
    'aus (?:dem|eurem|ihrem) verteiler',
    'ich (?:will|mochte|moechte) (?:das|die|sowas|diese \\w+) nicht mehr(?= ?(?:$|[.!,]|haben|bekommen|sehen))',
    '(?:meld|meldet|trag|tragt|melden sie|tragen sie) mich (?:bitte )?(?:ab|aus|hier ab|hier aus)',
    'kein interesse (?:mehr )?an (?:diesen|euren|den|weiteren|solchen) \\w+',
    'schluss (?:mit|damit)(?: \\w+){0,2}(?= ?(?:$|[.!]))',
    '(?:meld|schrijf|schrap|haal) (?:me|mij) (?:alsjeblieft |aub )?(?:af|uit|eraf|hiervan af|hier af)',
    'ik wil (?:hier|hiervan|van deze lijst) (?:van)?af',
  ),
  // pl, tr
  any(
    'nie chce (?:juz |wiecej )*(?:tego |ich )?(?:dostawac|otrzymywac|widziec)',
    'koniec z (?:tymi|tym|wiadomosciami)(?: \\w+)?',
    'odczep(?:cie)? sie|spadaj(?:cie)?(?: bocie)?(?= ?(?:$|[.!]))|daj(?:cie)? mi (?:swiety )?spokoj',
    'bir daha (?:yazma|atma|gonderme|mesaj)\\w*|mesaj (?:atma|gonderme|yollama)(?:yin|yın|yiniz)?|mesaj atmayın|yazmay[ıi]n',
    'beni (?:listeden|bu listeden|gruptan) (?:c[ıi]kar\\p{L}*|sil\\p{L}*)',
    'beni rahat b[ıi]rak\\w*|rahat b[ıi]rak[ıi]n',
    '(?:almak|mesaj|bunlar[ıi]) istemiyorum',
  ),
  inScript('मैसेज मत|मत भेजो|भेजना बंद|बंद करो|संपर्क मत|परेशान मत|मैसेज नहीं चाहिए'),
  inScript('(?:把我|将我|將我).{0,8}(?:移除|移出|删掉|去掉|踢出)|(?:移除|移出).{0,4}名单|别烦我|別煩我|拉黑'),
  inScript(
    '連絡しないで|送らないで|メッセージ.{0,6}(?:いらない|不要)|(?:もう|今後).{0,8}(?:連絡|送信|メッセージ).{0,8}(?:ないで|不要|結構)',
  ),
  inScript('그만 ?보내|보내지 ?마|연락하지 ?마|메시지 ?그만'),
];

export const ERASE_IDIOMS: readonly RegExp[] = [
  any(
    '(?:ask(?:ing)? for|request(?:ing)?|demand(?:ing)?|insist(?:ing)? on|require|seek(?:ing)?|invok(?:e|ing)) (?:the |my |a )?(?:full|complete|total|immediate|entire|permanent)?,? ?(?:erasure|deletion|removal)(?: of (?:my|all|any)(?: \\w+){1,3})? (?:under|pursuant to|in accordance with|as per|by virtue of)',
    `(?:gdpr|dsgvo|rgpd|rodo|avg|ccpa|lgpd)\\b.{0,30}\\b(?:eras(?:e|ure)|delet(?:e|ion)|remov(?:e|al)|loschung|loschen|loeschen|suppression|supprimer|borrado|usuniecie|verwijder\\w*|cancellazione)`,
    `(?:burn|shred|nuke|torch|trash|incinerate|ditch|drop|yeet|zap) my (?:\\w+ )?${RECORDS}`,
    '(?:remove|erase|delete|wipe|scrub|purge) (?:any|every|each|all) (?:trace|record|mention|memory|copy|bit)s? (?:of|about|on) me',
    'forget (?:that )?(?:you ever|i exist|i ever|you knew|we ever|about my existence)(?: \\w+){0,3}',
    'make me (?:disappear|vanish)(?: \\w+){0,3}',
    `(?:don't|dont|do not) want (?:you|u|anyone|anybody)(?: to)? (?:stor|keep|hold|hav|retain)\\w* (?:anything|my|any|data|info|stuff)(?: \\w+){0,3}`,
    `(?:don't|dont|do not) (?:want|like) (?:my|any) ${RECORDS}(?: \\w+){0,3} (?:kept|stored|held|saved)`,
    `get rid of (?:all |all of |any of |any )?(?:my ${RECORDS}|everything you|whatever you|anything you|what you (?:have|know))(?: \\w+){0,4}`,
    `withdraw(?:ing)? (?:all )?my (?:data|answers|responses|records|entries|replies)`,
    `(?:revok|withdraw)\\w* (?:my )?consent\\b.{0,60}\\b(?:delete|erase|wipe)`,
    '(?:stop|unsubscribe|unsub|opt out|opt me out)(?: me)?(?: please)?,? (?:and|then|&|\\+) (?:please |pls )?(?:erase|delete|wipe)(?: me| it all| all| everything)?(?= ?(?:$|[.!,;]|please|pls))',
    'rm -rf (?:me|my|\\W)',
    `how (?:do|can|would) i (?:delete|erase|remove|wipe) my ${RECORDS}`,
    `(?:delete|erase|wipe|purge) (?:all )?what(?:ever|soever)? (?:you|u) (?:have|hold|know|got)`,
    `(?:bitte|por favor|svp|s'il vous plait|per favore|alsjeblieft|aub|prosze|lutfen|yaar|mujhe|pls|please) (?:delete|erase|wipe|remove) (?:all )?(?:my|meine|mis|mes|mijn) ${RECORDS}`,
    '(?:supprim|effac|borr|losch|apag|elimin|cancell|wis|usun|verwijder|sil)\\w*\\b.{0,20}\\bmy (?:data|info|records)',
    'self.?destruct my \\w+|return me to (?:the void|dust)',
    'i was never here,? (?:delete|erase|wipe)\\b.{0,20}',
  ),
  // es, pt
  any(
    '(?:elimineis|borreis|supriman|suprimid|suprimais|eliminad|destruid|destruyan)\\b.{0,30}(?:datos|todo|informacion)',
    '(?:olvid(?:adme|enme|ame|aos de mi|ense de mi)|olvidad que existo)',
    '(?:esquec(?:am|a|e)(?:-me| de mim| que existo)|esquecam.me)',
    '(?:remov|apag|exclu|elimin)\\w*\\b.{0,20}\\b(?:meus|os meus) dados',
  ),
  // fr, it
  any(
    '(?:supprim|effac|detruis|retir)(?:iez|iez|er|ez|e)\\b.{0,30}\\b(?:mes|mon|mes donnees|toutes? (?:mes|les)|tout)\\b.{0,30}',
    '(?:demande|demander) (?:de |la )?(?:suppression|effacement)\\b.{0,20}',
    '(?:cancelli(?:ate|no|are)|eliminiate|distrugg\\w+)\\b.{0,30}(?:dati|tutto|informazioni)',
    'dimenticat(?:emi|evi di me)|dimenticami',
    'cancellami(?! (?:da|dal|dalla|dalle|dagli))',
  ),
  // de, nl
  any(
    '(?:losch|loesch|loscht|loescht|loschen sie|vernichtet) (?:mich|mein\\w*|alles|bitte)(?: \\w+){0,4}',
    '(?:meine|alle|unsere) (?:daten|angaben|infos?|antworten)\\b.{0,20}\\b(?:loscht|loescht|losch|loesch)',
    '(?:bitte um|antrag auf|verlange|fordere|beantrage)(?: die)? (?:datenl|l)oschung(?: \\w+){0,3}',
    'vergiss mich|vergesst dass es mich gibt',
    'verwijder (?:me|mij) uit (?:jullie|je|de|het|uw) (?:systeem|database|bestand\\w*|administratie)',
    'vergeet (?:me|mij)(?! niet)',
  ),
  // pl, tr
  any(
    '(?:usunel\\w*|usuniet\\w*|skasowal\\w*|wymaz\\w*|wykasowal\\w*)\\b.{0,30}(?:dane|danych|wszystk\\w*|mnie)',
    'wymazcie mnie|zapomnij(?:cie)? o mnie(?: \\w+)?|usun(?:cie)? mnie (?:z (?:bazy|systemu))',
    'beni unut(?:un|unuz)?|(?:verilerimi|bilgilerimi|kayd[ıi]m[ıi]|her seyi|hesab[ıi]m[ıi])\\b.{0,20}\\bsil\\w*',
  ),
  // hi in Latin letters
  any(
    '(?:hata|mita|uda|delete kar) (?:do|dijiye|dena|den)\\b.{0,10}\\b(?:mera|mere|meri|sab|saara|data|record)(?: \\w+){0,2}',
    '(?:mujhe|mujhko) bhool (?:jao|jaao|jaiye)',
    '(?:mera|mere|meri|sab|sara|saara) (?:\\w+ ){0,2}(?:delete|uda|hata|mita) (?:kar)?(?:o|do| do|dena)',
  ),
  inScript('(?:डेटा|जानकारी|रिकॉर्ड|सब कुछ).{0,10}(?:हटा|मिटा|डिलीट)'),
  inScript('忘了我|忘记我|忘記我|(?:把我的|我的).{0,6}(?:数据|資料|资料|信息|记录).{0,6}(?:清|删|刪|销毁)'),
  inScript('データ.{0,6}(?:削除|消して)|情報.{0,6}(?:削除|消して)'),
  inScript('데이터.{0,6}(?:삭제|지워)|정보.{0,6}(?:삭제|지워)'),
];

const POLITE =
  '(?:[^\\p{L}\\p{N}]+(?:please|pls|plz|thanks|thx|thank you|now|bot|it|all|por favor|bitte|svp|merci|danke|per favore|grazie|aub|prosze|lutfen|ji|yaar|ok|lol))*[^\\p{L}\\p{N}]*$';

/** A reply of nothing but this asks for no more. */
export const BARE_STOP = new RegExp(
  `^[^\\p{L}\\p{N}]*(?:(?:ok |okay |sorry |no )?(?:i'?m|i am) (?:so )?out(?: of here)?|i want out|i opt out|stahp|make it stop|enough already|bro stop|buzz off|jog on|scram|shoo|begone|get stuffed|take a hike|shut up|nope,? never again|bin raus|ich bin raus|j'arrete tout|basta ya|chega|finiscila|koniec|dosyc|yeter|band kar(?:o| do)|bas karo|ruko|td退订|停|别发了|no more thx)${POLITE}`,
  'u',
);

/** A reply of nothing but this asks for everything to go. */
export const BARE_ERASE = new RegExp(
  `^[^\\p{L}\\p{N}]*(?:delete|erase|wipe|delete me|forget me|supprimez|supprime|effacez|loscht?|loschen|loesch(?:t|en)|apaga|apaguem|apaga tudo|borrad?|borrar|borren|borrad todo|cancellami|cancella tutto|wis|wissen|wis alles|usun|usuncie|skasuj(?:cie)?|sil|silin|hepsini sil(?:in)?|delete kar do|hata do|mita do|sab hata do|删除|刪除|删掉)${POLITE}`,
  'u',
);

/** "Moved to Berlin. STOP. At Apollo. STOP.": a telegram, played. */
export const TELEGRAM = /\bstop\.? (?!just|please|pls|stop|now|it)\p{L}[^.]{2,80}\. stop\b/u;

/** The contrary, or a subject of study: "please don't remove me", "my thesis is about the right to be forgotten". */
export const NEGATED_ERASE = any(
  "(?<!why )(?:don't|dont|do not|never|please not|didn't|no need to|wouldn't) (?:ever |please |you dare )?(?:remove|delete|unsubscribe|take|erase|drop|wipe|forget)(?! everything| all) (?:me|my|us)(?! off)(?! out)(?: \\w+)?",
  '(?:thesis|dissertation|paper|phd|research\\w*|study|studying|report|articles?(?! \\d)|book|talk|work|working|write|writing|wrote|teach\\w*|lecture\\w*|consult\\w*|advise|advising|litigat\\w*|cases?|law)\\b.{0,30}\\b(?:right.to.be.forgotten|(?:right to|data) erasure|gdpr|article 17|unlearning|deletion requests?)',
  '(?:gdpr|erasure|deletion requests?|article 17) (?:team|officer|compliance|lawyer|consultant|work|cases?|specialist|lead|tool\\w*)',
);
export const STUDIED = inScript('研究|论文|模型|训练|機械学習|학습|연구');

const SLIPS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:stp|stoop|stpo|sotp|stoppp*|stahp)\b/gu, 'stop'],
  [/\bun-?s[uo]b?s?c?s?r[iy]?[bp]e?\b/gu, 'unsubscribe'],
  [/\b(?:dnt|dun|do'nt|donot|dont')\b/gu, "don't"],
  [/\b(?:sendin|sendng|sneding|sendign)\b/gu, 'sending'],
  [/\b(?:emailng|emailin|mailin)\b/gu, 'emailing'],
  [/\b(?:mesaging|messagin|messging|msgin|textin)\b/gu, 'messaging'],
  [/\b(?:contactin|contcating|contcat|cotnact)\b/gu, 'contacting'],
  [/\b(?:evrything|everthing|everythng|evrythin|everythin)\b/gu, 'everything'],
  [/\b(?:deleet|dleete|delte|deltee|dlete|detele)\b/gu, 'delete'],
  [/\b(?:erse|eraze|earse)\b/gu, 'erase'],
  [/\b(?:remov|rmove|reomve|remvoe)\b/gu, 'remove'],
  [/\b(?:lsit|lisst)\b/gu, 'list'],
  [/\b(?:plese|pleas|plase|plaese|peas|plss|plzz)\b/gu, 'please'],
  [/\b(?:agian|agn|agin)\b/gu, 'again'],
  [/\b(?:anymor|anymroe|nomore)\b/gu, 'anymore'],
];

/** The commonest slips of the hand in the words that matter here, put right. */
export function withoutSlips(text: string): string {
  return SLIPS.reduce((said, [slip, word]) => said.replace(slip, word), text);
}
