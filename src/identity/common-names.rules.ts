/**
 * Names so frequent that sharing one says little. Agreement on a name counts log2(1/frequency): these have a frequency near one in
 * two hundred, the rest of the world's names are taken together as rarer.
 */
const families =
  'smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson thomas taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson walker young allen king wright scott torres nguyen hill flores green adams nelson baker hall rivera campbell mitchell carter roberts muller schmidt schneider fischer weber meyer meier wagner becker schulz hoffmann schafer koch bauer richter klein wolf schroder neumann schwarz zimmermann braun kruger hofmann hartmann lange bernard dubois petit durand leroy moreau simon laurent rossi russo ferrari esposito bianchi romano colombo silva santos oliveira souza pereira lima ferreira costa alves de jong jansen de vries van den berg bakker visser andersson johansson karlsson nilsson jensen nielsen hansen pedersen kim park choi wang li zhang liu chen yang singh kumar khan ali sharma patel evans wood davies hughes edwards turner cooper collins stewart murphy kelly';
const givens =
  'james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark steven paul andrew mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy margaret sandra anna maria peter hans klaus wolfgang jurgen stefan andreas christian martin alexander julia laura katharina sabine petra monika claudia ursula jean pierre marie michel nathalie isabelle francois jose antonio juan manuel francisco carlos luis ana carmen giuseppe marco francesco paulo pedro joao lars anders erik johan mohammed ahmed wei george kevin brian edward ronald timothy jason jeffrey emily emma thomas nicholas stephen';

const commonFamilies = new Set(families.split(' '));
const commonGivens = new Set(givens.split(' '));

export function isCommonFamily(key: string): boolean {
  return commonFamilies.has(key);
}

export function isCommonGiven(key: string): boolean {
  return commonGivens.has(key);
}
