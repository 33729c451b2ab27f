-- Who was asked again and again and said nothing is taken to have said “don't know”.
alter table followup.disposition drop constraint disposition_via_check;
alter table followup.disposition add constraint disposition_via_check check (via in ('app', 'link', 'import', 'mail', 'api', 'silence'));
