import { fold } from '../../platform/values/fold.rules.ts';
import type { Verdict } from '../disposition.rules.ts';

/** What people write for a verdict, in seven languages; compared without case, accents and punctuation. */
const words: Record<Verdict, string> = {
  hot: 'hot, in progress, working on it, quote sent, offer sent, heiss, heiß, in arbeit, angebot gemacht, chaud, en cours, devis envoyé, caliente, en curso, oferta enviada, quente, em andamento, proposta enviada, heet, mee bezig, offerte verstuurd, caldo, in corso, offerta inviata',
  warm: 'warm, later, not now, keep warm, tiède, plus tard, tibio, más tarde, mas tarde, morno, mais tarde, lauw, später, spaeter, tiepido, più tardi, piu tardi',
  bad: 'bad, not interested, no interest, dead, unqualified, invalid, lost, schlecht, kein interesse, ungültig, verloren, mauvais, pas intéressé, sans intérêt, perdu, malo, sin interés, perdido, ruim, mau, sem interesse, slecht, geen interesse, cattivo, nessun interesse, perso, non interessato',
  sale: 'sale, sold, won, order, ordered, closed won, verkauft, verkauf, gewonnen, auftrag, bestellt, vendu, vente, gagné, commandé, commande, vendido, venta, ganado, pedido, venda, ganho, verkocht, verkoop, gewonnen, besteld, venduto, vendita, vinto, ordinato',
  dont_know: 'dont know, don t know, unknown, not yet, open, no answer, weiß nicht, weiss nicht, unbekannt, offen, noch nicht, ne sait pas, inconnu, pas encore, no sé, no se sabe, desconocido, todavía no, não sei, desconhecido, ainda não, weet niet, onbekend, nog niet, non so, sconosciuto, non ancora, in sospeso',
};
const known = new Map((Object.keys(words) as Verdict[]).flatMap((verdict) => [verdict, ...words[verdict].split(', ')].map((word) => [fold(word), verdict] as const)));

/** The verdict a cell says; undefined where nobody could tell. */
export const readVerdict = (text: string): Verdict | undefined => known.get(fold(text));

export const verdictLabels: Record<Verdict, string> = { hot: 'Hot', warm: 'Warm', bad: 'Bad', sale: 'Sale', dont_know: 'Don’t know' };
