-- Where somebody works from, with the country beside it: whoever is nearest may be given a lead.
alter table distribute.holder add column postal_code text;
