import { useApi } from '../../../api/hooks.ts';
import { useSession } from '../../../api/session.ts';
import css from './lead.module.css';
import { fill, mailTo, type Filling } from './template.ts';

/** One press opens the mail program with the template filled in; what is left is to send it. */
export function MailOpeners({ address, filling, opened }: { address: string; filling: Omit<Filling, 'me' | 'our company'>; opened: (template: string) => void }) {
  const { user, workspace } = useSession();
  const templates = useApi('GET /v1/settings/mail-templates', undefined, { staleTime: 5 * 60_000, live: ['setting'] }).data?.items ?? [];
  if (templates.length === 0) return null;
  const known: Filling = { ...filling, me: user.name, 'our company': workspace.name };
  return (
    <div className={css.options} role="group" aria-label="Begin with a template">
      {templates.map((template) => (
        <a
          key={template.name}
          className={css.option}
          href={mailTo(address, { subject: fill(template.subject, known), text: fill(template.text, known) })}
          onClick={() => opened(template.name)}
        >
          {template.name}
        </a>
      ))}
    </div>
  );
}
