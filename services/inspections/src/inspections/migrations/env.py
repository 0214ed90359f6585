from chassis import audit, commands, migration_env
from inspections.storage import tables
from messaging import metadata as messaging_metadata

migration_env.run(tables.metadata, messaging_metadata, audit.metadata, commands.metadata)
