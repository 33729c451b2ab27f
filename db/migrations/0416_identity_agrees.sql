-- What a sighting said beside what it put into the person: a bit for each text that the row had as it said it, and the texts it said otherwise.
-- So where another that said the same is taken back, it stays, by this one's word. Not known of sightings from before: then what stands stays.
alter table identity.sighting add column agrees smallint, add column otherwise jsonb;
