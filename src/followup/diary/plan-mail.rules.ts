import { escapeHtml } from '../../platform/values/html.rules.ts';
import { instantText } from '../notification.rules.ts';
import type { Written } from '../notification.rules.ts';

export interface PlannedAction {
  what: string;
  dueAt: Date;
  who: string;
  url: string;
}
export interface Plan {
  name: string;
  waiting: number;
  actions: readonly PlannedAction[];
  timeZone: string;
  locale: string;
  queueUrl: string;
  settingsUrl: string;
}
const shownMax = 30;

/** The day's plan: what waits for an answer, what is due today, what is overdue. Nothing to do is no mail: undefined. */
export function writePlan(plan: Plan, startOfDay: Date): Written | undefined {
  const { actions, waiting } = plan;
  if (actions.length === 0 && waiting === 0) return undefined;
  const overdue = actions.filter(({ dueAt }) => dueAt < startOfDay).length;
  const parts = [waiting > 0 && `${waiting} waiting for you`, actions.length - overdue > 0 && `${actions.length - overdue} due today`, overdue > 0 && `${overdue} overdue`];
  const subject = `Your day: ${parts.filter(Boolean).join(', ')}`;
  const shown = actions.slice(0, shownMax);
  const line = (one: PlannedAction): string => `${instantText(one.dueAt, plan.timeZone, plan.locale)}: ${one.what} (${one.who})`;
  const rest = actions.length > shown.length ? `… and ${actions.length - shown.length} more.` : '';
  const first = waiting > 0 ? `${waiting} ${waiting === 1 ? 'lead waits' : 'leads wait'} for your answer or first call.` : '';
  const last = 'You asked for this mail; another hour, or none:';
  return {
    subject,
    text:
      [`Hello ${plan.name},`, first, shown.map((one) => `${line(one)}\n${one.url}`).join('\n\n'), rest, `Your queue has everything in order:\n${plan.queueUrl}`, `${last}\n${plan.settingsUrl}`]
        .filter(Boolean)
        .join('\n\n') + '\n',
    html: `<!doctype html><meta charset="utf-8"><body style="font:16px/1.5 system-ui,sans-serif;color:#1a1d21"><p>Hello ${escapeHtml(plan.name)},</p>${first ? `<p>${escapeHtml(first)}</p>` : ''}<ul>${shown
      .map((one) => `<li><a href="${escapeHtml(one.url)}">${escapeHtml(line(one))}</a></li>`)
      .join('')}</ul>${rest ? `<p>${escapeHtml(rest)}</p>` : ''}<p><a href="${escapeHtml(plan.queueUrl)}">Open your queue</a></p><p style="color:#5b6472">${escapeHtml(last)} <a href="${escapeHtml(plan.settingsUrl)}">your calendar and mail</a></p></body>`,
  };
}
