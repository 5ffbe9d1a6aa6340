// Cities, regions and countries that stand beside an employer's name more often than they are one.
const PLACES = new Set(
  'london berlin paris munich hamburg cologne frankfurt heidelberg vienna zurich geneva basel bern brussels amsterdam rotterdam utrecht hague antwerp ghent copenhagen stockholm gothenburg malmo oslo bergen helsinki tallinn riga vilnius warsaw krakow wroclaw gdansk prague brno budapest bucharest sofia belgrade zagreb ljubljana athens thessaloniki rome milan turin naples bologna florence lisbon porto madrid barcelona valencia seville bilbao dublin cork galway belfast edinburgh glasgow aberdeen dundee cardiff swansea manchester liverpool leeds sheffield birmingham bristol nottingham newcastle york hull brighton norwich exeter plymouth leicester bradford wigan derby salford kyiv lviv moscow istanbul ankara tbilisi yerevan baku tehran baghdad beirut cairo casablanca tunis algiers lagos abuja accra nairobi kampala kigali addis dar cape johannesburg durban pretoria harare lusaka dakar abidjan mumbai delhi bangalore bengaluru hyderabad chennai pune kolkata ahmedabad jaipur kochi karachi lahore islamabad dhaka colombo kathmandu bangkok hanoi saigon jakarta bandung manila cebu kuala singapore tokyo osaka kyoto sendai seoul busan beijing shanghai shenzhen hangzhou guangzhou chengdu hong taipei sydney melbourne brisbane perth adelaide canberra auckland wellington toronto montreal vancouver ottawa calgary edmonton waterloo boston york nyc manhattan brooklyn philadelphia washington dc baltimore pittsburgh chicago detroit minneapolis madison austin dallas houston denver boulder seattle portland sf francisco bay oakland berkeley angeles la diego vegas atlanta miami mexico guadalajara monterrey bogota medellin lima quito santiago buenos aires cordoba montevideo asuncion sao rio brasilia recife curitiba caracas havana uk us usa england scotland wales ireland germany france spain portugal italy netherlands belgium switzerland austria poland czechia sweden norway denmark finland estonia latvia lithuania hungary romania bulgaria greece turkey israel egypt nigeria kenya ghana uganda rwanda india pakistan bangladesh nepal china japan korea taiwan vietnam thailand indonesia philippines malaysia australia zealand canada brazil argentina chile colombia peru virginia california texas europe africa asia midlands cornwall devon yorkshire kent essex wien koln munchen warszawa praha roma milano torino lisboa geneve'.split(
    ' ',
  ),
);

/** Whether every word of a name is, or belongs to, a place's name. */
export function isPlace(key: readonly string[]): boolean {
  return key.length > 0 && key.every((word) => PLACES.has(word) || PLACE_PARTS.has(word));
}

const PLACE_PARTS = new Set([
  'new',
  'the',
  'south',
  'north',
  'west',
  'east',
  'kong',
  'town',
  'city',
  'los',
  'san',
  'st',
  'lumpur',
  'paulo',
  'ababa',
  'central',
  'greater',
  'upper',
  'of',
]);

/** Given names from many countries: a capitalised word among them is somebody, unless a known body is called so. */
export const FIRST_NAMES: ReadonlySet<string> = new Set(
  'aaron abdul abdullah abigail adam adaeze adrian aisha akira alan alejandro alex alexander alexandra ali alice alicia amanda amara amina amir amy ana anders andrea andreas andrew andrzej angela anita anjali ann anna anne annika anthony antonio anya arjun arthur asha ashley astrid aurelie ayse barbara beatrice beatriz ben benjamin bernd beth bjorn boris brian bruno buck callum camila camille carl carla carlos carmen caroline catherine cecilia chang charles charlotte chen chiara chinwe chloe chris christian christina christoph claire clara claudia colin connor cristina dan daniel daniela david deborah deepa denis diana diego divya dmitri dominik dorota ebba edward elena eleni elias elif elisa elizabeth ella emeka emily emma eric erik esther ethan eva evan ewa fabien fatima felix fernando fiona florian frances francesca francisco frank fred freya gabriel gareth geoffrey george giulia grace graham greta hana hannah hans harry hassan heather helen helena henrik henry hiroshi hugo ian ibrahim ife ines ingrid irina isabel isabella ivan jack jacob jake james jamie jan jane janet jasmine jason javier jean jennifer jenny jess jesse jessica jesus jing joana joao joanna joe joel johan johannes john jon jonas jonathan jorge jose joseph joshua juan judith julia julian julie julien jun kai karen karim karin kate katja katarina katherine kavya keiko kenji kevin kim klaus kofi krzysztof kwame lars laura lauren lea leila lena leo leonie lewis liam lin linda lisa liu louise luca lucas lucia lucy luis luisa lukas luke maciej magda malik manuel marco marcus margaret maria marie marina mario mark marta martha martin martina mary mateo matteo matt matthew max maya mei meera mehmet mia michael michelle miguel mihai mike min mina miriam mohamed mohammed monica mustafa nadia naomi natalie natasha neel neil ngozi nia nicholas nick nicola nicolas nicole niamh niels nikhil nina noah noor nora olga oliver olivia omar oscar owain owen pablo paolo patricia patrick paul paula pedro peter petra philip philippe piotr pilar priya rachel rafael rahul raj ravi rebecca ricardo richard rob robert roberto robin rohan rosa rosie ruth ryan sam samantha samir samuel sandra sanjay santiago sara sarah sean sebastian sergei seun shreya simon sofia sol sophia sophie stefan stephen steve steven sunil susan suresh sven sylvie takumi tamar tanya teresa thomas tim tobias tom tomas tomasz tunde ursula valentina vanessa vera victor victoria vikram vincent vivek wei will william xiao yan yasmin yuki yusuf zainab zara zeynep zoe'.split(
    ' ',
  ),
);
