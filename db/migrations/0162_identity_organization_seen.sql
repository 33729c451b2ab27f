-- When an organization was last seen, of the sightings that stand: taking an import back puts it to that, whoever is merged with whom meanwhile.
create index sighting_of_organization on identity.sighting (workspace_id, organization_id, seen_at) where organization_id is not null and withdrawn_at is null;
