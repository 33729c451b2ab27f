import { company } from './company.rules.ts';

/** Mails as they would come to the company's address for leads: a form of another site, a forwarded enquiry, a card, a list, and noise. */
export const leadMails: readonly { daysAgo: number; head: Record<string, string>; body: string }[] = [
  {
    daysAgo: 12.3,
    head: { From: 'Fluid Process Review <forms@fluidprocessreview.example>', 'Reply-To': 'Hanna Lindqvist <h.lindqvist@norrbruket.example>', Subject: 'New enquiry from your company profile' },
    body: 'A reader has filled in the form of your company profile.\n\nName: Hanna Lindqvist\nCompany: Norrbruket AB\nE-mail: h.lindqvist@norrbruket.example\nPhone: +46 90 555 01 72\nCountry: Sweden\nMessage: We replace two cooling water pumps in March, about 120 m3/h at 34 m.\nPlease send a quotation with delivery time.\n',
  },
  {
    daysAgo: 8.1,
    head: { From: `Katrin Vollmer <katrin.vollmer@${company.domain}>`, Subject: 'WG: Ersatz für CR 40' },
    body: 'Bitte aufnehmen, rief letzte Woche schon an.\n\nVon: Ulrich Hagedorn <u.hagedorn@hagedorn-molkerei.example>\nGesendet: Montag 09:12\nAn: Katrin Vollmer\nBetreff: Ersatz für CR 40\n\nGuten Tag Frau Vollmer,\n\nunsere CR 40 in der Molkerei ist am Ende. Was kostet heute eine gleichwertige, und wie schnell wäre sie da?\n\nMit freundlichen Grüßen\nUlrich Hagedorn\nHagedorn Molkerei GmbH\nTel: +49 421 555 0143\n',
  },
  {
    daysAgo: 6.4,
    head: { From: `Marcus Oyelaran <marcus.oyelaran@${company.domain}>`, Subject: 'Card from the plant tour', 'Content-Type': 'multipart/mixed; boundary="tour"' },
    body: '--tour\nContent-Type: text/plain; charset=utf-8\n\nMet her at the plant tour, wants the seal kit prices.\n--tour\nContent-Type: text/vcard; name="card.vcf"\nContent-Disposition: attachment; filename="card.vcf"\n\nBEGIN:VCARD\nVERSION:3.0\nN:Castellano;Renée\nFN:Renée Castellano\nORG:Brightwater Bottling Co.\nTITLE:Maintenance manager\nEMAIL:r.castellano@brightwaterbottling.example\nTEL;TYPE=WORK:+1 602 555 0188\nADR;TYPE=WORK:;;410 W Buchanan St;Phoenix;AZ;85003;US\nEND:VCARD\n--tour--\n',
  },
  {
    daysAgo: 4.7,
    head: { From: 'Bombas Levante <ventas@bombaslevante.example>', Subject: 'Asistentes del seminario', 'Content-Type': 'multipart/mixed; boundary="seminario"' },
    body: '--seminario\nContent-Type: text/plain; charset=utf-8\n\nAdjunto los asistentes del seminario de ayer en Valencia. Un saludo, Amparo\n--seminario\nContent-Type: text/csv; charset=utf-8; name="asistentes.csv"\nContent-Disposition: attachment; filename="asistentes.csv"\n\nQuién;Dónde;Correo;Qué le interesa\nVicente Ferrandis;Aguas de la Ribera;v.ferrandis@aguasribera.example;dosificación\nMaría José Albiol;Conservas Albiol;mj.albiol@conservasalbiol.example;bombas sanitarias\nRafael Sempere;Cerámicas Sempere;rsempere@ceramicassempere.example;\nEncarna Duato;Cítricos Duato;encarna@citricosduato.example;presupuesto urgente\n--seminario--\n',
  },
  {
    daysAgo: 2.2,
    head: { From: 'Orrin Blackwood <orrin.blackwood@cedarmillpaper.example>', Subject: 'Automatic reply: The Impeller, autumn issue', 'Auto-Submitted': 'auto-replied' },
    body: 'I am out of the office until Monday and will answer then.\n',
  },
  {
    daysAgo: 1.1,
    head: { From: 'backup@web.hartwellpumps.example', Subject: 'Nightly backup of the web shop finished' },
    body: 'All 2,114 files were copied. Nothing needs to be done.\n',
  },
  {
    daysAgo: 0.3,
    head: { From: 'Desmond Achterberg <d.achterberg@achterbergdairy.example>', Subject: 'Noise level of the RL 65' },
    body: 'Hello,\n\nhow loud is the RL 65 at full speed? We would need three for a new line next to the offices, this quarter if possible.\n\nDesmond Achterberg\nAchterberg Dairy\nPhone: +1 920 555 0119\n',
  },
];

/** The mail as it would lie on the disk. */
export function rawMail({ head, body }: (typeof leadMails)[number], n: number, at: Date): string {
  const lines = { To: `leads@${company.domain}`, Date: at.toUTCString(), 'Message-ID': `<${at.getTime()}.${n}@mail.example>`, 'MIME-Version': '1.0', 'Content-Type': 'text/plain; charset=utf-8', ...head };
  const encoded = Object.entries(lines).map(([name, value]) => `${name}: ${/^[ -~]*$/.test(value) ? value : `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`}`);
  return `${encoded.join('\r\n')}\r\n\r\n${body.replaceAll('\n', '\r\n')}`;
}
