-- A channel finds its due messages without walking past those of another one whose provider is down.
create index message_due_by_channel on message (channel, due_at) where state in ('queued', 'sending');
drop index message_due;
