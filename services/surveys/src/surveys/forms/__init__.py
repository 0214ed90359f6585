"""The question bank: one YAML file per published version of a form."""
