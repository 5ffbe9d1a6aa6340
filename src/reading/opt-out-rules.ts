// All rules are matched, one sentence at a time, against text in lower case without accents (`bare`).
// Gaps are bounded, so that a sentence of any length costs linear time.

const w = (alternatives: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives})(?![\\p{L}\\p{N}])`, 'u');
const any = (...parts: readonly string[]): RegExp => w(parts.join('|'));

const MESSAGES =
  '(?:messages?|msgs?|check.?ins?|bots?|pings?|pinging|questions?|surveys?|e?.?mails?|dms?|reminders?|texts?|notifications?|questionnaires?|follow.?ups?|updates requests?|nudges?|contact|correspondence|letters?)';
const ME_DATA =
  "(?:my (?:\\w+ ){0,2}(?:data|info|information|records?|details|answers?|replies|responses|account|profile|entry|entries|history|stuff|files?|name|existence|traces?)|(?:all |any |the )?(?:personal )?(?:data|info|information|records?|details|answers|entries)\\b.{0,25}\\b(?:me|i|mine|undersigned|my)|everything\\b.{0,30}\\b(?:me|i|i've|mine|my)|all of (?:it|that|my)|whatever\\b.{0,30}\\bme|anything\\b.{0,30}\\bme|what(?:ever)? you(?:'ve| have| hold| know|ve| got| store| keep)\\b.{0,25}|every(?:thing| trace)|me (?:from|out of) (?:your|the|all|this|ur) (?:\\w+ )?(?:database|db|records?|systems?|files?|spreadsheets?|books|data|servers?|memory)|all (?:my|of my|traces)|the lot|me completely|me entirely)";
const DELETE =
  '(?:delete|delet|erase|wipe|purge|(?<=mind |mind please |consider )(?:deleting|erasing|wiping|purging|removing)|destroy|scrub|expunge|nuke|bin|shred|remove|clear)';
const ASKED =
  '(?:^|[,:;!(\\-—–] ?|\\b(?:please|pls|plz|kindly|can|could|would|will|you|u|to|and|just|then|also|so|hereby|now|rather u|rather you|bot|robot|hi|hey|hello|ok|okay|sorry|want|request|must|should|do|thanks|thx|guys|team|all|if you)\\b ?)';

/** "Delete everything you have on me", in its many forms. */
export const ERASE_RULES: readonly RegExp[] = [
  new RegExp(`${ASKED}${DELETE}(?: out| off| please| pls)? (?:absolutely |literally |all (?:of )?)?${ME_DATA}`, 'u'),
  new RegExp(`${ASKED}(?:erase|wipe|forget) me(?! not)(?![\\p{L}\\p{N}])`, 'u'),
  any(
    'delete me',
    'erase me',
    'erase all',
    'wipe\\W{1,3}everything',
    'delete everything',
    'erase everything',
    'delete it all',
    'wipe it all',
    'delete all',
    'remove all (?:personal )?data',
  ),
  any(
    'right.(?:to.)?be.forgotten',
    'right to erasure',
    'right of erasure',
    'request (?:the |full |complete |an? )?(?:erasure|deletion|removal) of',
    '(?:data )?(?:erasure|deletion) request',
    'article 17',
    'art\\.? ?17',
    'asked to be forgotten',
    '(?:want|like|ask|wish|prefer|asking) to be (?:forgotten|erased|deleted|wiped)',
  ),
  any(
    '(?:my|all|the|personal) (?:\\w+ ){0,2}(?:data|info|records?|details|answers|entry|information|account|profile|stuff|history)(?: \\w+){0,3} (?:be )?(?:deleted|erased|wiped|removed|purged|taken out|destroyed|expunged|gone)(?! (?:it|them|that|last|by accident))',
    'everything (?:about me |on me |you have )?(?:be )?(?:deleted|erased|wiped|gone|removed)',
    '(?:taken|take) (?:me |it |my \\w+ )?out of (?:your|the) (?:database|records|files|system|books|spreadsheet)',
    "(?:don't|do not|no longer|nothing|never)\\b.{0,25}\\b(?:want|about me|wish|like)\\b.{0,30}\\b(?:kept|stored|held|keep|store|on file|on record)",
    'nothing about me (?:were |is |be |to be )?(?:kept|stored|held)',
    "(?:don't|do not|stop) (?:keep|keeping|store|storing|hold|holding) (?:my|any(?:thing)?|data|info)(?: \\w+){0,4}",
    '(?<!i )(?<!models )(?<!to )forget (?:everything|all)(?: \\w+){0,4} (?:me|i)',
    'forget i (?:ever )?(?:existed|was)',
    'off the books',
    'leave no trace of me',
  ),
  // es, pt
  any(
    '(?:borra(?:d|r|n|me)?|borren|borreis|borre|borrar|elimina(?:r|d|n)?|eliminen|elimine|suprima(?:n)?|suprimir|olvidad?me|quiten|quiero que (?:borren|eliminen))\\b.{0,40}(?:datos|todo|informacion|mi (?:cuenta|ficha|perfil)|registro)',
    'derecho al olvido',
    '(?:borradme|borrenme|borrame)(?! de (?:la|esta|tu|su|vuestra) )',
    '(?:apag(?:a|ue|uem|ar|em)|exclu(?:a|am|ir|i)|elimin(?:e|em|ar|a)|delet(?:e|em|ar|a)|remov(?:a|am|er))\\b.{0,40}(?:dados|tudo|informac\\w+|minha conta|meu (?:registo|registro|cadastro|perfil)|minhas)',
    'direito ao esquecimento',
  ),
  // fr, it
  any(
    '(?:supprim(?:ez|er|e)|effac(?:ez|er|e)|detruis(?:ez)?|retirez)\\b.{0,40}(?:donnees|tout|compte|infos?|informations?|concerne|fiche|reponses)',
    "droit a l'(?:oubli|effacement)",
    'oubliez.moi',
    '(?:cancell(?:a|ate|i|are|ino)|elimin(?:a|ate|i|are)|rimuov(?:ete|i|ere)|rimuova)\\b.{0,40}(?:dati|tutto|mio account|informazioni|miei|risposte)',
    "diritto all'oblio",
    'dimenticatemi',
  ),
  // de, nl
  any(
    '(?:losch(?:t|en|e)|loesch(?:t|en|e)|entfern(?:t|en|e)|vernichte(?:n|t)?)\\b.{0,50}(?:daten|alles|eintrag|konto|informationen|profil|antworten)',
    '(?:daten|alles|eintrag|konto|profil|mich)\\b.{0,50}(?:loschen|loescht|loeschen|geloscht|geloescht|entfernen|vernichten)',
    'recht auf (?:vergessen\\w*|loschung)',
    'vergesst mich',
    '(?:verwijder|wis|gooi)\\b.{0,40}(?:gegevens|alles|data|account)',
    '(?:gegevens|alles|data|account)\\b.{0,40}(?:verwijder(?:en|d)?|wissen|gewist|weg)',
    'recht om vergeten',
    'vergeet mij',
  ),
  // pl, cs, ru, tr, sv
  any(
    '(?:usun(?:cie|ac|)|skasuj(?:cie)?|wykasuj(?:cie)?|kasujcie|prosze o usuniecie|usuniecie)\\b.{0,40}(?:dane|danych|wszystk\\w+|konto|moje)',
    '(?:dane|danych|wszystko)\\b.{0,30}(?:usun\\w*|skasowa\\w*)',
    'prawo do bycia zapomnianym',
    '(?:smazte|vymazte)\\b.{0,40}(?:udaje|vse|data)',
    '(?:удалите|удали|сотрите|удалить)(?:[^.]{0,40}(?:данные|все|всё|информаци\\p{L}+|обо мне|меня))?',
    '(?:verilerimi|bilgilerimi|her seyi|kaydimi)\\b.{0,20}(?:silin|sil|silebilir|silmenizi)',
    '(?:radera|ta bort|slett|slet)\\b.{0,30}(?:uppgifter|data|allt|opplysninger|oplysninger|alt)',
  ),
  // hi in Latin letters
  any(
    '(?:mera|mere|meri|sab|saara|sara|poora)\\b.{0,30}(?:data|record|jankari|info|details|kuch)?\\b.{0,15}(?:delete|mita|hata)\\b.{0,15}(?:kar|do|dijiye|dena|dijie|den)\\w*',
  ),
  /(?:删除|刪除|清除|抹掉|抹去|删掉|刪掉|清空).{0,12}(?:数据|數據|资料|資料|信息|資訊|记录|記錄|一切|所有|全部)|(?:数据|數據|资料|資料|信息|记录|記錄|所有|全部).{0,10}(?:删|刪|清除|抹)|(?:データ|情報|記録).{0,8}(?:削除|消)|(?:데이터|정보|기록).{0,8}(?:삭제|지워)/u,
  /(?:احذفوا|امسحوا|حذف|احذف|مسح).{0,20}(?:بياناتي|كل|معلوماتي|بيانات)/u,
];

/** "Don't contact me again", in its many forms. */
export const STOP_RULES: readonly RegExp[] = [
  any(
    'unsubscribe(?: me)?(?! (?:experience|teams?|features?|data|metrics|e-?mails?|flows?|links?|buttons?|pages?|rates?|requests?|from (?!this|these|your|all|the|everything|ur)))',
    'unsub(?: me)?',
    '(?:please|want to|like to|to be) unsubscribed?',
    'opt me out',
    'opt(?:ing)? out(?! of (?:the|a|my) (?!list|check|survey|program|thing))',
    "(?:i'd like to|want to|let me|wish to|to) opt.out",
    'cease and desist',
    'opt-out please',
  ),
  new RegExp(
    `(?:(?<!(?:n't|not|never|cannot|to|had|has|have|did|i|we|they|he|she|who|it|that|will|would|finally|didn't|non|full|bus|pit) )|(?<=(?:want|like|need|ask|asking|prefer|beg|you|wish)(?: \\w+)? to )|(?<=(?:u|you|can|could|would|will) ))\\bstop (?:all |with )?(?:sending|messaging|msging|asking|texting|emailing|e-mailing|mailing|contacting|dming|dm.ing|pinging|bothering|bugging|spamming|harassing|pestering|nagging|poking|surveying|tracking|stalking|writing(?: to)? ?(?:me|for good|pls|please|$)|writing|checking (?:in|up)|following up|reaching out|(?:these|this|the|those|your|with the|ur) ?(?:\\w+ )?${MESSAGES}|(?:these|this|them|those|that|it|now|bot|robot|please|pls|plz|already|everything|all)(?= ?(?:please|pls|plz|now|already|bot|robot|thanks|thx|thank|for good|ok|okay|$|[.!,;:)(\\-—–])))`,
    'u',
  ),
  any(
    `(?:i|we)(?:'d| would|'ll)? (?:want|like|prefer|wish|rather)(?: you)?(?: to)? (?:stop|quit|cease|leave|drop out of|withdraw from|not) (?:these|this(?: mailing)? ?(?:list|survey|thing)|receiv\\w+|getting|get|be contacted|hear(?:ing)? from|taking part|(?:these |the |your |this )?${MESSAGES})(?: \\w+)?`,
    '(?:leave|get off|come off|off) (?:this|the|your) (?:mailing |e?mail |contact )?(?:list|rota)',
    '(?:can|could|may|should) (?:now )?(?:like )?to leave (?:this|the|your) (?:mailing )?list',
  ),
  any(
    "(?:please |pls |kindly |just )?(?:do not|don't|dont|never|not to) (?:ever )?(?:contact|message|msg|dm|ping|text|e?-?mail|write(?: to)?|bother|pester|poke|bug|call|disturb|survey|send|ask(?= me (?:again|any ?more|these|about my (?:life|career|job))))(?: me| us| any(?: more)?| this number| these| more| another)?(?: again| any ?more| anything| ever| messages| these| of these|\\b)(?! (?:(?:my|our|the) (?:old|work|uni|previous|former)|until|till|before|about|for (?:a|the|another)|this week|today|tomorrow|right now|if|when|why|how|what))",
    "(?:do not|don't|dont|no longer|never) (?:really )?(?:want|wish|care|need|agree|consent)(?: to)? (?:get|receive|hear|be (?:contacted|messaged|asked|surveyed|part|pinged|on this|tracked|studied|bothered)|these|this (?:any ?more|bot)|any more (?:of )?(?:these|check|mess|email|ping)|more (?:of these|mess|check|email|ping)|the (?:pings|messages|check.ins|emails)|your (?:messages|emails|surveys))(?: \\w+)?",
    "(?:i )?(?:would|'d) rather (?:not|you didn't|you did not|u didn't)(?: \\w+)? (?:get|receive|be contacted|hear|be asked|contact|message|write|ping|ask)",
    'no need to (?:keep )?(?:asking|messaging|pinging|contacting|check|checking|ask me again|contact)(?: in| me)?(?: again| any ?more)?',
  ),
  any(
    `no (?:more|further|longer any|additional) (?:of (?:these|this|the|your)|(?:\\w+ ){0,1}${MESSAGES}|from you|please|pls|thanks|thank you)`,
    'no more(?= ?(?:$|[.!,;)]|please|pls|plz|thanks|thx))',
    `no ${MESSAGES},? (?:not|never|ever|please|thanks|any ?more)`,
    'enough (?:surveys|messages|check.?ins|emails|pings|of (?:these(?= ?(?:$|[.!,;)]|please|messages|msgs|pings|check|surveys|emails|questions))|this bot))(?: \\w+)?',
    'no thanks?\\W+never again',
  ),
  any(
    '(?:take|remove|drop|cross|strike|get|scratch|cut|knock|unlist|delete|pull) (?:me|my (?:\\w+ )?(?:name|number|e?mail|address)|us)(?: please| pls| right)? (?:off|from|out of|of)(?: \\w+)?',
    '(?:take|remove) me off',
    'remove me',
    '(?:be|get) (?:removed|taken off|dropped|struck)(?: from| off)? (?:this|the|your)(?: \\w+)? (?:list|rota|thing|programme|program|survey)',
  ),
  any(
    'leave me (?:alone|be|in peace|out of (?:this|it))',
    'lose my (?:number|address|email|contact)',
    '(?:go|get) (?:away|lost)(?= ?(?:$|[.!,]|bot|robot|please|pls))',
    '(?:f+u*c*k*|piss|bugger|sod|f) off(?= ?(?:$|[.!,]|bot|robot|please))',
    'break(?:ing)? up with (?:you|u|this bot)',
    '(?:we|you and i) (?:need to|should|have to) break up',
    '(?:part|going our separate) ways,? (?:bot|robot)',
    '(?:let|make|if) this (?:be|were|was|is)? ?(?:the|my|your) last (?:one|message|survey|check|you|email|time|ping|of)(?: \\w+)?',
    'the last (?:you|one you|message you) (?:send|write|ever)',
    'last (?:message|one|time) (?:please|pls|you (?:contact|write|message|send|ask))',
    'count me out',
    'withdraw (?:my )?(?:consent|from (?:this|the) (?:study|survey|check|programme|program))',
    'not interested in (?:these|this|receiving|further|any (?:more|further)|taking part|your (?:messages|emails|surveys)|continuing|being (?:asked|contacted))',
    '(?:you|u) (?:can|may) (?:now )?stop(?: now| asking| writing| sending| messaging| these| checking)?(?= ?(?:$|[.!,)]|me|this|in|please))',
    '(?:please|pls|plz|kindly|just|now|ok|okay) stop(?= ?(?:$|[.!,)—–-]|it|thanks|thx|now|bot|please|pls))',
    'stop (?:please|pls|plz|bot|robot|now)',
    '(?:quit|cut|pack) (?:messaging|asking|bugging|pinging|bothering|it out|it in|texting|emailing)(?: me)?',
    '(?:end|cancel|discontinue|cease) (?:these|the|this|my|all)(?: \\w+)? (?:messages?|check.?ins?|e?mails?|pings?|subscription|surveys?|bot|reminders|dms?)',
    '(?:mute|silence|block) (?:this|the|these|you|yourself)(?: bot)?(?: please)?',
    'pls cease|please cease',
    'goodbye forever,? (?:bot|robot)',
    'off your list',
    "(?:i'm|im|i am|we're|we are) (?:so )?(?:done|through|finished) with (?:these|this bot|you,? (?:bot|robot)|the (?:check|mess|survey|bot|ping))(?: \\w+)?",
    "it(?:'s|s| is) over(?: between us)?,? (?:bot|robot)|over between us|you(?:'re|r| are) (?:dumped|fired),? (?:bot|robot)|(?:let me go|goodbye|farewell|bye),? (?:bot|robot)|(?:bot|robot),? (?:we're done|it's over|goodbye|leave me)",
    'refrain from (?:contact|messag|writ|send|ask)\\w*',
    'revok(?:e|ing) (?:my )?consent',
    '(?:please|pls|kindly) (?:desist|remove|cease|discontinue)(?= ?(?:$|[.!,;)]))',
    '(?:can|could|should) (?:we|you|u|i) (?:please |just )?stop (?:this|these|it|now)',
    "(?:not sure|unsure|don't know|dont know) (?:if |whether |that )?i (?:still )?(?:want|like|need|wish for) (?:these|this|to (?:get|keep|receive|continue)|any (?:more )?of)(?: \\w+)?",
    "(?:maybe|perhaps) (?:we|you|i|it's time to|time to|let's) (?:should |could |can )?(?:stop|leave it|pause)(?: \\w+)?",
    'off the (?:mailing )?list',
  ),
  /^\W*(?:stop|unsubscribe|opt.?out|stopp?all|stop it|enough|basta|stopp|arret|stopit)(?:\W+(?:please|pls|plz|thanks|thx|now|bot|it|por favor|bitte|svp|merci|danke))*\W*$/u,
  // es, pt
  any(
    'no (?:me |nos )?(?:escrib(?:as|ais|an|a)|mand(?:es|eis|en|e)|envi(?:es|eis|en|e)|contact(?:es|en|eis|e)|molest(?:es|en|eis|e)|pregunt(?:es|en|eis|e))(?! (?:hasta|antes))(?: \\w+){0,3}',
    '(?:no quiero|ya no quiero|no deseo)\\b.{0,25}(?:mensajes|recibir|correos|mas (?:de )?es|que me)',
    '(?:dej(?:a|ad|en|e|adme|enme|ame)|par(?:a|ad|en) de)(?: ya)? (?:de )?(?:escribir|mandar|enviar|molestar|preguntar|en paz|contactar)\\w*',
    'dejenme|dejadme en paz',
    'basta(?: ya)?(?: de)? (?:mensajes|preguntas|encuestas)?(?=$|[ .!,])',
    '(?:dar(?:me)?|dad?me|denme|doy) de baja|dame de baja|darse de baja|quiero la baja',
    '(?:quit|borr|sac|elimin|retir)(?:adme|enme|ame|arme|eme) de (?:la|esta|su|vuestra) lista',
    'ni un mensaje mas|mas mensajes no|no mas mensajes|no mas',
    '(?:nao|n) (?:me |nos )?(?:mand(?:e|em|es)|envi(?:e|em|es)|contact(?:e|em|es)|escrev(?:a|am|as)|pergunt(?:e|em)|incomod(?:e|em))(?: \\w+){0,3}',
    '(?:nao|n) (?:quero|desejo|gostaria)(?: de)?(?: mais)? (?:receber|mensagens|isto|ser contact\\w+|isso)(?: \\w+){0,2}',
    'par(?:a|e|em|ar) de (?:me )?(?:mandar|enviar|escrever|perguntar|contactar|contatar|incomodar|chatear)',
    '(?:tir|remov|retir)(?:em|e|a|ar|er|am).?(?:me)? (?:dessa|desta|da) lista|me tir(?:e|em|a) (?:dessa|desta|da)',
    'chega de (?:mensagens|perguntas)|cancelar (?:a )?(?:inscricao|subscricao)|descadastr\\w+',
  ),
  // fr, it
  any(
    "(?:ne |n')?(?:m'|me |nous )?(?:contactez|ecrivez|envoyez|derangez|demandez|ecris|contacte|envoie)(?:-moi|-nous)?,? (?:plus|pas)(?! (?:avant|tard|d'infos))(?: \\w+){0,3}",
    "(?:ne |n')(?:plus )?(?:me |m')(?:contactez|ecrivez|envoyez|ecrire|envoyer|contacter|contacte|ecris|envoie) plus",
    '(?:ne )?plus (?:de|aucun) (?:messages?|mails?|questions?|relances?|notifications?)',
    '(?:je )?(?:ne )?(?:veux|souhaite|desire|voudrais) (?:plus|pas) (?:recevoir|de (?:ces|vos)|etre (?:contacte|sollicite)\\w*|que vous)(?: \\w+){0,2}',
    "arret(?:ez|er|e)(?: de| d'| ces| les| vos| tout| svp| s'il)(?: \\w+){0,3}",
    '(?:me )?des(?:inscri\\w+|abonn\\w+)',
    '(?:retirez|enlevez|supprimez|rayez|otez).moi (?:de|du)(?: \\w+){0,2}',
    'laissez.moi (?:tranquille|en paix)|foutez.moi la paix',
    '(?:non|smett(?:i|ete|etela|ila|a)|bast(?:a|i)) ?(?:di )?(?:mi )?(?:contatt(?:ate|atemi|are|armi|arci)|scriv(?:ete|etemi|ere|ermi|imi|erci)|mand(?:ate|atemi|are|armi)|invi(?:ate|atemi|are|armi)|messagg\\w+|disturb\\w+|chied\\w+)(?: (?:piu|mai))?(?: \\w+){0,2}',
    'non (?:voglio|desidero|vorrei) (?:piu|altri)(?: \\w+){0,3}',
    'niente (?:piu )?(?:messaggi|email|domande)|basta (?:messaggi|cosi|email)',
    '(?:toglietemi|cancellatemi|rimuovetemi|levatemi|toglimi|cancellami|disiscriv\\w+)(?: \\w+){0,3}',
  ),
  // de, nl
  any(
    'keine(?:n|rlei)? (?:weiteren? |mehr )?(?:nachrichten?|mails?|e-?mails?|anfragen|fragen|umfragen|erinnerungen|pings|dms?)(?: mehr)?(?: \\w+){0,2}',
    '(?:bitte )?(?:nicht|nie) (?:mehr|wieder|weiter) (?:anschreiben|schreiben|kontaktieren|melden|nerven|fragen|anfragen|schicken|senden|melden)',
    '(?:schreib(?:t|en sie)?|kontaktier(?:t|en sie)?|frag(?:t|en sie)?|schick(?:t|en sie)?|sende?(?:t|n sie)?) (?:mir|mich|uns)(?: bitte)? (?:nicht mehr|nie wieder|nichts mehr|keine)',
    '(?:ich )?(?:will|mochte|moechte|wunsche) (?:das |so (?:was|etwas) |davon |bitte |von euch )?(?:nicht mehr|nichts mehr|keine|kein)(?: weiteren?| mehr)? ?(?:bekommen|erhalten|horen|hoeren|nachrichten|mails|fragen|kontaktiert|angeschrieben|gefragt)',
    '(?:hort|hoer|hor|hoert) (?:bitte )?(?:auf|damit auf)|aufhoren bitte|bitte aufhoren|lasst? mich in ruhe|lassen sie mich in ruhe',
    '(?:bitte )?(?:mich )?(?:von|aus) (?:der|dieser|eurer|ihrer) liste (?:streichen|nehmen|entfernen|loschen)|(?:nehmt|streicht|nehmen sie|streichen sie) mich (?:bitte )?(?:von|aus)|abmelden|abbestellen|austragen',
    '(?:stuur|schrijf|app|mail|contacteer|bericht|vraag)(?:en)?(?: me| mij| ons)?(?: alsjeblieft| aub)? (?:niet meer|geen|nooit meer|niks meer)(?: \\w+){0,2}',
    'geen (?:berichten|mails?|vragen|berichtjes|bericht|enquetes)(?: meer)?(?: \\w+){0,2}',
    '(?:wil|hoef) (?:dit |deze |hier )?(?:\\w+ )?(?:niet|geen|niks)(?: meer)?(?: \\w+)? (?:ontvangen|krijgen|horen|berichten|meer)',
    '(?:haal|schrap|verwijder) (?:me|mij) (?:van|uit)|uitschrijven|afmelden|laat (?:me|mij) met rust|(?:hou|stop) (?:op|er ?mee|hiermee|met (?:mailen|sturen|vragen|berichten))',
  ),
  // pl, cs, ru, tr, sv, id
  any(
    '(?:prosze )?(?:juz )?(?:nie|przestan(?:cie)?|koniec) (?:wiecej )?(?:juz )?(?:do mnie )?(?:pisz(?:cie)?|pisac|kontaktuj\\w*|wysylaj\\w*|wysylac|pytaj\\w*|pytac|przysylaj\\w*|odzywaj\\w*)(?: \\w+){0,3}',
    '(?:bez|zadnych|dosc|koniec) (?:kolejnych |wiecej |tych )?(?:wiadomosci|maili|pytan|ankiet)',
    'nie chce (?:juz )?(?:wiecej )?(?:dostawac|otrzymywac|tych|wiadomosci|zadnych)(?: \\w+){0,2}|wypisz(?:cie)? mnie|prosze mnie wypisac|usuncie mnie z listy|dajcie mi spokoj',
    '(?:uz )?(?:mi )?(?:nepiste|neposilejte)|odhlasit',
    '(?:больше )?не (?:пишите|присылайте|беспокойте|пиши|отправляйте|спрашивайте)(?: мне| меня)?(?: больше)?|отпишите|отписаться|хватит писать|перестаньте (?:писать|присылать)',
    '(?:artik )?(?:mesaj |bana )?(?:gondermeyin|atmayin|yazmayin|sormayin|mesaj istemiyorum)|abonelikten cik\\w*|listeden cikar\\w*',
    '(?:skicka|send|skriv|sand) (?:inte|ikke)(?: meg| mig)?(?: fler| flere| mer| mere)|sluta (?:skicka|skriva|messa|fraga)\\w*|inga fler (?:meddelanden|mejl)|avregistrera|avprenumerera',
    'jangan (?:kirim|hubungi|chat|tanya)(?: \\w+){0,2}|berhenti (?:kirim|berlangganan)',
  ),
  any(
    '(?:mujhe |ab |please |pls )*(?:aur )?(?:message|msg|messages|sms|mail|ping|sawal|sandesh|contact|yeh|ye|isko|ise|inko)(?: \\w+){0,3} (?:mat|na|nahi|nahin|band)(?: \\w+){0,2}',
    '(?:mat|band) (?:bhej|puch|pooch|kar|karo|bhejo|bhejna|karna)\\w*(?: \\w+)?|(?:message|msg|ye|yeh) (?:karna |bhejna )?band (?:karo|kar do|kijiye|kar dijiye)|(?:nahi|nahin) chahiye(?: \\w+)?|pareshan mat|list se (?:hata|nikal)\\w*|mujhe (?:list se )?hata',
  ),
  /(?:不要|别|別|请勿|請勿|勿|停止|不想|不用|不必)(?:再)?.{0,8}(?:发|發|联系|聯繫|聯絡|打扰|打擾|问|問|消息|短信|收到|通知|发送|給我|给我)|退订|退訂|取消订阅|取消訂閱|(?:メッセージ|連絡|配信).{0,10}(?:停止|やめ|不要|しないで|送らないで)|もう送らない|配信停止|(?:메시지|연락|문자).{0,10}(?:그만|보내지|하지 ?마|마세요)|수신거부/u,
  /(?:توقفوا|لا ترسلوا|لا تراسلوني|إلغاء الاشتراك|توقف عن|كفوا عن|الغاء الاشتراك)/u,
];

/** Said of other things, or the contrary: "please DON'T stop these". */
export const NEGATED_STOP = any(
  "(?:don't|dont|do not|never|please keep|no need to|wouldn't|didn't|nobody should|not) (?:ever |you dare |please )?stop",
  'not unsubscribing',
  '(?:keep|love|like|enjoy) (?:these|them) coming',
  "(?:don't|dont|do not|not|no) (?:\\w+ ){1,4}(?:until|till|til|before|this week|today|right now|tomorrow)",
);

/** Wording that only considers it. */
export const HEDGES = any(
  'maybe|perhaps|no more \\w+(?: \\w+)? ?\\?|(?:can|should|could) we|not (?:really |quite |entirely )?sure|unsure|might want|i might|wondering|i wonder|should (?:we|i|you)|thinking (?:of|about)|considering|tempted to|at some point|eventually|one day|someday|probably|what (?:happens|if)|how (?:do|can|would|could) (?:i|one|you)|is it possible to|can i|could i|may i|would it be|is there (?:a|any) way|do i (?:have|need)',
  'quiza|quizas|tal vez|a lo mejor|talvez|peut.etre|je ne sais pas si|vielleicht|bin nicht sicher|weiss nicht ob|forse|misschien|moze|shayad|也许|也許|可能',
);

/** A reply of nothing but this; inside a longer text the same words are about something else. */
export const WHOLE_MESSAGE_STOP =
  /^[^\p{L}\p{N}]*(?:stop|stopp|stopall|unsubscribe|unsub|opt.?out|cancel|end|quit|no more|remove|remove me|go away|leave me alone|enough|no thanks(?:,? (?:not interested|stop))?\W*never again|baja|basta|para|parad|arret|arretez|abmelden|stoppen|genug|halt|afmelden|stop it|stop this|stop these|out|wypisz|退订|停止|停)(?:[^\p{L}\p{N}]+(?:please|pls|plz|thanks|thx|now|bot|it|por favor|bitte|svp|merci|danke|now))*[^\p{L}\p{N}]*$/u;

/** "Sorry, wrong chat": the words were for somebody else. */
export const TAKEN_BACK = any(
  'wrong (?:chat|window|person|thread|channel)',
  'just kidding',
  'jk',
  'only joking',
  'not you,? bot',
);
