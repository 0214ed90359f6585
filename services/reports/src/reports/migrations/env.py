from chassis import audit, commands, migration_env
from messaging import metadata as messaging_metadata
from reports.storage import read_tables, tables

# The read models' tables join the same metadata when their module is imported.
assert read_tables.campaigns.metadata is tables.metadata
migration_env.run(tables.metadata, messaging_metadata, audit.metadata, commands.metadata)
