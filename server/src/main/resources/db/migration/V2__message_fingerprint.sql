-- A message that came with an Idempotency-Key is told from another request with the same key by a hash of the request.
-- Null in rows from before: the hash of the message's name and key then stands for it.
alter table message add column fingerprint uuid;
