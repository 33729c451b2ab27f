/** Short forms of given names → one formal form, so that Bob and Robert can be the same person. A formal form maps to itself. */

const table = `
abigail abby abbie; alexander alex alec sandy sasha aleksander alejandro alessandro alexandre; alexandra alexa lexi sandra; alfred al alfie fred;
amanda mandy; andrew andy drew andreas andre andrea anders andrzej andrey; angela angie angelika; ann anne anna annie anita annette annika ana hannah;
anthony tony antonio antoine anton toni; arthur art artie; barbara barb babs barbie; benjamin ben benny benji; bernard bernie bernd bernhard bernardo;
bradley brad; caroline carol carolyn carrie karoline; catherine cathy kathy kate katie katherine kathleen kathryn cathryn cat kat katharina katrin catarina catalina kitty;
charles charlie chuck chas karl carl carlos carlo charly; charlotte lotte charlie lottie; christina chris christine tina kristin christiane kristina cristina kirsten;
christopher chris kit topher christoph cristobal; christian chris kristian cristian; clifford cliff; constance connie; curtis curt kurt; cynthia cindy;
daniel dan danny daniele; david dave davey davide; deborah deb debbie debra; dennis denny denis; diana diane di; dominic dom nick dominik dominique;
donald don donny donnie; dorothy dot dottie dorothea doro; douglas doug; edward ed eddie ned ted teddy eduardo edouard eduard edoardo; edwin ed eddie;
elizabeth liz lizzie beth betty betsy eliza elisabeth lisa libby bess lise elisa elisabetta isabel isabella; emily em emma emilia; eric erik rick erich;
eugene gene; evelyn eve evi; florence flo; frances fran francesca franziska fanny; francis frank frankie franz francesco francisco francois paco pancho;
frederick fred freddie fritz friedrich federico frederic frederik; gabriel gabe; gabriele gabi gabriella gaby; george jorge georges georg giorgio jurgen;
gerald gerry jerry; gerard gerry gerhard gerd gert; gilbert gil; gregory greg gregor gregorio gregg; gunther gunter guenter; gustav gus gustavo; harold harry hal;
helen helene nell nellie elena helena ellen; henry hank harry hal heinrich henri enrique hendrik heinz enrico henrik; herbert herb bert; hubert hugh bert;
isaac ike; ivan jan; jacob jake jakob; jacqueline jackie; james jim jimmy jamie jaime diego jaimes; janet jan; jane jenny janie; jason jay; jeffrey jeff geoff geoffrey;
jennifer jen jenny jenn jenna; jeremy jerry jem; jessica jess jessie; joan joanie joanna joanne; johann john johnny jack jon hans johannes juan jean giovanni jan johan joao ian ivan jens;
jonathan jon jonny jonas; joseph joe joey jose josef jo pepe giuseppe josep beppe; joshua josh; josephine jo josie josefine; joyce joy; judith judy jude;
julia julie giulia; julian jules julien; katrina trina; kenneth ken kenny; kimberly kim; lawrence larry lorenz lorenzo laurence laurent lars lauren; leonard leo len lenny leonardo leon leonhard;
leslie les; lewis lew louis lou luis luigi ludwig ludovic; lillian lily lilly; linda lynn lin; louise lou luise luisa louisa; lucas luke luca lukas luc; lucy lucia lucie;
manfred manni fred; manuel manny manolo emanuel emmanuel; marcus mark marc marco marcos markus; margaret maggie meg peggy marge margie greta rita margarete margarita margherita gretchen madge;
martha marty marta; martin marty marten martino; mary maria marie mia molly polly marion miriam maureen marianne mariana; matthew matt matthias matteo mateo mathieu mats matti;
maximilian max maxim; maxwell max; melissa mel missy lissa; michael mike mick mickey michel miguel michele mikael mikhail misha michal mitch mikey micheal; michelle shelly;
mitchell mitch; monica moni monika; nathan nate nat; nathaniel nate nat; nancy nan; nicholas nick nicky nicolas niko klaus nicola nikolaus nicolo claus niklas nikolas; nicole nicky nikki;
norman norm; oliver ollie olivier; oscar oskar; pamela pam; patricia pat patty tricia trish patti; patrick pat paddy rick patrice patricio; paul paolo pablo paulo pauli; paula pauline;
peter pete piet pedro pierre pietro petr; philip phil pip philipp felipe philippe filippo phillip; rachel rae; ralph ralf raul; raymond ray raimund; rebecca becky becca bex;
reginald reg reggie; renate renata; richard rick dick rich rob richie ricky ricardo riccardo; robert bob rob bobby robbie bert roberto rupert robb; rodney rod; roger rog rodge ruediger rudiger;
roland rolly rolando rollo; ronald ron ronnie ronny; rosemary rose rosie; rudolf rudy rolf rudolph; russell russ; samantha sam sammy; samuel sam sammy; sarah sara sally sadie;
sebastian seb bastian basti sebastien; sharon shari; sidney sid; sigmund sigi siegfried; stanley stan; stephanie steph steffi stefanie stefania; stephen steve steven stefan stephan stefano esteban etienne stevie steffen;
stuart stu stewart; susan sue susie suzanne suzy susanna susanne suzie; sylvia silvia sylvie; terence terry terrence; theodore ted theo teddy theodor; theresa terry tess tessa teresa tracy therese;
thomas tom tommy tomas tommaso thom; timothy tim timmy; tobias toby tobi; ulrich uli ulli; ursula uschi ulla; valerie val; victor vic viktor vittorio; victoria vicky tori viktoria vittoria; vincent vince vinny vincenzo vicente;
virginia ginny ginger; vladimir vlad; walter walt wally; wayne; wendy; werner; wilfred will fred; william bill will billy willy wilhelm guillermo guillaume guglielmo liam willie wm wim; wolfgang wolf; zachary zach zack`;

const formalOf = new Map<string, string>();
const formsOf = new Map<string, Set<string>>();
for (const group of table.split(';')) {
  const [formal = '', ...shorts] = group.trim().split(/\s+/);
  for (const name of [formal, ...shorts]) {
    if (!formalOf.has(name) || name === formal) formalOf.set(name, formal);
    const forms = formsOf.get(name) ?? new Set<string>();
    formsOf.set(name, forms.add(formal));
  }
}

/** the formal form the name most often stands for; itself when it is not known */
export function formalName(folded: string): string {
  return formalOf.get(folded) ?? folded;
}

/** one may stand for the other: chris – christina, chris – christopher, but not christina – christopher */
export function areNicknames(a: string, b: string): boolean {
  const formsA = formsOf.get(a);
  const formsB = formsOf.get(b);
  if (!formsA || !formsB) return false;
  for (const form of formsA) if (formsB.has(form)) return true;
  return false;
}

/** A bit for each formal form the name may stand for, of 32 that they share: two names without a common one are no nicknames. */
export function nicknameMask(folded: string): number {
  let mask = 0;
  for (const form of formsOf.get(folded) ?? []) mask |= 1 << (bitOf.get(form)! & 31);
  return mask;
}
const bitOf = new Map([...new Set([...formsOf.values()].flatMap((forms) => [...forms]))].map((form, at) => [form, at]));

/** whether it is a given name known here, in its full or a short form */
export const isGivenName = (folded: string): boolean => formalOf.has(folded);
