import type { Role } from '../platform/access/index.ts';
import { serve, type Api } from '../platform/http/index.ts';
import { refuse } from '../platform/refusal.ts';
import { explainCriteria } from '../platform/values/criteria.rules.ts';
import { answerQuestions } from './answer-questions.ts';
import { changeDefinition, changeQuestions, changeScoring, previewDefinition } from './change-rules.ts';
import { answersOf } from './lead.rules.ts';
import { qualifyApi } from './qualify.contract.ts';
import { readLead, readRules, readRulesHistory } from './read-qualification.ts';
import { sentenceOf } from './score.rules.ts';
import { fieldCatalogue, labels } from './subject.rules.ts';

const keeping: Role[] = ['marketing'];
const working: Role[] = ['marketing', 'sales_manager', 'rep'];

export function qualifyRoutes(api: Api): void {
  serve(api, qualifyApi, 'GET /v1/definition', { may: [...working, 'management', 'finance'] }, ({ cx, scope }) =>
    cx.db.read(scope, async (tx) => {
      const { body: criteria, ...made } = (await readRules(tx)).definition;
      const history = await readRulesHistory(tx, 'definition');
      const { sentence, preview } = await previewDefinition(tx, cx, criteria);
      return {
        ...made,
        criteria,
        sentence,
        preview,
        fields: fieldCatalogue,
        history: history.map(({ body, ...one }) => ({ ...one, sentence: explainCriteria(body, labels) })),
      };
    }),
  );
  serve(api, qualifyApi, 'PUT /v1/definition', { may: keeping }, ({ cx, scope, body }) =>
    cx.db.write(scope, async (tx) => {
      const version = await changeDefinition(tx, cx, body.criteria, body.note ?? null);
      const { sentence, preview } = await previewDefinition(tx, cx, body.criteria);
      return { version, sentence, preview };
    }),
  );
  serve(api, qualifyApi, 'POST /v1/definition/preview', { may: working }, ({ cx, scope, body }) =>
    cx.db.read(scope, (tx) => previewDefinition(tx, cx, body.criteria)),
  );
  serve(api, qualifyApi, 'GET /v1/scoring', { may: [...working, 'management'] }, ({ cx, scope }) =>
    cx.db.read(scope, async (tx) => {
      const { body: scheme, ...made } = (await readRules(tx)).scoring;
      return {
        ...made,
        scheme,
        fields: fieldCatalogue,
        sentences: Object.fromEntries(scheme.rules.map((rule) => [rule.id, sentenceOf(rule)])),
      };
    }),
  );
  serve(api, qualifyApi, 'PUT /v1/scoring', { may: keeping }, ({ cx, scope, body }) =>
    cx.db.write(scope, async (tx) => ({ version: await changeScoring(tx, cx, body.scheme, body.note ?? null) })),
  );
  serve(api, qualifyApi, 'GET /v1/questions', { may: 'signed-in' }, ({ cx, scope }) =>
    cx.db.read({ ...scope, holderId: undefined }, async (tx) => {
      const { body: questions, ...made } = (await readRules(tx)).questions;
      return { ...made, questions };
    }),
  );
  serve(api, qualifyApi, 'PUT /v1/questions', { may: keeping }, ({ cx, scope, body }) =>
    cx.db.write(scope, async (tx) => ({ version: await changeQuestions(tx, cx, body.questions, body.note ?? null) })),
  );
  serve(api, qualifyApi, 'PATCH /v1/leads/:id/qualification', { may: working }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, async (tx) => {
      const [lead] = await answerQuestions(tx, cx, [{ leadId: params.id, answers: body.answers }]);
      if (!lead) refuse('not-found', 'qualify/no-such-lead', 'There is no such lead here.');
      return { leadId: lead.id, score: lead.score, grade: lead.grade, answers: answersOf(lead), reasons: lead.scoreReasons };
    }),
  );
  serve(api, qualifyApi, 'GET /v1/leads/:id/score', { may: [...working, 'management'] }, ({ cx, scope, params }) =>
    cx.db.read(scope, async (tx) => {
      const lead = await readLead(tx, cx, params.id);
      const { score, grade, scoreReasons: reasons, scoredAt, gradeFallsAt, definitionVersion } = lead;
      return {
        leadId: lead.id,
        score,
        grade,
        reasons,
        scoredAt,
        gradeFallsAt,
        definitionVersion,
        answers: answersOf(lead),
        questions: (await readRules(tx)).questions.body,
      };
    }),
  );
}
