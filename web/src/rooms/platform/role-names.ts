import type { Role } from '../../api/session.ts';

export const roleNames: Record<Role, string> = {
  administrator: 'Administrator',
  marketing: 'Marketing',
  sales_manager: 'Sales manager',
  rep: 'Rep',
  partner: 'Partner',
  management: 'Management',
  finance: 'Finance',
};

export const roleMeans: Record<Role, string> = {
  administrator: 'may everything, and invites others',
  marketing: 'owns the database: programs, imports, definition, clean-up',
  sales_manager: 'territories, capacity, redirects, everybody’s leads',
  rep: 'works a queue of their own leads',
  partner: 'an outside company: sees only its own leads',
  management: 'scoreboard and reports, changes nothing',
  finance: 'invoices and returns',
};

export const roleOptions = (Object.keys(roleNames) as Role[]).map((value) => ({ value, label: roleNames[value] }));
