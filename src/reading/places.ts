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
