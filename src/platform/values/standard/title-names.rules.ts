import type { TitleFunction, TitleLevel } from './title-words.rules.ts';

/** As people say it. */
export const levelNames: Record<TitleLevel, string> = {
  chief: 'Owner or chief',
  vp: 'Vice president',
  director: 'Director or head',
  manager: 'Manager',
  specialist: 'Specialist',
  assistant: 'Assistant',
  other: 'Student, intern, retired',
  unknown: 'Not known',
};
export const functionNames: Record<TitleFunction, string> = {
  management: 'Management',
  marketing: 'Marketing',
  sales: 'Sales',
  purchasing: 'Purchasing',
  engineering: 'Engineering',
  production: 'Production',
  maintenance: 'Maintenance',
  quality: 'Quality',
  logistics: 'Logistics',
  it: 'IT',
  finance: 'Finance',
  hr: 'Personnel',
  research: 'Research',
  service: 'Service',
  legal: 'Legal',
  safety: 'Safety and environment',
  administration: 'Administration',
  unknown: 'Not known',
};
