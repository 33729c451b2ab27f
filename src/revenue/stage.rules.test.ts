import { describe, expect, it } from 'vitest';
import { boardColumns, defaultStages, outcomeOfStage, probabilityOf } from './stage.rules.ts';

describe('outcomeOfStage', () => {
  const cases: [string, string][] = [
    ['Closed Won', 'won'],
    ['closed-won', 'won'],
    ['CLOSED_WON', 'won'],
    ['Won', 'won'],
    ['Gewonnen', 'won'],
    ['Sold', 'won'],
    ['Closed Lost', 'lost'],
    ['Closed-Lost to Competition', 'lost'],
    ['Verloren', 'lost'],
    ['Lost order', 'lost'],
    ['Cancelled', 'lost'],
    ['Needs Analysis', 'open'],
    ['Proposal/Price Quote', 'open'],
    ['Initial Offer', 'open'],
    ['Prospect', 'open'],
    ['Not yet won', 'open'],
    ['Wonderful idea', 'open'],
    ['', 'open'],
  ];
  for (const [stage, outcome] of cases) it(`reads ${stage || 'nothing'} as ${outcome}`, () => expect(outcomeOfStage(stage)).toBe(outcome));
});

describe('probabilityOf', () => {
  it('believes the end, then the file, then the company, then the words', () => {
    expect(probabilityOf('Closed Won', 'won', 20, defaultStages)).toBe(100);
    expect(probabilityOf('Closed Lost', 'lost', 20, defaultStages)).toBe(0);
    expect(probabilityOf('Proposal', 'open', 33, defaultStages)).toBe(33);
    expect(probabilityOf('proposal', 'open', null, defaultStages)).toBe(50);
    expect(probabilityOf('Negotiation/Review', 'open', null, defaultStages)).toBe(75);
    expect(probabilityOf('Whatever', 'open', 250, defaultStages)).toBe(10);
  });
});

describe('boardColumns', () => {
  it('adds the stages that only files brought', () => {
    const columns = boardColumns(defaultStages, [
      { stage: 'negotiation', probability: 75 },
      { stage: 'Initial Offer', probability: 50 },
    ]);
    expect(columns.map((column) => column.name)).toEqual(['Qualification', 'Needs analysis', 'Proposal', 'Negotiation', 'Initial Offer']);
  });
});
