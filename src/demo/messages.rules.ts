import type { Random } from './random.rules.ts';

/** Why somebody writes. It shifts the odds of a sale and shapes the words. */
export type Intent = 'quote' | 'spare' | 'catalogue' | 'service' | 'information' | 'project' | 'private';

export const products = [
  'HX 40 centrifugal pump',
  'HX 65 centrifugal pump',
  'HX 100 centrifugal pump',
  'DM 12 metering pump',
  'DM 30 metering pump',
  'VS submersible pump',
  'RL rotary lobe pump',
  'BT booster set',
  'SK seal kit',
  'SL slurry pump',
] as const;
type Tongue = 'en' | 'de' | 'es' | 'fr';
export type Product = (typeof products)[number];

/** The product in the writer's own language. */
const localNames: Partial<Record<Tongue, Record<string, string>>> = {
  de: {
    HX: 'Kreiselpumpe',
    DM: 'Dosierpumpe',
    VS: 'Tauchpumpe',
    RL: 'Drehkolbenpumpe',
    BT: 'Druckerhöhungsanlage',
    SK: 'Dichtungssatz',
    SL: 'Schlammpumpe',
  },
  es: {
    HX: 'bomba centrífuga',
    DM: 'bomba dosificadora',
    VS: 'bomba sumergible',
    RL: 'bomba de lóbulos',
    BT: 'grupo de presión',
    SK: 'kit de juntas',
    SL: 'bomba de lodos',
  },
  fr: {
    HX: 'pompe centrifuge',
    DM: 'pompe doseuse',
    VS: 'pompe immergée',
    RL: 'pompe à lobes',
    BT: 'surpresseur',
    SK: 'kit de joints',
    SL: 'pompe à boues',
  },
};

function nameOf(product: Product, tongue: Tongue): string {
  const local = localNames[tongue]?.[product.slice(0, 2)];
  return local ? `${local} ${/^[A-Z]+( \d+)?/.exec(product)![0]}` : product;
}

const templates: Record<Tongue, Record<Intent, readonly string[]>> = {
  en: {
    quote: [
      'Please quote {qty} x {product}, {flow} at {head}, {medium}. Delivery to {city}.',
      'Need a price on a {product} for {medium}. Our current pump is failing and we can’t wait long.',
      'Could you send us a budget quote for {qty} {product}? Duty point is {flow} / {head}.',
      'Requesting quotation for {product}. Lead time is critical, shutdown planned {when}.',
      'We are replacing two old pumps in our plant. {flow}, {head}, {medium}. What would you recommend and what does it cost?',
      'RFQ attached by mail, please confirm. {qty} pcs {product}.',
      'looking for pricing on {product}, thanks',
      'Hi, we have approval for {qty} new pumps ({medium}). Please have someone call me, mornings are best.',
    ],
    spare: [
      'Need a {product} seal kit for serial {serial}. How fast can you ship?',
      'Impeller and wear ring for our {product}, serial no. {serial}. Please quote incl. freight.',
      'Spare parts list for {product}, bought around {year}? The label is hard to read.',
      'Mechanical seal leaking on {serial}. Do you have it in stock?',
      'Please quote bearings + seals, {qty} sets, unit {serial}.',
    ],
    catalogue: [
      'Please send your catalog.',
      'Please send me the complete catalog and a price list.',
      'Catalog for {product} and related, by post please.',
      'Send brochure on {product}.',
      'Would like literature on your metering pumps.',
      'catalogue pls',
    ],
    service: [
      'Our {product} ({serial}) trips on overload after ten minutes. Can somebody look at it?',
      'Do you offer service contracts in {city}?',
      'Vibration on {product} since last week, need a technician.',
      'Where is your nearest repair shop?',
    ],
    information: [
      'Is the {product} suitable for {medium}?',
      'What is the max temperature for {product}? We handle {medium}.',
      'Do you have curves for {product} at {flow}?',
      'Saw you at the show, please get in touch.',
      'Can {product} run dry? How long?',
      'Do you have ATEX versions?',
      'Who is your distributor near {city}?',
    ],
    project: [
      'We are planning a new {plant} in {city}, start {when}. Need about {qty} pumps, {flow}. Budget is approved; please contact me.',
      'Tender for {plant}: {qty} pumps, documents available. Deadline is {when}.',
      'Design phase for {plant}, would like a technical talk on {product}, decision expected {when}.',
    ],
    private: [
      'I have a well at home and need a small pump.',
      'Need info for my thesis on pump efficiency.',
      'pump for garden pond?',
      'Do you offer internships?',
    ],
  },
  de: {
    quote: [
      'Bitte senden Sie uns ein Angebot über {qty} Stück {product}, {flow} bei {head}, Medium: {medium}.',
      'Wir benötigen kurzfristig eine {product} für {medium}. Was kostet sie und wie lange ist die Lieferzeit?',
      'Anfrage: {qty} x {product}, Lieferort {city}. Bitte um Rückruf.',
      'Guten Tag, wir tauschen zwei alte Pumpen aus ({flow}, {head}). Bitte um Vorschlag mit Preis.',
      'Angebot {product} bitte, Stillstand geplant {when}.',
      'Sehr geehrte Damen und Herren, bitte bieten Sie uns {qty} {product} an. Mit freundlichen Grüßen',
    ],
    spare: [
      'Dichtungssatz für {product}, Seriennr. {serial}. Ab Lager?',
      'Ersatzteilliste für {product} (Baujahr {year}) gesucht.',
      'Benötigen Laufrad und Gleitringdichtung zu {serial}, bitte Preis inkl. Fracht.',
      'Gleitringdichtung undicht, Pumpe {serial}. Eilt!',
    ],
    catalogue: [
      'Bitte Katalog zusenden.',
      'Bitte Gesamtkatalog und Preisliste per Post.',
      'Prospekt {product} bitte.',
      'Unterlagen zu Dosierpumpen erbeten.',
    ],
    service: [
      'Unsere {product} ({serial}) löst nach zehn Minuten aus. Kann jemand vorbeikommen?',
      'Bieten Sie Wartungsverträge in {city} an?',
      'Pumpe vibriert seit letzter Woche, brauchen Techniker.',
    ],
    information: [
      'Ist die {product} für {medium} geeignet?',
      'Gibt es Kennlinien zur {product} bei {flow}?',
      'Wir haben uns auf der Messe unterhalten, bitte um Kontaktaufnahme.',
      'Gibt es eine ATEX-Ausführung?',
      'Wer ist Ihr Händler in der Nähe von {city}?',
    ],
    project: [
      'Wir planen {plant} in {city}, Baubeginn {when}. Bedarf ca. {qty} Pumpen, {flow}. Das Budget ist freigegeben.',
      'Ausschreibung {plant}: {qty} Pumpen, Abgabe {when}. Unterlagen vorhanden.',
    ],
    private: [
      'Brauche eine Pumpe für den Gartenbrunnen.',
      'Ich schreibe meine Bachelorarbeit über Pumpen, haben Sie Material?',
      'Bieten Sie Praktika an?',
    ],
  },
  es: {
    quote: [
      'Solicitamos oferta de {qty} uds. {product}, {flow} a {head}, fluido: {medium}.',
      'Necesitamos precio de {product} para {medium}. Es urgente.',
      'Buenos días, ¿nos pueden pasar presupuesto de {qty} {product}? Entrega en {city}.',
      'Precio y plazo de {product}, parada prevista {when}. Gracias.',
      'Queremos sustituir dos bombas antiguas ({flow}, {head}). ¿Qué nos recomiendan y cuánto cuesta?',
    ],
    spare: [
      'Kit de juntas para {product}, n.º de serie {serial}. ¿Tienen stock?',
      'Rodete y cierre mecánico para {serial}, precio con portes por favor.',
      'Lista de recambios de {product}, año {year}.',
    ],
    catalogue: ['Envíen catálogo por favor.', 'Catálogo general y tarifa, gracias.', 'Folleto de {product}.'],
    service: [
      'Nuestra {product} ({serial}) salta a los diez minutos. ¿Puede venir un técnico?',
      '¿Ofrecen contrato de mantenimiento en {city}?',
    ],
    information: [
      '¿La {product} sirve para {medium}?',
      '¿Tienen curvas de {product} a {flow}?',
      'Hablamos en la feria, por favor contacten conmigo.',
      '¿Quién es su distribuidor cerca de {city}?',
    ],
    project: [
      'Estamos proyectando {plant} en {city}, inicio {when}. Unas {qty} bombas, {flow}. Presupuesto aprobado.',
      'Licitación {plant}: {qty} bombas, plazo {when}.',
    ],
    private: ['Necesito una bomba pequeña para el pozo de casa.', '¿Ofrecen prácticas?'],
  },
  fr: {
    quote: ['Merci de nous faire une offre pour {qty} {product}, {flow} à {head}.', 'Prix et délai pour {product} svp.'],
    spare: ['Garniture pour {product}, n° de série {serial}, délai ?'],
    catalogue: ['Merci de m’envoyer votre catalogue.'],
    service: ['Notre {product} vibre depuis une semaine, pouvez-vous intervenir ?'],
    information: ['La {product} convient-elle pour {medium} ?', 'Quel est votre distributeur à {city} ?'],
    project: ['Nous préparons {plant} à {city}, démarrage {when}, environ {qty} pompes.'],
    private: ['Cherche petite pompe pour puits.'],
  },
};

const slots: Record<Tongue, Record<'flow' | 'head' | 'medium' | 'when' | 'plant', readonly string[]>> = {
  en: {
    flow: ['120 gpm', '450 gpm', '60 m3/h', '1,200 gpm', '25 gpm', '15 l/h'],
    head: ['80 ft', '140 ft TDH', '35 m', '6 bar', '220 ft'],
    medium: [
      'river water',
      'caustic soda 30%',
      'waste water with fibres',
      'molasses',
      'cooling water',
      'sulfuric acid 98%',
      'milk at 40 °F',
      'slurry, 20% solids',
      'hot condensate',
    ],
    when: ['in March', 'next month', 'in six weeks', 'in the fall', 'before year end', 'next quarter'],
    plant: ['treatment plant', 'bottling line', 'tank farm', 'pumping station', 'extension'],
  },
  de: {
    flow: ['25 m³/h', '80 m³/h', '250 m³/h', '12 l/h', '5 m3/h'],
    head: ['30 m', '55 m', '6 bar', '4,5 bar'],
    medium: [
      'Flusswasser',
      'Natronlauge 30 %',
      'Abwasser mit Fasern',
      'Melasse',
      'Kühlwasser',
      'Schwefelsäure',
      'Milch',
      'Kiesschlamm',
      'Kondensat 95 °C',
    ],
    when: ['im März', 'nächsten Monat', 'in sechs Wochen', 'im Herbst', 'noch dieses Jahr'],
    plant: ['eine Kläranlage', 'eine Abfülllinie', 'ein Tanklager', 'ein Pumpwerk', 'eine Erweiterung'],
  },
  es: {
    flow: ['25 m³/h', '90 m3/h', '200 m3/h', '10 l/h'],
    head: ['30 m', '50 mca', '6 bar'],
    medium: ['agua de río', 'sosa cáustica', 'aguas residuales', 'melaza', 'aceite de oliva', 'salmuera', 'ácido sulfúrico'],
    when: ['en marzo', 'el mes que viene', 'en otoño', 'antes de fin de año'],
    plant: ['una depuradora', 'una línea de embotellado', 'una estación de bombeo', 'una ampliación', 'un riego por goteo'],
  },
  fr: {
    flow: ['20 m3/h', '80 m3/h'],
    head: ['30 m', '5 bar'],
    medium: ['eau de rivière', 'soude', 'eaux usées'],
    when: ['en mars', 'à l’automne'],
    plant: ['une station d’épuration', 'un atelier'],
  },
};

export const intents: readonly (readonly [Intent, number])[] = [
  ['quote', 27],
  ['spare', 12],
  ['catalogue', 19],
  ['service', 6],
  ['information', 23],
  ['project', 8],
  ['private', 5],
];

export function messageOf(random: Random, language: string, intent: Intent, product: Product, city: string): string {
  const tongue: Tongue = language === 'de' || language === 'es' || language === 'fr' ? language : 'en';
  const words = slots[tongue];
  const text = random.pick(templates[tongue][intent]).replace(/\{(\w+)\}/g, (_, slot: string) => {
    switch (slot) {
      case 'product':
        return nameOf(product, tongue);
      case 'city':
        return city;
      case 'qty':
        return String(random.pick([1, 1, 2, 2, 3, 4, 6, 8, 12]));
      case 'serial':
        return `${random.pick(['HX', 'DM', 'VS', 'RL'])}${random.between(10, 29)}-${random.between(10_000, 99_999)}`;
      case 'year':
        return String(random.between(1998, 2021));
      default:
        return random.pick(words[slot as keyof typeof words]);
    }
  });
  if (random.chance(0.06)) return text.toUpperCase();
  if (random.chance(0.1)) return text.toLowerCase();
  return text;
}
