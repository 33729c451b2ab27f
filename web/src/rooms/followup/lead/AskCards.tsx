import { Card } from '../../../ui/index.tsx';
import type { LeadData } from './Head.tsx';
import css from './lead.module.css';

const questions = {
  need: 'What should it do, and where?',
  timing: 'By when is it needed?',
  authority: 'Who decides, and who signs besides you?',
  budget: 'Is there a budget for it?',
} as const;

/** The qualifying questions nobody has answered yet, in the order people like to answer them. */
export function AskCard({ data }: { data: LeadData }) {
  const open = (Object.keys(questions) as (keyof typeof questions)[]).filter((key) => !data.qualification[key]);
  const known = (Object.keys(questions) as (keyof typeof questions)[]).filter((key) => data.qualification[key]);
  return (
    <Card title="Ask" quiet id="ask">
      {open.length === 0 ? (
        <p>Budget, authority, need and timing are all known.</p>
      ) : (
        <ul className={css.ask}>
          {open.map((key) => (
            <li key={key}>{questions[key]}</li>
          ))}
        </ul>
      )}
      {known.length > 0 && (
        <p className="dim" style={{ marginTop: 6 }}>
          {known.map((key) => `${key[0]?.toUpperCase()}${key.slice(1)}: ${data.qualification[key]}`).join(' · ')}
        </p>
      )}
    </Card>
  );
}

export function MissingCard({ data }: { data: LeadData }) {
  const { person, organization } = data;
  const missing = [
    !person.phone && !person.mobile && 'Direct phone',
    !person.email && 'Mail address',
    !person.title && 'Role',
    !organization && 'Company',
    !person.city && !organization?.city && 'City',
    organization && !organization.industry && !organization.vertical && 'Industry',
    organization && organization.employees === null && 'Company size',
  ].filter(Boolean);
  return (
    <Card title="Still missing" quiet id="missing">
      {missing.length === 0 ? <p>Nothing: everything Baton asks for is known.</p> : <p>{missing.join(' · ')}</p>}
    </Card>
  );
}
