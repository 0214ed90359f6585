from chassis import audit, commands, migration_env
from directory.storage import account_tables
from messaging import metadata as messaging_metadata

migration_env.run(account_tables.metadata, messaging_metadata, audit.metadata, commands.metadata)
