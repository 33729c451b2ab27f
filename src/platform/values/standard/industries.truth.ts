/** Businesses as people write them, with their NAICS sector; none for what says nothing. Written without looking at the words of the rules; never used to mend them. */
export const heldOut: readonly (readonly [text: string, sector: string | null])[] = [
  ['Machinery manufacturing', '31'], ['Chemicals', '31'], ['Food & Beverage', '31'], ['Pharmaceuticals', '31'], ['Water & Wastewater', '22'], ['Oil & Gas', '21'], ['Mining', '21'],
  ['Power generation', '22'], ['Commercial construction', '23'], ['Software', '51'], ['Banking', '52'], ['Hospital & Health Care', '62'], ['Higher Education', '61'], ['Automotive', '31'], ['Logistics and Supply Chain', '48'],
  ['Management Consulting', '54'], ['Wholesale distribution', '42'], ['Retail', '44'], ['Government', '92'], ['Real Estate', '53'], ['Agriculture', '11'], ['Restaurants', '72'], ['Waste management', '56'], ['Law firm', '54'],
  ['Maschinenbau', '31'], ['Lebensmittelindustrie', '31'], ['Abwasserentsorgung', '22'], ['Chemische Industrie', '31'], ['Energieversorger', '22'], ['Bauunternehmen', '23'], ['Großhandel Sanitär', '42'], ['Ingenieurbüro', '54'], ['Landwirtschaft', '11'], ['Öffentliche Verwaltung', '92'], ['Spedition', '48'],
  ['Agroalimentaire', '31'], ['Traitement des eaux', '22'], ['Bâtiment et travaux publics', '23'], ['Industrie chimique', '31'], ['Commerce de gros', '42'], ['Bureau d’études', '54'], ['Enseignement supérieur', '61'],
  ['Industria alimentaria', '31'], ['Minería', '21'], ['Tratamiento de aguas', '22'], ['Construcción', '23'], ['Agricultura', '11'], ['Farmacéutica', '31'], ['Hostelería', '72'],
  ['Mineração', '21'], ['Saneamento básico', '22'], ['Construção civil', '23'], ['Indústria química', '31'], ['Varejo', '44'],
  ['Voedingsmiddelenindustrie', '31'], ['Groothandel', '42'], ['Bouw', '23'], ['Waterschap', '22'], ['Machinebouw', '31'], ['Gemeente', '92'],
  ['Metalmeccanica', '31'], ['Edilizia', '23'], ['Settore alimentare', '31'], ['Trattamento acque', '22'], ['Consulenza', '54'], ['Commercio all’ingrosso', '42'],
  ['NACE 28.13', '31'], ['WZ 2008: 36.00', '22'], ['C28', '31'], ['NAICS 333914', '31'], ['541330', '54'], ['3561', '31'], ['SIC 4941', '22'], ['SIC code 5084', '42'], ['46.69', '42'], ['n/a', null], ['Other', null],
];
