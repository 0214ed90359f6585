from chassis import audit, commands, migration_env
from messaging import metadata as messaging_metadata
from surveys.storage import tables

migration_env.run(tables.metadata, messaging_metadata, audit.metadata, commands.metadata)
