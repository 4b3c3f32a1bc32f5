-- A newer hold releases the older ones of the same owner: found by their owner in every claim.
create index hold_owner on hold (owner_hash) where visit_id is null;
