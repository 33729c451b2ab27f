export { append } from './append.ts';
export { carry, setPrompt, sinceRush } from './carry.ts';
export { topicOf } from './catalogue.ts';
export type { Fact, FactData, FactType, NewFact } from './catalogue.ts';
export { canonicalJson, hashLink, noHash } from './chain.rules.ts';
export { eraseWords } from './erase-words.ts';
export { deliver, drain, listen, passOver } from './subscribe.ts';
export type { Listening, Subscriber } from './subscribe.ts';
export { journalRoom } from './journal.routes.ts';
