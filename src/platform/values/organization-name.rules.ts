/**
 * A company's name without what its law or its writer's habits add, so that two spellings meet.
 *
 *   organizationKey('The Müller & Söhne Maschinenbau GmbH & Co. KG') → 'muller sohne maschinenbau'
 *   organizationKey('ACME, S.p.A.') === organizationKey('Acme SpA')
 */
import { fold, foldDigraphs, isFiller } from './fold.rules.ts';
import { remembering } from './remember.rules.ts';

export interface OrganizationName {
  name: string;
  key: string;
  /** the legal form found, folded: 'gmbh co kg' */
  legalForm: string | null;
}

// longest first; folded, with the blanks that full stops leave ('s p a')
const legalForms = [
  ...'gmbh co kgaa,gmbh co kg,gmbh co ohg,gmbh u co kg,gmbh und co kg,ag co kgaa,ag co kg,ug haftungsbeschrankt co kg,ug haftungsbeschrankt'.split(
    ',',
  ),
  ...'gesellschaft mit beschrankter haftung,gesmbh,ges m b h,gmbh,g m b h,mbh,ag,a g,kgaa,kg,ohg,gbr,ug,e k,ek,e kfm,eg,e v,ev,se'.split(
    ',',
  ),
  ...'aktiengesellschaft,kommanditgesellschaft,limited liability company,limited liability partnership,public limited company,limited partnership,incorporated,corporation'.split(
    ',',
  ),
  ...'private limited,pvt ltd,p ltd,pte ltd,pty ltd,proprietary limited,co ltd,company limited,sdn bhd,bhd,limited,ltd,inc,corp,llc,l l c,llp,l l p,lp,plc,p l c,pllc,pc,p c'.split(
    ',',
  ),
  ...'company,co,cia,compagnie,cie,societe anonyme,sarl,s a r l,sas,s a s,sasu,eurl,snc,s n c,scs,sca,gie,sa,s a'.split(','),
  ...'societa per azioni,spa,s p a,srl,s r l,srls,s r l s,sapa,sas di,sociedad anonima,sociedad limitada,s l u,slu,s l,sl,sau,s a u,scoop,s coop'.split(
    ',',
  ),
  ...'sociedade anonima,ltda,limitada,eireli,mei,epp,lda,s a de c v,sa de cv,s de r l de c v,s de rl de cv,sapi de cv,sab de cv'.split(','),
  ...'besloten vennootschap,bv,b v,nv,n v,vof,v o f,cv,bvba,sprl,srl bv,cvba,scrl'.split(','),
  ...'aktieselskab,as,a s,aps,a p s,ivs,i s,aktiebolag,ab,a b,hb,kb,asa,ans,enk,oy,oyj,oy ab,ky,ehf,hf'.split(','),
  ...'sp z o o,spzoo,spolka z o o,sp k,sp j,spolka akcyjna,s r o,sro,spol s r o,a s,v o s,d o o,doo,d d,kft,bt,zrt,nyrt,rt,eood,ood,ad,ead'.split(
    ',',
  ),
  ...'ooo,oao,zao,pao,ao,tov,uab,sia,ou,a e,ae,epe,ike,ltd sti,a s,san tic ltd sti,san ve tic ltd sti,san ve tic a s,tic ltd sti,sanayi ve ticaret,san tic a s,tic a s'.split(
    ',',
  ),
  ...'kk,k k,kabushiki kaisha,gk,yk,co ltd,jsc,cjsc,pt,tbk,fze,fzco,fz llc,wll,w l l,saoc,psc,pjsc,ehf'.split(','),
];
const byLength = new Map<number, Set<string>>();
for (const form of legalForms) {
  const size = form.split(' ').length;
  const set = byLength.get(size) ?? new Set<string>();
  byLength.set(size, set.add(form));
}
const longest = Math.max(...byLength.keys());
const lastWords = new Set(legalForms.map((form) => form.slice(form.lastIndexOf(' ') + 1)));
const atFront = new Set(['pt', 'ooo', 'oao', 'zao', 'tov', 'uab', 'sia', 'ab', 'a b', 'p t', 'oy', 'cv', 'firma', 'fa', 'the']);
const joining = new Set(['and', 'und', 'et', 'y', 'e', 'i', 'og', 'och', 'en', 'u', '&']);
const spelled = new Map<string, string>();
for (const entry of `
international=intl;manufacturing=mfg;technology=tech technologies;services=svcs svc service;systems=sys system;
brothers=bros;gebruder=gebr;associates=assoc;university=univ;management=mgmt;group=grp;industries=ind indus;
solutions=solution;engineering=engrg eng;national=natl;department=dept;center=ctr centre;laboratories=labs lab;
holdings=hldgs holding;electric=elec`.split(';')) {
  const [whole = '', list = ''] = entry.trim().split('=');
  for (const word of list.split(' ')) spelled.set(word, whole);
}

const parsed = remembering(50_000, parse);

export function parseOrganizationName(raw: unknown): OrganizationName | undefined {
  return typeof raw === 'string' ? parsed(raw) : undefined;
}

export function organizationKey(raw: string): string {
  return parseOrganizationName(raw)?.key ?? '';
}

function parse(raw: string): OrganizationName | undefined {
  const name = raw
    .normalize('NFC')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
    .slice(0, 300);
  if (isFiller(name) || !/[\p{L}\p{N}]/u.test(name) || fillers.has(name.toLowerCase())) return undefined;
  const words = fold(name.replace(/\([^)]*\)/g, ' ').replace(/\s+-\s+.*\b(division|abteilung|dept)\b.*$/i, ''))
    .split(' ')
    .filter(Boolean);
  const found: string[] = [];
  let again = true;
  while (again && words.length > 1) {
    again = false;
    for (let size = lastWords.has(words.at(-1)!) ? Math.min(longest, words.length - 1) : 0; size >= 1; size--) {
      const tail = words.slice(-size).join(' ');
      if (byLength.get(size)?.has(tail)) {
        found.unshift(tail);
        words.length -= size;
        again = true;
        break;
      }
    }
    if (words.length > 1 && joining.has(words.at(-1) ?? '')) {
      words.pop();
      again = true;
    }
  }
  while (words.length > 2 && atFront.has(`${words[0]} ${words[1]}`)) words.splice(0, 2);
  while (words.length > 1 && atFront.has(words[0] ?? '')) words.shift();
  const key = foldDigraphs(
    words
      .filter((word) => words.length < 2 || !joining.has(word))
      .map((word) => spelled.get(word) ?? word)
      .join(' '),
  );
  return { name, key: key || foldDigraphs(fold(name)), legalForm: found.length > 0 ? found.join(' ') : null };
}

/**
 * Spellings of one legal form, to be told from another form: `legalFormKey('limited')` → 'ltd', of 'g m b h' → 'gmbh'. A single owner's form
 * ('slu') is the form itself. Null where none is known.
 */
export function legalFormKey(form: string | null): string | null {
  if (form === null) return null;
  const bare = form.replaceAll(/\b(u|und)\b/g, '').replaceAll(' ', '');
  return oneForm.get(form) ?? oneForm.get(bare) ?? bare;
}
const oneForm = new Map<string, string>();
for (const entry of `
ltd=limited,co ltd,company limited;inc=incorporated,co inc;corp=corporation;co=company,cia,compagnie,cie;llc=limited liability company;llp=limited liability partnership
plc=public limited company;lp=limited partnership;pvtltd=private limited,p ltd;ptyltd=proprietary limited;gmbh=gesellschaft mit beschrankter haftung,gesmbh,mbh;ag=aktiengesellschaft
kg=kommanditgesellschaft;ek=e kfm,ev e k;ev=e v;sa=societe anonyme,sociedad anonima,sociedade anonima,sau;sas=sasu;sarl=eurl;spa=societa per azioni;srl=srls;sl=sociedad limitada,slu
lda=limitada,ltda;sadecv=sab de cv,sapi de cv;bv=besloten vennootschap;spzoo=spolka z o o;sro=spol s r o;as=aktieselskab;ab=aktiebolag`.split(/[;\n]/)) {
  const [whole = '', list = ''] = entry.trim().split('=');
  for (const spelling of list.split(',').filter(Boolean)) {
    oneForm.set(spelling, whole);
    oneForm.set(spelling.replaceAll(' ', ''), whole);
  }
}

const fillers = new Set([
  'self',
  'self employed',
  'self-employed',
  'private',
  'privat',
  'individual',
  'home',
  'retired',
  'student',
  'freelance',
  'freelancer',
  'personal',
  'no company',
  'keine firma',
  'particular',
  'autonomo',
  'test',
  'asdf',
  'company',
  'none',
]);
