-- An invitation in the mail, as RFC 5545 has it: calendars offer to take it up.
alter table platform.mail add column calendar text;
