-- What was registered and is protected no longer may be registered anew, in the same words.
drop index followup.registration_same;
create index registration_same on followup.registration (workspace_id, holder_id, said_hash);
